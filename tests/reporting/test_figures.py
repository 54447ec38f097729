from datetime import date, timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.casework.selectors.counting import By
from fotfeste.organisations.enums import UnitKind
from fotfeste.reporting import code_sets
from fotfeste.reporting.policies import Reach, ReachKind, narrowed, reaches
from fotfeste.reporting.selectors import figures, indicators
from fotfeste.reporting.selectors.indicators import Period
from fotfeste.reporting.shares import Share
from tests import factories as make
from tests.reporting import bulk, history

pytestmark = pytest.mark.django_db

OSLO = Reach(ReachKind.COUNTY, "Oslo", 3, opens_persons=True)
SEPTEMBER = date(2026, 9, 1)
TODAY = make.TODAY


def _of(school) -> Reach:
    return Reach(ReachKind.UNIT, school.name, 3, school.pk, opens_persons=True)


def _one(parts) -> Share:
    return Share(parts[0].count, parts[0].of)


@pytest.mark.proves("ind-share-unknown", "ind-target-group-size", "amb-58")
def test_the_share_unknown_is_of_the_target_group_of_the_school():
    school, other = make.unit(), make.unit()
    bulk.register({(3, "OTUK"): 3, (3, "OTAR"): 5, (3, "OTEV_IM"): 7, (3, "Feil"): 2}, unit_ids={3: school.pk})
    bulk.register({(3, "OTUK"): 10}, unit_ids={3: other.pk})
    assert figures.headline(reach=_of(school), on=TODAY).unknown == Share(3, 8)
    standing = figures.standing(reach=OSLO, on=TODAY)
    assert standing.shares_by(code_sets.UNKNOWN, By.UNIT) == {school.pk: Share(3, 8), other.pk: Share(10, 10)}
    assert (standing.share(code_sets.UNKNOWN), standing.registered) == (Share(13, 18), 27)


@pytest.mark.proves("ind-share-unknown")
def test_week_by_week_the_share_is_of_those_in_the_target_group_that_week():
    school = make.unit()
    first = history.case(school, since=TODAY - timedelta(weeks=3))
    history.case(school, since=TODAY - timedelta(weeks=1))
    history.becomes(first, "OTEV", TODAY - timedelta(weeks=2))
    weekly = figures.unknown_over_time(reach=_of(school), days=figures.weeks_before(TODAY, 4))
    assert weekly.shares == (Share(0, 0), Share(1, 1), Share(0, 1), Share(1, 2), Share(1, 2))
    assert weekly.known_from == 1


def test_a_school_keeps_in_its_past_the_youths_it_has_passed_on():
    old, new = make.unit(), make.unit()
    case = history.case(old, since=SEPTEMBER)
    history.moves_to(case, new, TODAY - timedelta(1))
    weekly = figures.unknown_over_time(reach=_of(old), days=(TODAY - timedelta(7), TODAY))
    assert weekly.shares == (Share(1, 1), Share(0, 0))


@pytest.mark.proves("ind-days-to-contact")
def test_days_to_contact_run_from_unknown_to_the_first_real_contact():
    # Given one reached after nine days with attempts before, one not yet reached, one known from a register
    school = make.unit()
    reached, waiting, known = (history.case(school, since=SEPTEMBER) for _ in range(3))
    history.tried(reached, SEPTEMBER + timedelta(2))
    history.reached(reached, SEPTEMBER + timedelta(9))
    history.reached(reached, SEPTEMBER + timedelta(20))
    history.tried(waiting, SEPTEMBER + timedelta(4))
    history.becomes(known, "OTEV", SEPTEMBER + timedelta(3))
    # When the waits are counted
    found = {(w.days, w.reached): w.count for w in figures.waits(reach=_of(school), on=TODAY)}
    # Then only talking ended a wait, and the one in the register stopped waiting without being reached
    assert found == {(9, True): 1, (3, False): 1, ((TODAY - SEPTEMBER).days, False): 1}


def test_a_wait_belongs_to_the_unit_that_had_the_youth_when_it_began():
    old, new = make.unit(), make.unit()
    case = history.case(old, since=SEPTEMBER)
    history.moves_to(case, new, SEPTEMBER + timedelta(5))
    history.reached(case, SEPTEMBER + timedelta(8))
    by_unit = figures.waiting_by(figures.waits(reach=OSLO, on=TODAY), By.UNIT)
    assert {unit: wait.median for unit, wait in by_unit.items()} == {old.pk: 8}


@pytest.mark.proves("ind-share-contacted")
def test_of_those_unknown_when_a_list_goes_out_the_ones_reached_before_the_next():
    school = make.unit()
    reached, tried, late = (history.case(school, since=SEPTEMBER) for _ in range(3))
    period = indicators.between_lists(TODAY)
    assert period == Period(date(2026, 10, 10), date(2026, 11, 20))
    history.reached(reached, date(2026, 10, 15))
    history.tried(tried, date(2026, 10, 15))
    history.reached(late, date(2026, 11, 20))
    assert _one(indicators.share_contacted(reach=_of(school), period=period)) == Share(1, 3)


