"""Writing the minutes of a meeting, and signing them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.casework.enums import Channel
from fotfeste.casework.services.contacts import note_talk
from fotfeste.collaboration.enums import GuestKind, MeetingState, MinutesState
from fotfeste.collaboration.minutes_fields import PLAN_STANDS, fields_of, lacks
from fotfeste.collaboration.models import Guest, Meeting, Minutes, MinutesCopy, MinutesVersion
from fotfeste.collaboration.selectors.meetings import RESPONSIBLE, cover_source, unit_cover
from fotfeste.collaboration.selectors.minutes import parts_of
from fotfeste.collaboration.selectors.plans import open_plan
from fotfeste.collaboration.services.archiving import ask_for_filing
from fotfeste.collaboration.services.invitations import lock_meeting
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.spec import implements


@dataclass(frozen=True, slots=True)
class Part:
    """What one who was called said: whether they were there, and what they can do by when."""

    was_there: bool = False
    contributes: str = ""
    contribution: str = ""
    due_on: date | None = None


@implements("min-present", "min-contributions", "min-author", "min-type", "min-date", "tw-participants", "exit-bodies")
@implements("exit-date", "tw-date")
@transaction.atomic
def save_minutes(
    *,
    actor: Actor,
    meeting_id: int,
    answers: Mapping[str, Any],
    parts: Mapping[int, Part],
    version: int | None = None,
) -> Minutes:
    """
    Save the minutes as they are being written. Nothing need be filled in yet.

    :param parts: what each who was called said, by the id of the guest.
    :param version: of the minutes the user was shown, 0 when there were none; None for a job.
    :raises NotAllowed: another unit runs the meeting.
    :raises EditConflict: somebody has written since; holds both.
    :raises IllegalTransition: the meeting has not begun, or was called off.
    """
    meeting = lock_meeting(actor=actor, meeting_id=meeting_id)
    _must_have_begun(meeting)
    kept = _kept(meeting, answers)
    now = Minutes.objects.select_for_update(of=("self",)).filter(meeting=meeting).select_related("written_by").first()
    if version is not None and version != (now.version if now else 0):
        raise _conflict(meeting, now, kept)
    minutes = now or Minutes(meeting=meeting, youth_id=meeting.youth_id, version=0)
    minutes.answers, minutes.state = kept, MinutesState.DRAFT
    minutes.written_at_unit_id, minutes.written_by_id = meeting.called_by_unit_id, actor.user_id
    minutes.written_at, minutes.version = clock.now(), minutes.version + 1
    minutes.save()
    _keep_parts(actor, meeting, parts)
    _log(actor, "minutes.written", meeting, minutes)
    return minutes


@implements("principle-common-understanding", "cp-s2-meeting-held", "cp-s2-contributions")
@transaction.atomic
def sign_minutes(
    *,
    actor: Actor,
    meeting_id: int,
    answers: Mapping[str, Any],
    parts: Mapping[int, Part],
    names: Mapping[int, str],
    shown: Mapping[int, str] | None = None,
    version: int | None = None,
) -> MinutesVersion:
    """
    Sign the minutes: the version is kept as it stands, and the meeting has been held. Each unit that was called and is
    let into meetings by the youth is given a copy.

    :param names: what each who was called is called, by the id of the guest.
    :param shown: the same as the actor may be told it; None when that is all of it.
    :raises NotAllowed: another unit runs the meeting.
    :raises EditConflict: somebody has written since; holds both.
    :raises IllegalTransition: the meeting has not begun, or was called off.
    :raises Invalid: something that must be said is not, or nobody was there.
    """
    minutes = save_minutes(actor=actor, meeting_id=meeting_id, answers=answers, parts=parts, version=version)
    meeting = minutes.meeting
    missing = lacks(meeting.kind, minutes.answers)
    if missing:
        raise Invalid(_("Fyll ut før referatet signeres: %(fields)s.") % {"fields": ", ".join(missing)})
    if minutes.answers.get("plan") == PLAN_STANDS and open_plan(youth_id=meeting.youth_id) is None:
        raise Invalid(_("Ungdommen har ingen plan nå. Lag planen først, eller velg at den lages etter samtalen."))
    guests = list(Guest.objects.filter(meeting=meeting, removed_at=None).select_related("body").order_by("pk"))
    if not any(guest.was_there for guest in guests):
        raise Invalid(_("Kryss av for hvem som var til stede."))
    unanswered = [
        (shown or names)[guest.pk]
        for guest in guests
        if guest.kind in {GuestKind.UNIT, GuestKind.PARTNER} and guest.was_there and not guest.contributes
    ]
    if unanswered:
        raise Invalid(
            _("Si hva hver part bidrar med, eller at den ikke kan: %(who)s.") % {"who": ", ".join(unanswered)}
        )
    signed = MinutesVersion.objects.create(
        minutes=minutes,
        youth_id=meeting.youth_id,
        number=MinutesVersion.objects.filter(minutes=minutes).count() + 1,
        answers=minutes.answers,
        parts=parts_of(meeting, dict(names)),
        language=(get_language() or "nb")[:2],
        written_at_unit_id=minutes.written_at_unit_id,
        signed_by_id=actor.user_id,
        signed_at=clock.now(),
    )
    minutes.state = MinutesState.SIGNED
    minutes.save(update_fields=["state"])
    if meeting.state == MeetingState.CALLED:
        meeting.state = MeetingState.HELD
        meeting.version += 1
        meeting.save(update_fields=["state", "version"])
    _note_contact(actor, meeting, guests)
    _hand_out(actor, meeting, signed, guests)
    ask_for_filing(signed, unit=meeting.called_by_unit)
    _log(actor, "minutes.signed", meeting, minutes)
    return signed


def _note_contact(actor: Actor, meeting: Meeting, guests: list[Guest]) -> None:
    """A meeting the youth was at is real contact, and is registered as such once."""
    if any(guest.kind == GuestKind.YOUTH and guest.was_there for guest in guests):
        day = meeting.starts_at.astimezone(clock.OSLO).date()
        note_talk(actor=actor, youth_id=meeting.youth_id, on=day, channel=Channel.MEETING)


def _hand_out(actor: Actor, meeting: Meeting, signed: MinutesVersion, guests: list[Guest]) -> None:
    """Give each unit that was called a copy, where the youth's release or a rule covers it now."""
    covered = []
    for guest in guests:
        if guest.body is None or guest.body_id == meeting.called_by_unit_id:
            continue
        cover = unit_cover(youth=meeting.youth, unit=guest.body, on=clock.today())
        source = cover_source(cover) if cover is not None else ""
        if source and source != RESPONSIBLE:
            covered.append((guest.body, source))
    # One that called by the youth's leave sees no copy but its own, and so writes none for another.
    with acting_as(access.system_actor("scheduler", county_ids=(meeting.youth.county_id,))):
        for unit, source in covered:
            MinutesCopy.objects.create(
                minutes_version=signed,
                meeting=meeting,
                youth_id=meeting.youth_id,
                for_unit=unit,
                number=signed.number,
                answers=signed.answers,
                parts=signed.parts,
                language=signed.language,
                cover=source,
                signed_at=signed.signed_at,
                sent_by_id=actor.user_id,
                sent_at=clock.now(),
            )


