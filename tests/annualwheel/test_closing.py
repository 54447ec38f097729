"""How the events of the year stand: by what the system has recorded, and never better than that."""

from datetime import date, datetime, timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.enums import WheelState
from fotfeste.annualwheel.selectors.closing import closing_of
from fotfeste.annualwheel.selectors.wheel import wheel_of
from fotfeste.casework.models import Feedback, StatusConfirmation
from fotfeste.casework.services import contacts, statuses
from fotfeste.integrations.models import Import, NothingToReport
from fotfeste.kernel import clock
from fotfeste.law.annual_wheel import events
from fotfeste.law.school_year import SchoolYear
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.models import CountyReading, NamedContact, Unit
from fotfeste.reporting.models import FrozenReport
from tests import factories as make
from tests.lists.otuk_world import STOVNER, World

pytestmark = pytest.mark.django_db

YEAR = SchoolYear(2026)


@pytest.fixture
def world():
    with clock.frozen(make.TODAY):
        yield World.made()


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.OSLO)


def taken_in(source: str, day: date, **fields) -> None:
    Import.objects.create(
        source=source,
        county_id=make.OSLO,
        on=day,
        digest="",
        read_at=noon(day),
        applied_at=noon(day),
        run_by_id=make.system().user_id,
        **fields,
    )


def standing(event_id: str, *, year: SchoolYear = YEAR, today: date = make.TODAY):
    [found] = wheel_of(county_id=make.OSLO, year=year, today=today, only=(event_id,))
    return found


def states(event_id: str, **asked) -> list[WheelState]:
    return [time.state for time in standing(event_id, **asked).times]


def by_unit(event_id: str, time: int = 0) -> dict[str, WheelState]:
    return {unit.name: unit.state for unit in standing(event_id).times[time].units}


@pytest.mark.proves("dl-prevented-pupils", "dl-no-place-transfer", "dl-nonapplicant-transfer", "amb-46")
def test_a_transfer_is_done_when_its_file_is_in_use_and_a_plan_of_last_year_is_not_this_years(world):
    taken_in("preventive", date(2026, 8, 12))
    taken_in("without-place", date(2025, 9, 25))
    taken_in("without-place", date(2026, 9, 24))
    assert standing("dl-prevented-pupils").state is WheelState.DONE_LATE
    assert standing("dl-no-place-transfer").times[0].done_on == date(2026, 9, 24)
    assert standing("dl-nonapplicant-transfer").state is WheelState.COMING
    assert standing("dl-nonapplicant-transfer", today=date(2027, 3, 15)).state is WheelState.DUE
    assert standing("dl-nonapplicant-transfer", today=date(2027, 3, 22)).state is WheelState.LATE


@pytest.mark.proves("dl-weekly-leavers", "dl-transfer-continuous", "amb-54")
def test_weekly_loads_are_a_streak_whose_gaps_show(world):
    for week in range(16):
        if week != 5:
            taken_in("leavers", date(2026, 8, 3) + timedelta(days=7 * week))
    taken_in("vigo-ot", date(2026, 10, 5))
    leavers = standing("dl-weekly-leavers")
    assert (leavers.kept, leavers.gaps, leavers.state) == (15, 1, WheelState.DUE)
    assert [time.due for time in leavers.times if time.state is WheelState.LATE] == [date(2026, 9, 7)]
    months = states("dl-transfer-continuous")
    assert months[:5] == [WheelState.LATE, WheelState.LATE, WheelState.DONE, WheelState.DUE, WheelState.COMING]


@pytest.mark.proves("dl-private-school-report", "amb-50")
def test_each_private_school_closes_the_report_of_september_by_a_file_or_by_having_nobody(world):
    schools = Unit.objects.filter(county_id=make.OSLO, kind="upper_secondary", is_private=True).order_by("name")[:2]
    taken_in("private-school", date(2026, 9, 10), schools=[schools[0].org_number])
    taken_in("private-school", date(2026, 10, 20), schools=[schools[0].org_number])
    NothingToReport.objects.create(
        unit=schools[1],
        county_id=make.OSLO,
        school_year=2026,
        told_on=date(2026, 10, 5),
        recorded_by_id=world.admin.user_id,
        recorded_at=clock.now(),
    )
    found = by_unit("dl-private-school-report")
    assert found[schools[0].name] is WheelState.DONE
    assert found[schools[1].name] is WheelState.DONE_LATE
    assert set(found.values()) == {WheelState.DONE, WheelState.DONE_LATE, WheelState.LATE}
    assert standing("dl-private-school-report").state is WheelState.LATE
    assert standing("dl-private-school-report", year=SchoolYear(2025)).times[0].done_units == 0


