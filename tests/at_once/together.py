"""What two may write at once in working together on one youth."""

from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.services import counsellors
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingKind
from fotfeste.collaboration.models import Meeting, NewcomerNotice, Record, StepRun
from fotfeste.collaboration.services import (
    answering,
    meeting_times,
    meetings,
    notes,
    person_offers,
    records,
    routines,
    tasks,
)
from fotfeste.collaboration.services.invitations import Called
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.at_once.race import Race
from tests.at_once.world import World

WHY = {"reason": "Gjort på annen måte"}


def skip_step(world: World) -> Race:
    page = _of_youth(world, "skip_step", step_id=_step(world).pk)
    return Race(page, world.counsellors, WHY, page)


def repeat_step(world: World) -> Race:
    step = _step(world)
    _as_first(world, routines.skip_step, step_run_id=step.pk, reason="Prøve")
    path = _of_youth(world, "repeat_step", step_id=step.pk)
    return Race(path, world.counsellors, page=_of_youth(world, "cooperation"))


def choose_way(world: World) -> Race:
    _step(world, "rut-apprentice-leaves")
    for _step_name in range(3):
        with acting_as(world.counsellors[0]):
            row = StepRun.objects.filter(state__in=["open", "waits"]).order_by("pk").first()
        _as_first(world, routines.skip_step, step_run_id=row.pk, reason="Prøve")
    path = _of_youth(world, "choose_way", step_id=row.pk)
    late = {"to": "end"}
    return Race(path, world.counsellors, late, first={"to": "rut-apprentice-leaves-s04"})


def end_routine(world: World) -> Race:
    page = _of_youth(world, "end_routine", run_id=_step(world).run_id)
    return Race(page, world.counsellors, WHY, page)


def give_task(world: World) -> Race:
    late = {"to_user_id": ""}
    return _of_task(world, "give_task", late)


def snooze_task(world: World) -> Race:
    return _of_task(world, "snooze_task", {"to_day": "10.12.2026", "reason": "Syk"})


def finish_task(world: World) -> Race:
    return _of_task(world, "finish_task", {})


def drop_task(world: World) -> Race:
    return _of_task(world, "drop_task", WHY)


def adapt_step(world: World) -> Race:
    page = reverse("collaboration:adapt_step", kwargs={"step_id": "rut-at-risk-s01"})
    late = {"text": "Snakk sammen.", "party": "school-counsellor", "days": "7", "use": "always", "reason": ""}
    return Race(page, world.admins, late, page, first={**late, "text": "Snakk med kontaktlæreren."})


def edit_note_template(world: World) -> Race:
    page = reverse("casework:edit_note_template", kwargs={"key": "call"})
    late = {"name": "Samtale", "text": "Sist", "version": "0"}
    return Race(page, world.admins, late, page, first={**late, "text": "Først"})


def correct_shared_note(world: World) -> Race:
    note = _as_first(world, notes.write_shared_note, youth_id=world.case.youth_id, text="Ringt Nav.")
    page = _of_youth(world, "correct_shared_note", note_id=note.pk)
    return Race(page, world.counsellors, {"text": "Sist"}, page, first={"text": "Først"})


def answer_record(world: World) -> Race:
    made = _notice(world)
    at = {"record_id": made.pk}
    page = reverse("collaboration:notices")
    return Race(reverse("collaboration:answer_record", kwargs=at), world.counsellors, {"answer": "followed_up"}, page)


def accept_what_is_taken_back(world: World) -> Race:
    giver, receiver = world.counsellors
    made = _offer(world)

    def take_back() -> None:
        with acting_as(giver):
            answering.revoke_record(actor=giver, record_id=made.pk)

    path = reverse("collaboration:answer_record", kwargs={"record_id": made.pk})
    return Race(path, (giver, receiver), {"answer": "accepted", "version": "1"}, first=take_back)


def take_back_what_is_accepted(world: World) -> Race:
    giver, receiver = world.counsellors
    made = _offer(world)

    def accept() -> None:
        with acting_as(receiver):
            answering.answer_record(actor=receiver, record_id=made.pk, answer="accepted")

    path = reverse("collaboration:revoke_record", kwargs={"record_id": made.pk})
    return Race(path, (receiver, giver), {"version": "1"}, first=accept)


def accept_twice(world: World) -> Race:
    _giver, receiver = world.counsellors
    made = _offer(world)
    path, page = reverse("collaboration:answer_record", kwargs={"record_id": made.pk}), reverse("collaboration:tasks")
    return Race(
        path, (receiver, receiver), {"answer": "declined", "text": "Har for mange"}, page, {"answer": "accepted"}
    )


def _offer(world: World) -> Any:
    giver, receiver = world.counsellors
    youth_id = world.case.youth_id
    with acting_as(giver):
        counsellors.assign_counsellor(actor=giver, youth_id=youth_id, counsellor_id=giver.user_id, version=None)
        return person_offers.offer_youth(actor=giver, youth_id=youth_id, to_user_id=receiver.user_id)


