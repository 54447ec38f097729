"""Why a youth belongs, and why to this unit: every rule with its reason, as data without a name in it."""

import json
from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Explanation, MembershipDecision
from fotfeste.casework.services import membership
from fotfeste.casework.services.explain import explain
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.people.services import enrolments
from tests import factories as make

pytestmark = pytest.mark.django_db


def _explain(actor, case, on=make.TODAY):
    with acting_as(actor):
        return explain(actor=actor, youth_id=case.youth_id, on=on)


@pytest.fixture
def leaver(school):
    """A youth who left Vg2 at the school on 11 September."""
    case = make.case(school, born=date(2008, 5, 14))
    worker = make.system()
    with acting_as(worker):
        enrolments.record_enrolment(
            actor=worker, youth_id=case.youth_id, kind="pupil", school_id=school.pk, first_day=date(2025, 8, 18),
            last_day=date(2026, 9, 11), end_reason="quit", source="test",
        )  # fmt: skip
    return case


@pytest.mark.proves("tg-pupil-leaver", "unit-vgs-former")
def test_a_leaver_belongs_and_the_school_they_left_answers(counsellor, leaver, school):
    told = _explain(counsellor, leaver)
    assert told.decided.statutory.outcome.value == "in_ot"
    assert (told.unit.id, told.holder.id, told.unit_change.outcome) == (school.pk, school.pk, False)
    assert "tg-pupil-leaver" in {group.rule.id for group in told.groups if group.holds}


def test_the_service_and_the_right_end_on_different_days(counsellor, leaver):
    told = _explain(counsellor, leaver)
    assert (told.last_day_of_service, told.last_day_of_right) == (date(2032, 12, 31), date(2033, 7, 31))


def test_it_is_json_with_a_source_for_every_reason_and_nothing_that_names_the_youth(counsellor, leaver):
    written = json.dumps(_explain(counsellor, leaver).to_dict(), ensure_ascii=False)
    told = json.loads(written)
    assert len(told["groups"]) == 33
    assert all(group["reason"]["source"] for group in told["groups"])
    youth = leaver.youth
    assert not [
        secret for secret in (youth.first_name, youth.last_name, youth.national_id, "05-14") if secret in written
    ]


@pytest.mark.proves("tg-age-frame", "tg-not-ot-25-plus")
def test_the_law_of_the_day_decides(counsellor, school):
    # Given one who turned 22 in 2024: covered since August 2024, not before
    case = make.case(school, born=date(2002, 3, 1))
    before, after = (_explain(counsellor, case, on) for on in (date(2024, 7, 31), date(2024, 8, 1)))
    assert before.decided.statutory.outcome.value == "not_in_ot"
    assert after.decided.statutory.outcome.value != "not_in_ot"
    assert (before.last_day_of_service, after.last_day_of_service) == (date(2023, 12, 31), date(2026, 12, 31))


def test_who_does_not_know_the_facts_is_not_given_a_wrong_answer(school, leaver):
    with pytest.raises(NotAllowed, match="skolehistorikk"):
        _explain(make.actor(Role.UNIT_LEADER, school), leaver)


def test_a_stranger_is_not_told_that_the_youth_exists(other_school, leaver):
    with pytest.raises(Invalid, match="finnes ikke"):
        _explain(make.actor(Role.COUNSELLOR, other_school), leaver)


@pytest.mark.proves("amb-07")
def test_membership_is_kept_once_and_again_only_when_it_changes(admin, leaver):
    with acting_as(admin):
        assert membership.decide_membership(actor=admin, youth_ids=[leaver.youth_id]) == 1
        assert membership.decide_membership(actor=admin, youth_ids=[leaver.youth_id]) == 0
        kept = MembershipDecision.objects.get()
    assert (kept.statutory, kept.local, kept.is_current) == ("in_ot", "in_ot", True)


def test_equal_facts_share_one_explanation(admin, school):
    cases = [make.case(school, born=date(2008, 5, day)) for day in (1, 2, 3)]
    before = Explanation.objects.count()
    with acting_as(admin):
        assert membership.decide_membership(actor=admin, youth_ids=[case.youth_id for case in cases]) == 3
    assert Explanation.objects.count() == before + 1