@pytest.mark.proves("dl-otuk-list-oct", "dl-otuk-list-nov", "dl-list-review")
def test_a_list_is_done_by_its_round_and_gone_through_when_a_district_has_answered_for_everybody(world):
    answered = world.unknown("Bakke")
    world.unknown("Dahl", district=STOVNER)
    with clock.frozen(date(2026, 10, 9)):
        made = world.freeze(on=date(2026, 10, 9))
    with acting_as(make.system()):
        Feedback.objects.create(
            youth=answered.youth,
            from_unit=world.alna,
            category="still_unknown",
            on=date(2026, 10, 20),
            sent_by_id=world.alna_contact.user_id,
            sent_at=noon(date(2026, 10, 20)),
        )
    assert made.on == date(2026, 10, 9)
    assert states("dl-otuk-list-oct") == [WheelState.DONE]
    assert states("dl-otuk-list-nov") == [WheelState.LATE]
    assert by_unit("dl-list-review") == {world.alna.name: WheelState.DONE, world.stovner.name: WheelState.LATE}
    # The November list is not made, so nobody can tell who has gone through it.
    assert states("dl-list-review")[1:] == [WheelState.DUE, WheelState.COMING, WheelState.COMING]


def test_a_list_with_nobody_on_it_is_gone_through_when_it_is_made(world):
    # Given that the only one who is unknown is under protection, and stands on no district's list
    world.unknown("Bakke", protection="strictly_confidential")
    with clock.frozen(date(2026, 10, 9)):
        world.freeze(on=date(2026, 10, 9))
    shown = standing("dl-list-review").times
    assert (shown[0].state, shown[0].done_on, shown[0].units) == (WheelState.DONE, date(2026, 10, 9), ())
    # The November list is not made
    assert shown[1].state is WheelState.DUE


@pytest.mark.proves("dl-national-report-nov", "dl-internal-report-nov", "dl-national-report-jun")
def test_a_report_is_done_when_it_is_frozen_for_its_own_half_of_the_year(world):
    for kind, on, made in (
        ("rep-national-nov", date(2026, 11, 15), date(2026, 11, 12)),
        ("rep-internal", date(2026, 6, 15), date(2026, 6, 12)),
    ):
        FrozenReport.objects.create(
            report=kind,
            county_id=make.OSLO,
            on=on,
            known_at=noon(made),
            code_list="current",
            digest="",
            content={},
            made_by_id=world.admin.user_id,
            made_at=noon(made),
        )
    assert standing("dl-national-report-nov").times[0].done_on == date(2026, 11, 12)
    assert standing("dl-internal-report-nov").state is WheelState.LATE
    assert standing("dl-internal-report-jun", year=SchoolYear(2025)).state is WheelState.DONE
    assert standing("dl-national-report-jun").state is WheelState.COMING


@pytest.mark.proves("dl-registration-nov", "std-registration-deadline")
def test_a_school_has_registered_when_each_of_its_youths_has_a_status_for_this_deadline(world):
    old = noon(date(2026, 5, 20))
    for name, confirmed in (("I tide", date(2026, 11, 9)), ("For sent", date(2026, 11, 12)), ("Ikke", None)):
        school = make.unit(name=name)
        case = make.case(school, status="OTAR", since=date(2026, 5, 20), recorded_at=old)
        if confirmed:
            with acting_as(make.system()):
                StatusConfirmation.objects.create(
                    youth=case.youth,
                    registration=case,
                    code="OTAR",
                    confirmed_on=confirmed,
                    confirmed_by_id=world.admin.user_id,
                    recorded_at=noon(confirmed),
                )
    assert by_unit("dl-registration-nov") == {
        "I tide": WheelState.DONE,
        "For sent": WheelState.DONE_LATE,
        "Ikke": WheelState.LATE,
    }


def test_a_deadline_that_was_kept_stays_kept_when_the_status_changes_afterwards(world):
    with clock.frozen(noon(date(2026, 11, 3))):
        case = make.case(world.school)
    assert standing("dl-registration-nov", today=date(2026, 11, 12)).state is WheelState.DONE
    with clock.frozen(noon(date(2026, 12, 1))), acting_as(world.admin, on=date(2026, 12, 1)):
        contacts.register_attempt(
            actor=world.admin, youth_id=case.youth_id, on=date(2026, 12, 1), channel="call", result="answered",
            answered_by="youth",
        )  # fmt: skip
        statuses.set_status(
            actor=world.admin, registration_id=case.pk, code="OTAR", on=date(2026, 12, 1), ground=statuses.Ground(),
            version=None,
        )  # fmt: skip
    assert standing("dl-registration-nov", today=date(2026, 12, 5)).state is WheelState.DONE