def revoke_record(world: World) -> Race:
    nav = make.unit(UnitKind.NAV_OFFICE)
    asked = {"kind": "nav-question", "on": clock.today(), "said": {"question": "Hva kan Nav bidra med?"}}
    youth_id = world.case.youth_id
    made = _as_first(world, records.make_record, youth_id=youth_id, sent=records.Sent(nav.pk, True), **asked)
    at, page = {"record_id": made.pk}, reverse("collaboration:notices")
    return Race(reverse("collaboration:revoke_record", kwargs=at), world.counsellors, page=page)


def correct_record(world: World) -> Race:
    said = {"about": ["offers"], "how": "talk"}
    given = {"youth_id": world.case.youth_id, "kind": "information-entry", "on": clock.today(), "said": said}
    made = _as_first(world, records.make_record, **given)
    both = (world.counsellors[0], make.actor(Role.UNIT_LEADER, world.school))
    page = _of_youth(world, "correct_record", record_id=made.pk)
    late = {"on": "23.11.2026", "act": "correct", "how": "letter", "about": ["offers"], "why_wrong": "Det var et brev"}
    return Race(page, both, late, page, first={**late, "how": "phone", "why_wrong": "Det var på telefon"})


def answer_newcomer(world: World) -> Race:
    return _newcomer(world, "answer_newcomer", {"answer": "declined", "text": "Bor et annet sted"})


def revoke_newcomer(world: World) -> Race:
    return _newcomer(world, "revoke_newcomer", {})


MAPPED = {
    "held_on": "2026-11-20",
    "situation": "Sluttet i høst.",
    "needs": "En voksen som ringer.",
    "goal": "Jeg vil bli tømrer.",
    "wants_school": "yes",
    "has_contact": "no",
    "consent_asked": "no",
    "talked": "no",
    "next_step": "school_alone",
}


def write_mapping(world: World) -> Race:
    page = _of_youth(world, "write_mapping")
    return Race(page, world.counsellors, MAPPED, page, first={**MAPPED, "goal": "Jeg vil ha en jobb."})


def mark_actors(world: World) -> Race:
    page = _of_youth(world, "mark_actors")
    return Race(page, world.counsellors, {"ppt_part": "invite"}, page, first={"ppt_part": "involved"})


def change_meeting(world: World) -> Race:
    page = _of_meeting(world, "change_meeting")
    late = {
        "day": "04.12.2026", "time": "10:00", "minutes_long": "60", "place": "Rom 2", "video_url": "", "purpose": "Plan",
    }  # fmt: skip
    return Race(page, world.counsellors, late, page, first={**late, "place": "Rom 3"})


def cancel_meeting(world: World) -> Race:
    page = _of_meeting(world, "cancel_meeting")
    return Race(page, world.counsellors, WHY, page)


def prepare_meeting(world: World) -> Race:
    page = _of_meeting(world, "prepare_meeting")
    return Race(page, world.counsellors, {"text": "Arbeid"}, page, first={"text": "Skole"})


def minutes(world: World) -> Race:
    meeting = _meeting(world)
    with acting_as(make.system()):
        Meeting.objects.update(starts_at=clock.now() - timedelta(hours=1))
    page = _of_youth(world, "minutes", meeting_id=meeting.pk)
    return Race(page, world.counsellors, {"wish": "Lærling"}, page, first={"wish": "Tilbake til skolen"})


def reply_to_meeting(world: World) -> Race:
    late = {"answer": "comes", "substitute": ""}
    return _of_guest(world, "reply", late, {"answer": "not", "substitute": ""})


def choose_time(world: World) -> Race:
    meeting = _between_times(world)
    with acting_as(world.counsellors[0]):
        time = meeting.proposed_times.get()
    return _with_times(world, meeting, _of_youth(world, "choose_time", meeting_id=meeting.pk, time_id=time.pk))


def keep_time(world: World) -> Race:
    meeting = _between_times(world)
    return _with_times(world, meeting, _of_youth(world, "keep_time", meeting_id=meeting.pk))


def uninvite(world: World) -> Race:
    return _of_guest(world, "uninvite", {}, {})


RACES = {
    "collaboration:write_mapping": (write_mapping,),
    "collaboration:mark_actors": (mark_actors,),
    "collaboration:answer_record": (answer_record, accept_what_is_taken_back, accept_twice),
    "collaboration:revoke_record": (revoke_record, take_back_what_is_accepted),
    "collaboration:correct_record": (correct_record,),
    "collaboration:answer_newcomer": (answer_newcomer,),
    "collaboration:revoke_newcomer": (revoke_newcomer,),
    "collaboration:correct_shared_note": (correct_shared_note,),
    "collaboration:change_meeting": (change_meeting,),
    "collaboration:minutes": (minutes,),
    "collaboration:cancel_meeting": (cancel_meeting,),
    "collaboration:prepare_meeting": (prepare_meeting,),
    "collaboration:reply": (reply_to_meeting,),
    "collaboration:choose_time": (choose_time,),
    "collaboration:keep_time": (keep_time,),
    "collaboration:uninvite": (uninvite,),
    "collaboration:skip_step": (skip_step,),
    "collaboration:repeat_step": (repeat_step,),
    "collaboration:choose_way": (choose_way,),
    "collaboration:end_routine": (end_routine,),
    "collaboration:give_task": (give_task,),
    "collaboration:snooze_task": (snooze_task,),
    "collaboration:finish_task": (finish_task,),
    "collaboration:drop_task": (drop_task,),
    "casework:edit_note_template": (edit_note_template,),
    "collaboration:adapt_step": (adapt_step,),
}


