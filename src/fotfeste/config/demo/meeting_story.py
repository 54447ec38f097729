"""Meetings of the demo: one held, with signed minutes, one held that lacks them, and some ahead."""

from collections.abc import Iterable, Mapping

from fotfeste.collaboration.enums import CallChannel, Confirmed, Contributes, GuestKind, MeetingKind, Reply
from fotfeste.collaboration.selectors.meetings import guests_of
from fotfeste.collaboration.services import invitations, meetings, minutes
from fotfeste.collaboration.services.confirming import confirm_minutes
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.meetings import When
from fotfeste.collaboration.services.minutes import Part
from fotfeste.collaboration.views.meeting_words import guest_name
from fotfeste.config.demo.stage import Stage

_SAID = {
    "why_leaving": "Fant ikke igjen seg selv i teorifagene.",
    "wish": "Jobbe praktisk, og ta fagene litt etter litt.",
    "common_understanding": "Alle er enige om at en praktisk vei med få fag er det rette nå.",
    "rights_given": "yes",
    "offers": "Verkstedet på skolen: ja. Arbeidspraksis to dager i uken: ja.",
    "nav_entitlement": "yes",
    "takeover": "no",
    "other_actors": "PPT er vurdert, og er ikke aktuell nå.",
    "plan_needed": "yes",
}


def called(
    stage: Stage,
    youth_id: int,
    *,
    by: str,
    ahead: int,
    kind: MeetingKind,
    guests: Iterable[str],
    purpose: str,
    called_on: int = -4,
    replies: Mapping[str, Reply] | None = None,
) -> int:
    """Call a meeting some days from today, let some answer, and return its id."""
    with stage.acts(by, called_on, 13) as actor:
        meeting = meetings.call_meeting(
            actor=actor,
            youth_id=youth_id,
            kind=kind,
            when=When(
                starts_at=stage.moment(ahead, 10, 30), minutes_long=60, place="Rom 204", video_url="", purpose=purpose
            ),
            called=[
                *(Called(GuestKind.UNIT, unit_id=stage.unit(name)) for name in guests),
                Called(GuestKind.YOUTH, channel=CallChannel.PHONE),
            ],
        )
        ids = {guest.body_id: guest.pk for guest in guests_of(meeting)}
    for name, answer in (replies or {}).items():
        with stage.acts(name, called_on + 1, 9) as actor:
            substitute = "Anne Moen" if answer is Reply.SUBSTITUTE else ""
            invitations.reply(actor=actor, guest_id=ids[stage.unit(name)], answer=answer, substitute=substitute)
    return int(meeting.pk)


def held(stage: Stage, youth_id: int, *, by: str, district: str, nav: str, days: int) -> None:
    """Hold a clarification meeting with the district and Nav, and sign its minutes the same day."""
    meeting_id = called(
        stage,
        youth_id,
        by=by,
        ahead=days,
        called_on=days - 8,
        kind=MeetingKind.CLARIFICATION,
        guests=(district, nav),
        replies={district: Reply.COMES, nav: Reply.COMES},
        purpose="Hva kan hver av oss bidra med?",
    )
    says = {stage.unit(district): "Losteamet følger opp hver uke", stage.unit(nav): "Arbeidspraksis to dager i uken"}
    with stage.acts(by, days, 12) as actor:
        draft = minutes.save_minutes(actor=actor, meeting_id=meeting_id, answers=_SAID, parts={}, version=0)
        there = guests_of(draft.meeting)
        parts = {
            guest.pk: Part(
                was_there=True,
                contributes=Contributes.YES if guest.body_id in says else "",
                contribution=says.get(guest.body_id or 0, ""),
                due_on=stage.day(days + 14) if guest.body_id in says else None,
            )
            for guest in there
        }
        signed = minutes.sign_minutes(
            actor=actor,
            meeting_id=meeting_id,
            answers=_SAID,
            parts=parts,
            names={guest.pk: guest_name(guest) for guest in there},
            version=draft.version,
        )
    own = next(guest.pk for guest in there if guest.body_id == stage.unit(district))
    with stage.acts(district, days + 1, 9) as actor:
        confirm_minutes(actor=actor, guest_id=own, number=signed.number, answer=Confirmed.YES)


def held_without_minutes(stage: Stage, youth_id: int, *, by: str, guest: str, days: int) -> None:
    """Hold a meeting whose minutes are begun and not signed."""
    meeting_id = called(
        stage,
        youth_id,
        by=by,
        ahead=days,
        called_on=days - 8,
        kind=MeetingKind.CLARIFICATION,
        guests=(guest,),
        replies={guest: Reply.COMES},
        purpose="Hva bydelen kan hjelpe med",
    )
    with stage.acts(by, days, 15) as actor:
        begun = {"wish": "Noe å gå til om dagen."}
        minutes.save_minutes(actor=actor, meeting_id=meeting_id, answers=begun, parts={}, version=0)


def talked(stage: Stage, youth_id: int, *, by: str, days: int, is_signed: bool) -> None:
    """Hold a talk nobody was called to, and write it down; perhaps with its minutes signed."""
    with stage.acts(by, days, 14) as actor:
        when = When(starts_at=stage.moment(days, 13), minutes_long=30, place="Rom 204", video_url="", purpose="")
        there = [Called(GuestKind.YOUTH)]
        held_talk = meetings.record_held(
            actor=actor, youth_id=youth_id, kind=MeetingKind.CLARIFICATION, when=when, there=there
        )
        if is_signed:
            guests = guests_of(held_talk)
            minutes.sign_minutes(
                actor=actor,
                meeting_id=held_talk.pk,
                answers=_SAID,
                parts={guest.pk: Part(was_there=True) for guest in guests},
                names={guest.pk: guest_name(guest) for guest in guests},
                version=0,
            )