@pytest.mark.proves("dl-year-end-24")
def test_the_year_end_is_kept_when_nobody_too_old_stands_open(world):
    case = make.case(world.school, born=date(2002, 3, 1))
    assert standing("dl-year-end-24").state is WheelState.DUE or standing("dl-year-end-24").state is WheelState.COMING
    assert standing("dl-year-end-24", today=date(2027, 1, 2)).state is WheelState.LATE
    with acting_as(make.system()):
        case.last_day, case.end_reason = date(2026, 12, 31), "too_old"
        case.closed_at, case.closed_by_id = clock.now(), make.system().user_id
        case.save()
    assert standing("dl-year-end-24", today=date(2027, 1, 2)).state is WheelState.DONE


@pytest.mark.proves("dl-contact-change", "dl-nav-contact-list")
def test_a_new_district_contact_is_told_of_when_published_and_seen_and_nav_keeps_its_own_current(world):
    def named(unit, role, first_day, **fields):
        return NamedContact.objects.create(unit=unit, role=role, name="Kari Prøve", first_day=first_day, **fields)

    assert standing("dl-contact-change").state is WheelState.NOT_SET_OFF
    NamedContact.objects.filter(unit__in=[world.alna, world.stovner, world.nav_alna]).delete()
    for district in (world.alna, world.stovner):
        named(district, ContactRole.DISTRICT_CONTACT, date(2025, 1, 1), last_day=date(2026, 10, 2))
    day = date(2026, 10, 3)  # a Saturday: told of by Monday
    told = {"published_on": day, "uda_seen_at": noon(date(2026, 10, 5))}
    named(world.alna, ContactRole.DISTRICT_CONTACT, day, **told)
    named(world.stovner, ContactRole.DISTRICT_CONTACT, day)
    assert by_unit("dl-contact-change") == {world.alna.name: WheelState.DONE, world.stovner.name: WheelState.LATE}
    named(world.nav_alna, ContactRole.NAV_RESPONSIBLE, date(2026, 1, 1), confirmed_on=date(2026, 11, 2))
    offices = by_unit("dl-nav-contact-list", 3)
    assert offices[world.nav_alna.name] is WheelState.DONE
    assert WheelState.DUE in offices.values()
    assert states("dl-nav-contact-list")[:3] == [WheelState.UNKNOWN] * 3  # what was confirmed before is not kept


def test_what_nothing_in_the_system_can_tell_is_never_called_done(world):
    # A year that is over, in which nothing was recorded
    found = wheel_of(county_id=make.OSLO, year=YEAR, today=date(2027, 9, 1))
    assert {each.event.id for each in found} == {each.id for each in events()}
    for each in found:
        assert not {WheelState.DONE, WheelState.DONE_LATE} & {time.state for time in each.times} or (
            each.event.id == "dl-year-end-24"
        )
        if closing_of(each.event.id) is None:
            expected = WheelState.UNKNOWN if each.times else WheelState.NOT_SET_OFF
            assert each.state is (expected if each.event.is_duty else WheelState.PRACTICE)


@pytest.mark.proves("amb-47")
def test_a_countys_weekend_rule_moves_its_wheel_from_its_day(world):
    CountyReading.objects.create(
        county_id=make.OSLO,
        reading="amb-47",
        value="next-working-day",
        first_day=date(2027, 1, 1),
        reason="Vi har avtalt det.",
        chosen_by_id=world.admin.user_id,
        recorded_at=clock.now(),
    )
    assert standing("dl-otuk-list-oct").times[0].due == date(2026, 10, 9)
    assert standing("dl-otuk-list-feb").times[0].due == date(2027, 2, 22)


def test_the_roles_that_are_shown_every_unit_are_those_that_lead_or_coordinate_the_county(world):
    from fotfeste.annualwheel.policies import units_shown

    leader = make.actor(Role.COUNTY_LEADER, make.education_admin())
    assert units_shown(actor=world.admin, county_id=make.OSLO) is None
    assert units_shown(actor=leader, county_id=make.OSLO) is None
    assert units_shown(actor=world.alna_contact, county_id=make.OSLO) == {world.alna.pk}
    assert units_shown(actor=world.alna_contact, county_id=46) == frozenset()