@pytest.mark.parametrize(
    ("on", "first", "second"),
    [
        (date(2026, 11, 20), date(2026, 10, 10), date(2026, 11, 20)),
        (date(2026, 11, 19), date(2026, 4, 20), date(2026, 10, 10)),
        (date(2026, 2, 20), date(2025, 11, 20), date(2026, 2, 20)),
        (date(2026, 2, 19), date(2025, 10, 10), date(2025, 11, 20)),
    ],
)
def test_the_latest_two_lists_are_found_across_the_new_year(on, first, second):
    assert indicators.between_lists(on) == Period(first, second)


@pytest.mark.proves("ind-into-activity")
def test_of_those_without_activity_the_ones_who_came_into_education_or_work():
    school = make.unit()
    one, other, _still = (history.case(school, since=SEPTEMBER) for _ in range(3))
    history.becomes(one, "OTEV", date(2026, 10, 5))
    history.becomes(other, "OTEV", date(2026, 10, 5))
    history.case(school, status="OTAR", since=SEPTEMBER)
    period = Period(date(2026, 10, 1), TODAY)
    assert _one(indicators.share_into_activity(reach=_of(school), period=period)) == Share(2, 3)


@pytest.mark.proves("ind-back-in-education")
def test_of_those_registered_the_ones_back_in_education_within_a_year():
    school = make.unit()
    quick, slow, _never = (history.case(school, since=date(2024, 9, 1)) for _ in range(3))
    history.becomes(quick, "OTEV", date(2025, 8, 20))
    history.becomes(slow, "OTEV", date(2025, 9, 20))
    entered = Period(date(2024, 8, 1), date(2025, 7, 31))
    assert _one(indicators.share_back_in_education(reach=_of(school), entered=entered)) == Share(1, 3)


@pytest.mark.proves("ind-two-years-in-row", "amb-61")
def test_of_one_autumns_target_group_the_ones_in_the_nexts():
    school = make.unit()
    stays, leaves = (history.case(school, since=date(2025, 9, 1)) for _ in range(2))
    bulk.register({(3, "OTUK"): 4}, unit_ids={3: school.pk}, first_day=date(2026, 9, 1))
    history.becomes(stays, "OTEV", date(2026, 1, 10))
    history.becomes(leaves, "OTFA_IM", date(2026, 1, 10), fact="moved_county")
    autumns = indicators.two_autumns(TODAY)
    assert autumns == Period(date(2025, 11, 15), date(2026, 11, 15))
    assert _one(indicators.share_two_years_in_row(reach=_of(school), autumns=autumns)) == Share(1, 2)


@pytest.mark.proves("ind-out-one-year-plus")
def test_a_year_outside_is_a_year_in_which_no_status_tells_of_education_work_or_measure():
    school = make.unit()
    long_ago, lately = date(2025, 9, 1), date(2026, 3, 1)
    history.case(school, since=long_ago)
    worked = history.case(school, since=long_ago)
    history.becomes(worked, "OTEV", date(2026, 1, 10))
    history.case(school, since=lately)
    assert _one(indicators.share_out_one_year(reach=_of(school), on=TODAY)) == Share(1, 3)


@pytest.mark.proves("ind-declined", "ind-nav-measure-share")
def test_declined_and_nav_measures_are_shares_of_the_target_group():
    bulk.register({(3, "OTNO"): 2, (3, "OTAP"): 3, (3, "OTUK"): 5, (3, "OTAR_IM"): 9})
    standing = figures.standing(reach=OSLO, on=TODAY)
    assert indicators.share_declined(standing) == Share(2, 10)
    assert indicators.share_in_nav_measure(standing) == Share(3, 10)


def test_a_district_counts_those_who_live_there_whoever_answers_for_them():
    alna = make.Unit.objects.get(kind=UnitKind.DISTRICT, code="030112")
    bulk.register({(3, "OTUK"): 2, (3, "OTAR"): 6}, unit_ids={3: make.unit().pk}, district="030112")
    bulk.register({(3, "OTUK"): 9}, district="030111")
    reach = reaches(make.actor(Role.DISTRICT_CONTACT, alna))[0]
    assert (reach.kind, reach.opens_persons) == (ReachKind.DISTRICT, False)
    assert figures.headline(reach=reach, on=TODAY).unknown == Share(2, 8)


def test_each_role_reaches_its_own_and_no_further():
    school, admin = make.unit(), make.education_admin()
    assert reaches(make.actor(Role.COUNSELLOR, school))[0].among.unit_ids == (school.pk,)
    assert reaches(make.actor(Role.COUNTY_LEADER, admin))[0].kind is ReachKind.COUNTY
    assert not reaches(make.actor(Role.COUNTY_LEADER, admin))[0].opens_persons
    assert reaches(make.actor(Role.EDUCATION_ADMIN, admin))[0].opens_persons
    assert reaches(make.actor(Role.NAV_RESPONSIBLE, make.unit(UnitKind.NAV_OFFICE))) == ()


def test_a_county_can_be_narrowed_to_its_own_units_only():
    inside, outside = make.unit(), make.unit(county_id=11)
    assert narrowed(OSLO, unit_id=inside.pk).unit_id == inside.pk
    assert narrowed(OSLO, unit_id=outside.pk) is None
    assert narrowed(_of(inside), unit_id=make.unit().pk) is None
