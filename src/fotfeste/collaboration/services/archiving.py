"""Filing signed minutes in the pupil's file: asked for with the signature, done by a job, tried until it is done."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.selectors import whereabouts
from fotfeste.collaboration.archives import DOCUMENT, ArchiveDown, archive
from fotfeste.collaboration.enums import ArchiveState, MeetingKind
from fotfeste.collaboration.minutes_printing import minutes_pdf
from fotfeste.collaboration.models import ArchivedMinutes, MinutesVersion
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import ask_for
from fotfeste.organisations.enums import UnitKind
from fotfeste.spec import implements

FILE_JOB = "collaboration.file_minutes"
#: Those who keep a file on a pupil or an apprentice; the administration stands in for them.
KEEPERS = frozenset(
    {
        UnitKind.UPPER_SECONDARY,
        UnitKind.LOWER_SECONDARY,
        UnitKind.ADULT_EDUCATION,
        UnitKind.APPRENTICESHIP_DEPARTMENT,
        UnitKind.EDUCATION_ADMIN,
    }
)
_TRIES_COUNTED = 1000


@implements("min-filed")
def ask_for_filing(signed: MinutesVersion, *, unit: Any) -> None:
    """
    Let a version be filed once it is saved, where the unit that held the meeting keeps a pupil's file.

    Source: Oslostandarden § 6.1.2.
    """
    if unit.kind not in KEEPERS:
        return
    row = ArchivedMinutes.objects.create(
        minutes_version=signed, youth_id=signed.youth_id, written_at_unit_id=signed.written_at_unit_id
    )
    ask_for(FILE_JOB, once=str(row.pk), row_id=row.pk)


def ask_again(county_id: int) -> None:
    """Ask anew for what is not filed yet in a county: a job may have died, or the archive been away."""
    if not archive().is_ready:
        return
    for pk in ArchivedMinutes.objects.filter(county_id=county_id).exclude(state=ArchiveState.FILED).values_list("pk"):
        ask_for(FILE_JOB, once=str(pk[0]), row_id=pk[0])


@transaction.atomic
def file_minutes(*, actor: Actor, row_id: int) -> ArchiveState | None:
    """
    File a version that is not filed; return how it went, None when there is nothing to do.

    The archive knows it by the same key each time: a job that died after the archive took it files nothing anew.
    """
    waiting = ArchivedMinutes.objects.select_for_update(of=("self",)).exclude(state=ArchiveState.FILED)
    row = waiting.filter(pk=row_id).first()
    keeper = archive()
    if row is None or not keeper.is_ready:
        return None
    signed = MinutesVersion.objects.select_related(
        "minutes__meeting__youth", "minutes__meeting__called_by_unit", "signed_by"
    ).get(pk=row.minutes_version_id)
    meeting, row.tried_at = signed.minutes.meeting, clock.now()
    tells_place = not whereabouts.is_protected(meeting.youth.protection)
    document = minutes_pdf(signed, meeting=meeting, language=signed.language, tells_place=tells_place)
    about = _about(signed, meeting, document, tells_place=tells_place)
    try:
        row.reference = keeper.file(key=_key(signed.pk), document=document, about=about)
    except ArchiveDown:
        row.state, row.tries = ArchiveState.FAILED, min(row.tries + 1, _TRIES_COUNTED)
        row.save(update_fields=["state", "tries", "tried_at"])
        return ArchiveState.FAILED
    row.state, row.archive = ArchiveState.FILED, keeper.name
    row.archived_by_id, row.archived_at = actor.user_id, row.tried_at
    row.save(update_fields=["state", "archive", "reference", "archived_by", "archived_at", "tried_at"])
    details = {"meeting": meeting.pk, "minutes": signed.minutes_id, "version": signed.number}
    audit.record("minutes.filed", by=actor.user_id, about=row.youth_id, county=row.county_id, details=details)
    return ArchiveState.FILED


def _key(version_id: int) -> str:
    """Return the name of a version: always the same, and telling nothing to those who do not know the secret."""
    return salted_hmac(
        "fotfeste.minutes", str(version_id), secret=settings.IDENTITY_KEY, algorithm="sha256"
    ).hexdigest()


def _about(signed: MinutesVersion, meeting: Any, document: bytes, *, tells_place: bool) -> dict[str, Any]:
    """
    Return what an archive needs to file it. Of a protected youth it is not told where, at which unit, or by whom.

    Source: arkivforskrifta (FOR-2025-12-17-2647) §§ 5 and 15: origin, context, date and a title.
    """
    youth, unit = meeting.youth, meeting.called_by_unit
    before = MinutesVersion.objects.filter(minutes_id=signed.minutes_id, number=signed.number - 1).first()
    with translation.override(signed.language):
        title = _("Referat: %(meeting)s") % {"meeting": MeetingKind(meeting.kind).label}
    return {
        "title": title,
        "document": DOCUMENT,
        "media_type": "application/pdf",
        "sha256": hashlib.sha256(document).hexdigest(),
        "language": signed.language,
        "version": signed.number,
        "replaces": _key(before.pk) if before is not None else None,
        "meeting_at": meeting.starts_at.isoformat(),
        "signed_at": signed.signed_at.isoformat(),
        "signed_by": signed.signed_by.name if tells_place else None,
        "unit": {"name": unit.name, "org_number": unit.org_number} if tells_place else None,
        "pupil": {
            "national_id": youth.national_id,
            "first_name": youth.first_name,
            "last_name": youth.last_name,
            "is_protected": not tells_place,
        },
    }
