"""The minutes of a meeting, as far as the actor may read them."""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, Q, Subquery

from fotfeste.collaboration.enums import ArchiveState
from fotfeste.collaboration.models import (
    ArchivedMinutes,
    Confirmation,
    Guest,
    Meeting,
    Minutes,
    MinutesCopy,
    MinutesVersion,
)


def minutes_of(meeting: Meeting) -> Minutes | None:
    """Return the minutes being written; None when there are none, or they are another unit's."""
    return Minutes.objects.filter(meeting=meeting).select_related("written_by").first()


def signed_of(meeting: Meeting) -> MinutesVersion | MinutesCopy | None:
    """Return the last signed version: one's own, or the copy one's unit was given; None when there is none to read."""
    own = (
        MinutesVersion.objects.filter(minutes__meeting=meeting).select_related("signed_by").order_by("-number").first()
    )
    return own or MinutesCopy.objects.filter(meeting=meeting).order_by("-number").first()


def words_on(signed: MinutesVersion | MinutesCopy, *, meeting: Meeting) -> dict[int, Confirmation]:
    """Return what each who was called has said of a version, by the id of the guest."""
    rows = Confirmation.objects.filter(meeting=meeting, number=signed.number).select_related("replied_by")
    return {row.guest_id: row for row in rows}


def to_confirm(*, unit_ids: Iterable[int]) -> list[Meeting]:
    """Return the meetings whose last minutes some units were given and have said nothing of, the oldest first."""
    copies = MinutesCopy.objects.filter(meeting=OuterRef("meeting"), for_unit=OuterRef("body")).order_by("-number")
    said = Confirmation.objects.filter(guest=OuterRef("pk")).order_by("-number")
    guests = (
        Guest.objects.filter(body_id__in=list(unit_ids), removed_at=None)
        .annotate(given=Subquery(copies.values("number")[:1]), said=Subquery(said.values("number")[:1]))
        .filter(Q(said=None) | Q(said__lt=F("given")), given__isnull=False)
    )
    rows = Meeting.objects.filter(pk__in=guests.values("meeting_id")).select_related("called_by_unit", "youth")
    return list(rows.order_by("starts_at", "pk"))


def filing_of(signed: MinutesVersion | MinutesCopy) -> ArchivedMinutes | None:
    """Return how far a version has come to the pupil's file; None for a copy, and where no such file is kept."""
    if isinstance(signed, MinutesCopy):
        return None
    return ArchivedMinutes.objects.filter(minutes_version=signed).first()


def not_filed(*, unit_ids: Iterable[int]) -> list[ArchivedMinutes]:
    """Return the versions some units signed, that the archive has not taken, the oldest first."""
    rows = ArchivedMinutes.objects.filter(written_at_unit_id__in=list(unit_ids), state=ArchiveState.FAILED)
    related = ("minutes_version__minutes__meeting__youth", "minutes_version__minutes__meeting__called_by_unit")
    return list(rows.select_related(*related).order_by("minutes_version__signed_at", "pk"))


def not_filed_about(*, youth_id: int) -> Meeting | None:
    """Return the last meeting about a youth whose signed minutes are not in the pupil's file yet; None for none."""
    rows = ArchivedMinutes.objects.filter(youth_id=youth_id).exclude(state=ArchiveState.FILED)
    found = rows.select_related("minutes_version__minutes__meeting").order_by("-pk").first()
    return found.minutes_version.minutes.meeting if found is not None else None


def parts_of(meeting: Meeting, names: dict[int, str]) -> list[dict[str, Any]]:
    """Return what each who was called said in the meeting, as it is kept in a signed version."""
    return [
        {
            "guest": guest.pk,
            "unit": guest.body_id,
            "name": names[guest.pk],
            "was_there": bool(guest.was_there),
            "contributes": guest.contributes,
            "contribution": guest.contribution,
            "due_on": guest.due_on.isoformat() if guest.due_on else "",
        }
        for guest in meeting.guests.filter(removed_at=None).order_by("pk")
    ]
