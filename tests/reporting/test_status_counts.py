from datetime import date, timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.selectors.counting import Among, By
from fotfeste.casework.selectors.status_counts import status_counts, status_series
from fotfeste.reporting.reporter import as_reporter
from tests import factories as make
from tests.reporting import bulk, history

pytestmark = pytest.mark.django_db

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)


def _counted(**asked) -> dict[tuple, int]:
    with as_reporter():
        return {(*each.keys, each.code): each.count for each in status_counts(**asked)}


def test_a_youth_is_counted_from_the_first_to_the_last_day_of_a_status():
    case = history.case(make.unit(), since=SEPTEMBER)
    history.becomes(case, "OTEV", OCTOBER)
    on = {day: _counted(on=day) for day in (SEPTEMBER - timedelta(1), SEPTEMBER, OCTOBER - timedelta(1), OCTOBER)}
    assert list(on.values()) == [{}, {(3, "OTUK"): 1}, {(3, "OTUK"): 1}, {(3, "OTEV"): 1}]


@pytest.mark.proves("rule-status-history")
def test_what_was_known_at_a_moment_stays_what_was_known():
    # Given a status that was corrected in November, from October on
    case = history.case(make.unit(), since=SEPTEMBER)
    history.was_wrong(case, "OTEV", OCTOBER, recorded=NOVEMBER)
    # When it is asked for the same day, as known now and as known before the correction
    day = OCTOBER + timedelta(10)
    # Then both answers can still be had
    assert _counted(on=day) == {(3, "OTEV"): 1}
    assert _counted(on=day, known_at=history.at(NOVEMBER - timedelta(1))) == {(3, "OTUK"): 1}
    assert _counted(on=day, known_at=history.at(NOVEMBER, 13)) == {(3, "OTEV"): 1}


def test_a_youth_counts_at_the_school_that_had_it_on_the_day():
    old, new = make.unit(), make.unit()
    case = history.case(old, since=SEPTEMBER)
    history.moves_to(case, new, OCTOBER)
    assert _counted(on=OCTOBER - timedelta(1), by=(By.UNIT,)) == {(old.pk, "OTUK"): 1}
    assert _counted(on=OCTOBER, by=(By.UNIT,)) == {(new.pk, "OTUK"): 1}


def test_counts_can_be_cut_by_district_and_reason():
    school = make.unit()
    bulk.register({(3, "OTUK"): 2}, unit_ids={3: school.pk}, district="030112", reason="quit_school")
    bulk.register({(3, "OTUK"): 3}, unit_ids={3: school.pk}, district="030111", reason="not_applied")
    assert _counted(on=OCTOBER, by=(By.DISTRICT, By.REASON)) == {
        ("030112", "quit_school", "OTUK"): 2,
        ("030111", "not_applied", "OTUK"): 3,
    }
    assert _counted(on=OCTOBER, among=Among(district_code="030112"), by=()) == {("OTUK",): 2}


def test_somebody_who_counts_without_being_the_reporter_counts_only_whom_it_may_see():
    school = make.unit()
    history.case(school, since=SEPTEMBER)
    history.case(make.unit(), since=SEPTEMBER)
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        assert sum(each.count for each in status_counts(on=OCTOBER)) == 1
    assert status_counts(on=OCTOBER) == [], "and nobody, nothing"


def test_a_series_says_on_each_day_what_a_count_of_that_day_says():
    # Given cases that begin, change, move and are corrected on different days
    old, new = make.unit(), make.unit()
    for days in range(0, 40, 4):
        case = history.case(old, since=SEPTEMBER + timedelta(days))
        if days % 8 == 0:
            history.becomes(case, "OTEV", SEPTEMBER + timedelta(days + 10))
        else:
            history.moves_to(case, new, SEPTEMBER + timedelta(days + 7))
    # When they are counted week by week, at once and one by one
    days = tuple(SEPTEMBER + timedelta(7 * week - 10) for week in range(12))
    with as_reporter():
        series = status_series(days=days, by=(By.UNIT,))
        single = [{(*c.keys, c.code): c.count for c in status_counts(on=day, by=(By.UNIT,))} for day in days]
    # Then both say the same
    together = [{(*s.keys, s.code): s.counts[i] for s in series if s.counts[i]} for i in range(len(days))]
    assert together == single
    assert sum(single[-1].values()) == 10


def test_a_series_is_one_statement_whatever_its_length(django_assert_num_queries):
    bulk.register({(3, "OTUK"): 1})
    with as_reporter(), django_assert_num_queries(1):
        status_series(days=tuple(SEPTEMBER + timedelta(7 * week) for week in range(53)))