def _notice(world: World) -> Record:
    with acting_as(make.system()) as worker:
        return Record.objects.create(
            youth_id=world.case.youth_id,
            kind="nav-referral",
            on=clock.today(),
            said={"why": ["outside"]},
            by_unit=make.unit(UnitKind.NAV_OFFICE),
            to_unit_id=world.case.unit_id,
            made_by_id=worker.user_id,
            made_at=clock.now(),
        )


def _newcomer(world: World, name: str, late: dict[str, Any]) -> Race:
    """Return a race about a notice of somebody not registered; the school stands at both ends of it."""
    with acting_as(make.system()) as worker:
        made = NewcomerNotice.objects.create(
            county_id=make.OSLO,
            kind="nav-referral",
            on=clock.today(),
            first_name="Synne",
            last_name="Prøvesen",
            born=clock.today() - timedelta(days=6500),
            told_on=clock.today(),
            due_on=clock.today(),
            by_unit=world.school,
            to_unit=world.school,
            made_by_id=worker.user_id,
            made_at=clock.now(),
        )
    path = reverse(f"collaboration:{name}", kwargs={"notice_id": made.pk})
    return Race(path, world.counsellors, late, reverse("collaboration:notices"))


def _of_youth(world: World, name: str, **more: Any) -> str:
    return reverse(f"collaboration:{name}", kwargs={"youth_id": world.case.youth_id, **more})


def _meeting(world: World) -> Meeting:
    when = meetings.When(datetime(2026, 12, 3, 10, tzinfo=clock.OSLO), 60, "Rom 1", "", "Plan")
    called = [Called(GuestKind.YOUTH, channel=CallChannel.PHONE)]
    made = _as_first(
        world,
        meetings.call_meeting,
        youth_id=world.case.youth_id,
        kind=MeetingKind.THREE_WAY,
        when=when,
        called=called,
    )
    assert isinstance(made, Meeting)
    return made


def _between_times(world: World) -> Meeting:
    meeting, times = _meeting(world), [datetime(2026, 12, 4, 10, tzinfo=clock.OSLO)]
    _as_first(world, meeting_times.propose_times, meeting_id=meeting.pk, times=times)
    return meeting


def _with_times(world: World, meeting: Meeting, path: str) -> Race:
    """Return a race about a meeting's times, while somebody else says that it is in another room."""

    def move() -> None:
        when = meetings.When(meeting.starts_at, 60, "Rom 2", "", "Plan")
        _as_first(world, meetings.change_meeting, meeting_id=meeting.pk, when=when)

    return Race(path, world.counsellors, {}, _of_youth(world, "meeting", meeting_id=meeting.pk), first=move)


def _of_meeting(world: World, name: str, **more: Any) -> str:
    return _of_youth(world, name, meeting_id=_meeting(world).pk, **more)


def _of_guest(world: World, act: str, late: dict[str, Any], first: dict[str, Any]) -> Race:
    meeting = _meeting(world)
    with acting_as(world.counsellors[0]):
        guest = meeting.guests.get()
    page = _of_youth(world, "meeting", meeting_id=meeting.pk)
    path = _of_youth(world, act, meeting_id=meeting.pk, guest_id=guest.pk)
    return Race(path, world.counsellors, late, page, first=first)


def _step(world: World, routine: str = "rut-at-risk") -> StepRun:
    _as_first(world, routines.start_routine, youth_id=world.case.youth_id, routine_id=routine)
    with acting_as(world.counsellors[0]):
        return StepRun.objects.get()


def _of_task(world: World, act: str, late: dict[str, Any]) -> Race:
    one = world.counsellors[0]
    made = _as_first(world, tasks.set_task, youth_id=world.case.youth_id, what="Ring skolen", due_on=clock.today())
    at = {"task_id": made.pk}
    page = reverse("collaboration:task", kwargs=at)

    def give() -> None:
        with acting_as(one):
            tasks.give_task(actor=one, task_id=made.pk, to_user_id=one.user_id)

    return Race(reverse(f"collaboration:{act}", kwargs=at), world.counsellors, late, page, first=give)


def _as_first(world: World, act: Any, **given: Any) -> Any:
    one = world.counsellors[0]
    with acting_as(one):
        return act(actor=one, **given)
