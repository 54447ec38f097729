"""The tasks of the year: made on their day, given to who is named, moved, passed on, and closed by what shows them done."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.enums import WheelTaskMove as Move
from fotfeste.annualwheel.enums import WheelTaskState as State
from fotfeste.annualwheel.models import WheelTask, WheelTaskEvent
from fotfeste.annualwheel.services.records import record_done, withdraw_record
from fotfeste.annualwheel.services.tasks import keep_tasks
from fotfeste.collaboration.services.networks import NetworkContent, write_network_meeting
from fotfeste.integrations.models import Import
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.models import CountyReading, NamedContact
from tests import factories as make
from tests.lists.otuk_world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    with clock.frozen(make.TODAY):
        made = World.made()
    NamedContact.objects.filter(unit__in=[made.alna, made.stovner, make.education_admin()]).delete()
    return made


def keep(on: date) -> None:
    by = make.system()
    with clock.frozen(on), acting_as(by, on=on):
        keep_tasks(county_id=make.OSLO, by_id=by.user_id, on=on)


def named(unit, role, name="Kari Prøve", *, since=date(2025, 1, 1), **fields) -> NamedContact:
    return NamedContact.objects.create(unit=unit, role=role, name=name, first_day=since, **fields)


def task(event_id: str, unit, *, turn: str | None = None) -> WheelTask:
    rows = WheelTask.objects.filter(event=event_id, unit=unit)
    return rows.get(turn=turn) if turn else rows.get()


def moves(row: WheelTask) -> list[str]:
    return list(WheelTaskEvent.objects.filter(task=row).order_by("pk").values_list("move", flat=True))


def taken_in(source: str, day: date) -> None:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=clock.OSLO)
    told = {"digest": "", "read_at": noon, "applied_at": noon, "run_by_id": make.system().user_id}
    Import.objects.create(source=source, county_id=make.OSLO, on=day, **told)


def choose(event_id: str, first_day: date, world: World, *, value: str = "on", **told) -> None:
    CountyReading.objects.create(
        county_id=make.OSLO,
        reading=event_id,
        value=value,
        told=told,
        first_day=first_day,
        reason="Avtalt.",
        chosen_by_id=world.admin.user_id,
        recorded_at=clock.now(),
    )


@pytest.mark.proves("dl-no-place-transfer", "dl-prevented-pupils", "amb-52")
def test_a_task_is_made_on_its_day_once_given_to_who_is_named_and_closed_by_the_evidence_alone(world):
    uda = make.education_admin()
    contact = named(uda, ContactRole.UDA_CONTACT)
    keep(date(2026, 9, 10))
    assert not WheelTask.objects.filter(event="dl-no-place-transfer").exists()
    for _twice in range(2):
        keep(date(2026, 9, 11))  # a fortnight before 25 September
    row = task("dl-no-place-transfer", uda)
    assert (row.contact, row.given_on, row.due_on) == (contact, date(2026, 9, 11), date(2026, 9, 25))
    taken_in("without-place", date(2026, 9, 24))
    keep(date(2026, 9, 24))
    row.refresh_from_db()
    assert (row.state, row.done_on) == (State.DONE, date(2026, 9, 24))
    assert moves(row) == [Move.MADE, Move.DONE]
    # Across 1 August: what is due on 10 August is somebody's in July already.
    keep(date(2027, 7, 27))
    assert task("dl-prevented-pupils", uda, turn="2027-0").due_on == date(2027, 8, 10)


@pytest.mark.proves("amb-52")
def test_what_is_not_done_goes_on_to_the_leader_and_then_to_the_administration_after_working_days(world):
    make.actor(Role.UNIT_LEADER, world.alna, on=date(2026, 11, 1))  # and nobody leads Stovner
    for unit in (world.alna, world.stovner):
        named(unit, ContactRole.DISTRICT_CONTACT, "Den forrige", last_day=date(2026, 11, 1))
        named(unit, ContactRole.DISTRICT_CONTACT, since=date(2026, 11, 2))
    choose("rule-wheel-admin", date(2026, 11, 5), world, value="days:7")
    for day in (2, 6, 9, 10, 11):
        keep(date(2026, 11, day))
    alna, stovner = task("dl-contact-change", world.alna), task("dl-contact-change", world.stovner)
    assert (alna.due_on, alna.leader_on, alna.admin_on) == (date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 11))
    assert (stovner.leader_on, stovner.admin_on) == (None, date(2026, 11, 9))  # past a unit that nobody leads
    assert moves(alna) == [Move.MADE, Move.TO_LEADER, Move.TO_ADMIN]


def test_a_list_nobody_made_is_with_the_county_leader_after_five_days_and_moves_when_the_county_moves_the_day(world):
    uda = make.education_admin()
    named(uda, ContactRole.UDA_CONTACT)
    make.actor(Role.COUNTY_LEADER, uda, on=date(2027, 3, 1))
    keep(date(2027, 2, 8))
    row = task("dl-otuk-list-feb", uda)
    assert row.due_on == date(2027, 2, 19)  # 20 February is a Saturday
    choose("dl-otuk-list-feb", date(2027, 2, 9), world, day=[2, 24])
    keep(date(2027, 2, 9))
    row.refresh_from_db()
    assert (row.due_on, moves(row)) == (date(2027, 2, 24), [Move.MADE, Move.MOVED])
    keep(date(2027, 3, 2))
    row.refresh_from_db()
    assert row.leader_on is None
    keep(date(2027, 3, 3))  # five working days after
    row.refresh_from_db()
    assert (row.leader_on, row.admin_on) == (date(2027, 3, 3), None)
    # Switched off from a day, it is nobody's task any more; what was due before stands.
    choose("dl-otuk-list-apr", date(2027, 3, 10), world, value="off")
    keep(date(2027, 4, 12))
    assert not WheelTask.objects.filter(event="dl-otuk-list-apr").exists()
    assert WheelTask.objects.get(pk=row.pk).state == State.OPEN


def test_a_task_follows_who_is_named_and_shows_where_nobody_is(world):
    first = named(world.alna, ContactRole.DISTRICT_CONTACT, "Kari Prøve", last_day=date(2026, 12, 20))
    keep(date(2026, 12, 17))
    row = task("dl-network-meetings", world.alna)
    assert row.contact == first
    keep(date(2026, 12, 21))
    row.refresh_from_db()
    assert (row.contact, row.given_on) == (None, None)
    second = named(world.alna, ContactRole.DISTRICT_CONTACT, "Ola Prøve", since=date(2026, 12, 22))
    keep(date(2026, 12, 22))
    row.refresh_from_db()
    assert (row.contact, row.given_on) == (second, date(2026, 12, 22))
    assert moves(row) == [Move.MADE, Move.UNNAMED, Move.GIVEN]


@pytest.mark.proves("dl-weekly-leavers", "amb-54")
def test_a_week_without_a_load_is_a_gap_and_weeks_on_end_go_on_to_the_leader(world):
    uda = make.education_admin()
    make.actor(Role.COUNTY_LEADER, uda, on=date(2027, 5, 1))
    weeks = [date(2027, 5, 3), date(2027, 5, 10), date(2027, 5, 18)]  # 17 May 2027 is a Monday off
    for day in weeks:
        keep(day)
    states = [task("dl-weekly-leavers", uda, turn=turn).state for turn in ("2027-05-03", "2027-05-10", "2027-05-17")]
    assert states == [State.MISSED, State.MISSED, State.OPEN]
    last = task("dl-weekly-leavers", uda, turn="2027-05-17")
    assert last.due_on == date(2027, 5, 18)
    assert last.leader_on == date(2027, 5, 18)
    taken_in("leavers", date(2027, 5, 19))
    keep(date(2027, 5, 19))
    assert WheelTask.objects.get(pk=last.pk).state == State.DONE


def test_the_days_of_easter_leap_years_and_1_may_are_kept_by_the_stored_tasks_too(world):
    uda = make.education_admin()
    choose("dl-nonapplicant-transfer", date(2027, 8, 1), world, day=[2, 29])
    choose("own-1", date(2027, 8, 1), world, day=[4, 14], label="Felles samling", party="uda")
    choose("own-2", date(2027, 8, 1), world, day=[5, 1], label="Vårbrev", party="uda")
    keep(date(2028, 2, 16))
    keep(date(2028, 4, 4))
    keep(date(2028, 4, 20))
    due = dict(WheelTask.objects.filter(unit=uda).values_list("event", "due_on"))
    assert due["dl-nonapplicant-transfer"] == date(2028, 2, 29)
    assert due["own-1"] == date(2028, 4, 12)  # Good Friday 2028 is 14 April: the working day before Maundy Thursday
    assert due["own-2"] == date(2028, 4, 28)  # 1 May 2028 is a Monday off
    keep(date(2029, 2, 16))
    assert task("dl-nonapplicant-transfer", uda, turn="2028-0").due_on == date(2029, 2, 28)


@pytest.mark.proves("dl-network-meetings", "std-couns-network", "avt-dc-network-meetings", "std-dc-network-meetings")
@pytest.mark.proves("dl-alternative-offer", "dl-standard-revision", "dl-age-entry-16", "dl-nav-employer-survey")
def test_what_nothing_else_shows_is_closed_by_a_record_of_who_and_where_and_opens_when_it_is_taken_back(world):
    from tests.annualwheel.test_closing import standing

    day, told = date(2026, 12, 17), {"who": "Fatima Prøve", "shown_by": "Referat i sak 26/100"}
    named(world.alna, ContactRole.DISTRICT_CONTACT)
    keep(day)
    with clock.frozen(day), acting_as(world.alna_contact, on=day):
        asked = {"county_id": make.OSLO, "event_id": "dl-network-meetings", "on": day, **told}
        with pytest.raises(NotAllowed):
            record_done(actor=world.alna_contact, unit_id=world.stovner.pk, **asked)
        with pytest.raises(NotAllowed):
            record_done(actor=world.alna_contact, unit_id=None, **{**asked, "event_id": "dl-alternative-offer"})
        with pytest.raises(Invalid, match="fram i tid"):
            record_done(actor=world.alna_contact, unit_id=world.alna.pk, **{**asked, "on": day + timedelta(days=1)})
        with pytest.raises(Invalid, match="vises av noe annet"):
            record_done(actor=world.alna_contact, unit_id=world.alna.pk, **{**asked, "event_id": "dl-list-review"})
        done = record_done(actor=world.alna_contact, unit_id=world.alna.pk, **asked)
        assert task("dl-network-meetings", world.alna).state == State.DONE
        withdraw_record(actor=world.alna_contact, record_id=done.pk, reason="Feil dag")
        assert task("dl-network-meetings", world.alna).state == State.OPEN
        # The minutes of such a meeting show it without anybody writing it down once more.
        said = NetworkContent(day, "Tall for bydelen", [{"body": "PPT", "name": "", "came": "True"}], ["ppt"])
        write_network_meeting(actor=world.alna_contact, district_id=world.alna.pk, content=said)
    keep(day)
    assert task("dl-network-meetings", world.alna).state == State.DONE
    with clock.frozen(day), acting_as(world.admin, on=day):
        for event_id in ("dl-alternative-offer", "dl-standard-revision", "dl-age-entry-16", "dl-nav-employer-survey"):
            record_done(actor=world.admin, unit_id=None, **{**asked, "event_id": event_id})
    assert standing("dl-alternative-offer", today=day).state == "done_late"
    assert standing("dl-standard-revision", today=day).state == "done"
    assert standing("dl-age-entry-16", today=day).times[0].done_on == day
    assert standing("dl-nav-employer-survey", today=day).state == "done"


@pytest.mark.proves("dl-network-meetings", "amb-51", "amb-52")
def test_a_network_meeting_nobody_held_goes_on_and_a_second_one_in_the_next_half_makes_it_good(world):
    def held(day: date) -> None:
        with clock.frozen(day), acting_as(world.alna_contact, on=day):
            record_done(
                actor=world.alna_contact, county_id=make.OSLO, event_id="dl-network-meetings", on=day,
                unit_id=world.alna.pk, who="Fatima Prøve", shown_by="Referat",
            )  # fmt: skip

    # Given a district nobody leads, that held none in the autumn
    keep(date(2026, 12, 17))
    keep(date(2027, 1, 4))
    autumn = task("dl-network-meetings", world.alna, turn="2026-0")
    assert (autumn.state, autumn.admin_on) == (State.OPEN, None)
    keep(date(2027, 1, 8))  # five working days after New Year's Eve
    autumn.refresh_from_db()
    assert autumn.admin_on == date(2027, 1, 8)
    # When one is held in January it is that of the spring, and another makes the autumn good
    held(date(2027, 1, 20))
    autumn.refresh_from_db()
    assert autumn.state == State.OPEN
    held(date(2027, 3, 2))
    autumn.refresh_from_db()
    assert (autumn.state, autumn.done_on) == (State.DONE, date(2027, 3, 2))
    # Stovner, that held none, is past it when the months are over
    keep(date(2027, 4, 1))
    assert task("dl-network-meetings", world.stovner, turn="2026-0").state == State.MISSED


def test_a_run_asks_no_more_of_many_youths_than_of_few_and_nothing_of_what_is_long_past(world):
    day = date(2026, 11, 9)  # the schools' first deadline is near, and the first list is out

    def asked(on: date) -> list[str]:
        keep(on)
        with CaptureQueriesContext(connection) as made:
            keep(on)
        return [each["sql"] for each in made]

    def come_in(many: int) -> None:
        for number in range(many):
            world.unknown(f"Prøve {number}", recorded_at=date(2026, 10, 1))

    # In July nobody asks the schools about the deadline of June, nor about the list of April.
    quiet = asked(date(2026, 7, 20))
    assert not any("casework_status_confirmation" in each or "lists_otuk_round" in each for each in quiet)
    come_in(1)
    with clock.frozen(date(2026, 10, 9)):
        world.freeze(date(2026, 10, 9))
    few = asked(day)
    come_in(12)
    with clock.frozen(date(2026, 10, 26)):
        world.freeze(date(2026, 10, 26))
    assert len(asked(day)) == len(few)
    assert any("casework_status_confirmation" in each for each in few)


def test_what_was_missed_long_ago_is_still_closed_by_evidence_that_comes_late(world):
    keep(date(2026, 12, 31))
    keep(date(2027, 4, 2))
    autumn = task("dl-network-meetings", world.alna, turn="2026-0")
    assert autumn.state == State.MISSED
    late = date(2027, 4, 5)
    with clock.frozen(late), acting_as(world.alna_contact, on=late):
        told = {"who": "Fatima Prøve", "shown_by": "Referat", "event_id": "dl-network-meetings"}
        record_done(
            actor=world.alna_contact, county_id=make.OSLO, unit_id=world.alna.pk, on=date(2026, 12, 3), **told
        )  # fmt: skip
    autumn.refresh_from_db()
    assert (autumn.state, autumn.done_on) == (State.DONE, date(2026, 12, 3))