def _must_have_begun(meeting: Meeting) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise IllegalTransition(_("Møtet er avlyst, og har ikke noe referat."))
    if meeting.starts_at > clock.now():
        raise IllegalTransition(_("Referatet skrives når møtet har begynt."))


def _kept(meeting: Meeting, answers: Mapping[str, Any]) -> dict[str, Any]:
    found = {each.name: answers.get(each.name) for each in fields_of(meeting.kind)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
        if value not in (None, "", [])
    }


def _keep_parts(actor: Actor, meeting: Meeting, parts: Mapping[int, Part]) -> None:
    for guest in Guest.objects.select_for_update(of=("self",)).filter(meeting=meeting, removed_at=None):
        part = parts.get(guest.pk)
        if part is None:
            continue
        guest.was_there, guest.contributes = part.was_there, part.contributes
        guest.contribution, guest.due_on = part.contribution.strip()[:500], part.due_on
        guest.part_by_id, guest.part_at = actor.user_id, clock.now()
        guest.version += 1
        guest.save()


def _conflict(meeting: Meeting, now: Minutes | None, yours: Mapping[str, Any]) -> EditConflict:
    theirs = now.answers if now is not None else {}
    shown = [each for each in fields_of(meeting.kind) if theirs.get(each.name) != yours.get(each.name)]
    return EditConflict(
        _("Noen har skrevet i referatet mens du holdt på. Ingenting er lagret."),
        theirs={
            _("Sist skrevet"): formats.moment(now.written_at) if now else "",
            **{str(each.label): _shown(theirs.get(each.name)) for each in shown},
        },
        yours={_("Sist skrevet"): _("Nå"), **{str(each.label): _shown(yours.get(each.name)) for each in shown}},
        version=now.version if now else 0,
        about=meeting.youth_id,
    )


def _shown(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value or "")


def _log(actor: Actor, verb: str, meeting: Meeting, minutes: Minutes) -> None:
    details = {"meeting": meeting.pk, "minutes": minutes.pk, "version": minutes.version}
    audit.record(verb, by=actor.user_id, about=meeting.youth_id, county=meeting.county_id, details=details)
