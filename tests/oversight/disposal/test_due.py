"""What is due is what the county has decided, and whoever must stay, stays."""

from datetime import date, timedelta

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.law.retention import KEEP_CASE, KEEP_REACH
from fotfeste.people.models import Youth
from tests import factories as make
from tests.attack.world import secret_case
from tests.oversight.disposal.cases import (
    LEFT,
    approve,
    choose,
    former,
    hold,
    ids_of_twin,
    make_proposal,
    plan_now,
    rows_about,
    told_to_go,
)

pytestmark = pytest.mark.django_db


def test_nothing_is_due_before_the_county_has_decided():
    former(make.unit())
    choose(KEEP_CASE, "undecided")
    plan = plan_now()
    assert [(each.decided, each.people) for each in plan.values()] == [(False, 0), (False, 0)]


def test_it_is_due_the_day_after_the_years_are_over_and_not_before():
    # The registration ended on 30 June 2019, after the year of 24: the five years are over on 30 June 2024
    former(make.unit())
    assert plan_now(date(2024, 6, 30))["case"].people == 0
    assert plan_now(date(2024, 7, 1))["case"].people == 1


def test_contact_details_go_before_the_case_when_the_county_has_decided_so(proposer, approver):
    youth = former(make.unit(), born=date(2001, 3, 4))
    told_to_go(youth)
    choose(KEEP_REACH, "at_once")
    before = rows_about(youth.pk)
    assert {kind: each.people for kind, each in plan_now().items()} == {"reach": 1, "case": 0}
    done = approve(approver, make_proposal(proposer, "reach"))
    assert done.counts == {"people.ContactDetail": 1, "people.Guardian": 0, "people.Address": 0}
    after = rows_about(youth.pk)
    assert after == {model: count for model, count in before.items() if model != "people.ContactDetail"}
    assert plan_now()["reach"].people == 0


def test_all_that_stands_about_somebody_goes_with_the_case_and_nothing_about_another(proposer, approver):
    # Given one who is due, with a row of each kind, and one who is not
    school = make.unit(name="Hjemskolen")
    secret = secret_case(school)
    ids = [secret.registration.youth_id, *ids_of_twin()]
    with acting_as(make.system()):
        Youth.objects.filter(pk__in=ids).update(born=date(1994, 3, 4), first_name="Endret")
        Registration.objects.filter(youth_id__in=ids).update(first_day=date(2018, 9, 1), last_day=LEFT)
    other = make.case(school, born=date(2008, 1, 2)).youth
    untouched = rows_about(other.pk)
    assert len(rows_about(*ids)) > 12
    # When it is proposed and approved
    done = approve(approver, make_proposal(proposer))
    # Then nothing about the first stands, all about the other does, and the certificate counts what went
    assert rows_about(*ids) == {}
    assert rows_about(other.pk) == untouched
    assert done.counts["people.Youth"] == 2
    assert done.counts["casework.JournalNote"] == 1
    assert sum(done.counts.values()) == done.rows
    assert done.youth_ids == []


def test_whoever_is_on_hold_or_registered_is_not_due_and_counted_apart():
    school = make.unit()
    held, registered = former(school), make.case(school, born=date(1994, 3, 4)).youth
    hold(held)
    plan = plan_now()["case"]
    assert (plan.people, plan.held, plan.registered) == (0, 1, 1)
    assert registered.pk not in plan.youth_ids


def test_a_hold_that_is_over_keeps_nobody():
    youth = former(make.unit())
    hold(youth, last_day=make.TODAY)
    assert plan_now()["case"].people == 0
    assert plan_now(make.TODAY + timedelta(days=1))["case"].people == 1


def test_a_hold_on_a_merged_registration_keeps_the_whole_person():
    school = make.unit()
    kept, absorbed = former(school), former(school)
    with acting_as(make.system()):
        Youth.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    assert plan_now()["case"].youth_ids == (kept.pk, absorbed.pk)
    hold(absorbed)
    assert (plan_now()["case"].people, plan_now()["case"].held) == (0, 1)


def test_one_merged_with_somebody_written_as_younger_is_left_alone():
    school = make.unit()
    kept, absorbed = former(school), make.youth(school, born=date(2008, 1, 2))
    with acting_as(make.system()):
        Youth.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    assert plan_now()["case"].people == 0
