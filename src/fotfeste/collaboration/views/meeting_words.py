"""A meeting and those called to it, in the words of the screen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Topic
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import (
    CallChannel,
    Contributes,
    GuestKind,
    MailState,
    MeetingKind,
    MeetingState,
    Reply,
)
from fotfeste.collaboration.forms.meeting_times import ReplyForm
from fotfeste.collaboration.forms.meetings import Offered
from fotfeste.collaboration.selectors import meetings as selectors
from fotfeste.collaboration.selectors.meeting_times import can_come, open_times, time_choices
from fotfeste.collaboration.selectors.meetings import RESPONSIBLE, UNNAMED, guests_of, unit_cover
from fotfeste.collaboration.selectors.plan_bodies import tells_unit
from fotfeste.consent.enums import PartnerKind
from fotfeste.consent.selectors import Cover, partner_cover, partner_covers
from fotfeste.kernel import formats, opaque
from fotfeste.kernel.ui import Tone

_TONES = {Reply.NONE: Tone.UNKNOWN, Reply.COMES: Tone.OK, Reply.NOT: Tone.DANGER, Reply.SUBSTITUTE: Tone.ATTENTION}


@dataclass(frozen=True, slots=True)
class GuestLine:
    """
    Somebody called to a meeting, as shown.

    :ivar cover: what lets them take part, in words; empty for those who need nothing.
    :ivar sent: how the last message to them went, for whoever runs the meeting.
    :ivar lacks_cover: they were called rightly, and the release has been taken back or has ended since.
    """

    pk: int
    name: str
    cover: str
    lacks_cover: bool
    sent: str
    reply: str
    tone: str
    substitute: str
    was_there: bool | None
    contributes: str
    contribution: str
    due_on: date | None
    version: int
    form: ReplyForm | None
    may_remove: bool


def guest_lines(meeting: Any, *, actor: Actor, tells_unit: bool, today: date) -> list[GuestLine]:
    """Return those called to a meeting, as shown to this reader."""
    runs, is_ahead = may_run(actor, meeting), meeting.state == MeetingState.CALLED
    sent, times, lines = selectors.sent_to(meeting) if runs else {}, other_times(meeting), []
    for guest in guests_of(meeting):
        may_reply = is_ahead and (runs or bool(policies.may_speak_for(actor=actor, body_id=guest.body_id)))
        cover, lacks = _cover_of(guest, meeting, today) if runs else ("", False)
        initial = {
            "answer": guest.reply,
            "substitute": guest.substitute,
            "suits": [opaque.encode(each.pk) for each in open_times(meeting) if can_come(guest, each)],
            "version": guest.version,
        }
        lines.append(
            GuestLine(
                pk=guest.pk,
                name=guest_name(guest, hides=not tells_unit and guest.body_id not in actor.unit_ids),
                cover=cover,
                lacks_cover=lacks,
                sent=_sent(sent.get(guest.pk)),
                reply=str(Reply(guest.reply).label),
                tone=_TONES[Reply(guest.reply)].value,
                substitute=guest.substitute,
                was_there=guest.was_there,
                contributes=str(Contributes(guest.contributes).label) if guest.contributes else "",
                contribution=guest.contribution,
                due_on=guest.due_on,
                version=guest.version,
                form=ReplyForm(initial=initial, times=times, auto_id=f"svar-{guest.pk}-%s") if may_reply else None,
                may_remove=runs and is_ahead,
            )
        )
    return lines


@dataclass(frozen=True, slots=True)
class TimeLine:
    """
    A time to choose between, as shown: who can come then, who cannot, and who has not said.

    :ivar key: stands for the time; empty for the one the meeting stands at.
    """

    key: str
    time_id: int | None
    starts_at: datetime
    by: str
    can: str
    cannot: str
    silent: str
    suits_all: bool


def time_lines(meeting: Any, *, actor: Actor, tells_unit: bool) -> list[TimeLine]:
    """Return the times a meeting stands between, as shown to this reader; none when no other is proposed."""

    def name(guest: Any) -> str:
        return guest_name(guest, hides=not tells_unit and guest.body_id not in actor.unit_ids)

    return [
        TimeLine(
            key=opaque.encode(each.time_id) if each.time_id is not None else "",
            time_id=each.time_id,
            starts_at=each.starts_at,
            by=name(each.by) if each.by is not None else "",
            can=", ".join(map(name, each.can)),
            cannot=", ".join(map(name, each.cannot)),
            silent=", ".join(map(name, each.silent)),
            suits_all=each.suits_all,
        )
        for each in time_choices(meeting)
    ]


def other_times(meeting: Any) -> list[tuple[str, str]]:
    """Return the other times proposed for a meeting, as a form offers them."""
    return [(opaque.encode(each.pk), formats.moment(each.starts_at)) for each in open_times(meeting)]


def _sent(mail: Any) -> str:
    if mail is None:
        return ""
    channel = _("SMS") if mail.channel == CallChannel.SMS else _("E-post")
    return _("%(channel)s: %(state)s") % {"channel": channel, "state": str(MailState(mail.state).label).lower()}


def guest_name(guest: Any, *, hides: bool = False) -> str:
    """
    Return who somebody called to a meeting is.

    :param hides: where the youth is must not be told, and the name of a unit tells it.
    """
    if guest.kind == GuestKind.UNIT:
        return _("En enhet") if hides else str(guest.body.name)
    if guest.kind == GuestKind.PARTNER:
        return f"{PartnerKind(guest.partner).label}: {guest.name}"
    label = str(GuestKind(guest.kind).label)
    return f"{label}: {guest.name}" if guest.name else label


def offered_to(actor: Actor, youth: Any, today: date, *, besides: Iterable[int | None] = ()) -> Offered:
    """Return those who may be called about a youth, and those nothing lets in yet, each with what covers it."""
    skipped = set(besides)
    if youth.unit_id in skipped:
        skipped.add(UNNAMED)
    tells = tells_unit(youth, actor)
    near = selectors.invitable_near(youth=youth, host_id=actor.unit_id or 0, on=today, tells_unit=tells)
    covers = partner_covers(youth_id=youth.pk, topic=Topic.MEETINGS, on=today)
    partners = ((kind, Cover(release=covers[kind.value]) if kind.value in covers else None) for kind in PartnerKind)
    return Offered(
        units=tuple(each for each in map(_unit_offered, near) if each[0] not in skipped),
        partners=tuple(
            (kind.value, f"{kind.label} – {cover_words(cover)}", cover is not None)
            for kind, cover in sorted(partners, key=lambda each: each[1] is None)
        ),
    )


def _unit_offered(near: selectors.Invitable) -> tuple[int, str, bool]:
    if near.unit is None:
        return UNNAMED, _("Enheten som har ansvaret"), True
    return near.unit.pk, f"{near.unit.name} – {cover_words(near.cover)}", near.cover is not None


def cover_words(cover: Cover | None) -> str:
    """Return what covers that a body takes part, in words."""
    if cover is None:
        return _("ikke dekket, innhent samtykke først")
    if cover.release is not None:
        return _("samtykke til %(day)s") % {"day": formats.short_day(cover.release.last_day)}
    if cover.rule is not None:
        return _("delingsregelen «%(purpose)s»") % {"purpose": _(cover.rule.purpose)}
    return _("har ansvaret for ungdommen")


def _cover_of(guest: Any, meeting: Any, today: date) -> tuple[str, bool]:
    if guest.kind == GuestKind.UNIT:
        cover = unit_cover(youth=meeting.youth, unit=guest.body, on=today)
    elif guest.kind == GuestKind.PARTNER:
        release = partner_cover(youth_id=meeting.youth_id, partner=guest.partner, topic=Topic.MEETINGS, on=today)
        cover = Cover(release=release) if release is not None else None
    else:
        return "", False
    if cover is None and guest.cover != RESPONSIBLE:
        return _("Ikke lenger dekket. Ungdommen har trukket samtykket, eller det er utløpt."), True
    words = cover_words(cover)
    return words[:1].upper() + words[1:], cover is None


def place_words(meeting: Any) -> str:
    """Return where a meeting is."""
    return meeting.place or _("Video")


def may_run(actor: Actor, meeting: Any) -> bool:
    """Say whether the actor runs a meeting."""
    return bool(
        policies.may_run_meeting(actor=actor, called_by_unit_id=meeting.called_by_unit_id, unit_id=meeting.unit_id)
    )


def callable_kinds(actor: Actor, youth: Any, today: date) -> list[tuple[str, str]]:
    """Return the kinds of meeting the actor may call about a youth."""
    others = policies.units_with(actor, Permission.MEETING_CALL) - {youth.unit_id}
    granted = access.units_granted(youth_id=youth.pk, topic=Topic.MEETINGS, on=today) if others else frozenset()
    return [
        (kind.value, str(kind.label))
        for kind in MeetingKind
        if policies.may_call_meeting(actor=actor, kind=kind, unit_id=youth.unit_id, granted_units=granted)
    ]
