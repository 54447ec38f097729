"""Two registrations of one person become one case, and can become two again."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, Responsibility, StatusEvent
from fotfeste.casework.selectors.person_page import person_page
from fotfeste.casework.services import consistency, contacts, merging
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.people.models import Merge, Youth
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def absorbed():
    """The same person registered again at the administration, without a number."""
    return make.case(make.education_admin(), since=date(2026, 11, 1), national_id=None)


def _merge(actor, kept, absorbed):
    with acting_as(actor):
        return merging.merge_youths(
            actor=actor, kept_id=kept.youth_id, absorbed_id=absorbed.youth_id, reason="samme person"
        )


def _nothing_wrong():
    with acting_as(make.system()):
        assert consistency.problems() == []


def test_the_absorbed_case_is_closed_and_its_history_read_with_the_kept_one(admin, case, absorbed, counsellor):
    with acting_as(admin):
        contacts.register_attempt(
            actor=admin, youth_id=absorbed.youth_id, on=date(2026, 11, 2), channel="sms", result="sent"
        )
    _merge(admin, case, absorbed)
    with acting_as(counsellor):
        page = person_page(youth_id=case.youth_id)
    assert [row.end_reason for row in page.registrations] == ["merged", ""]
    assert (page.registration.pk, len(page.attempts)) == (case.pk, 1)
    _nothing_wrong()


def test_undoing_opens_the_case_again_as_it_was(admin, case, absorbed, counsellor):
    merge_id = _merge(admin, case, absorbed)
    with acting_as(admin):
        merging.undo_merge(actor=admin, merge_id=merge_id)
        restored = Registration.objects.get(pk=absorbed.pk)
        held = Responsibility.objects.get(youth_id=absorbed.youth_id)
        status = StatusEvent.objects.get(registration=absorbed, superseded_at=None)
    assert (restored.last_day, restored.end_reason, held.last_day, status.last_day) == (None, "", None, None)
    with acting_as(counsellor):
        assert not Youth.objects.filter(pk=absorbed.youth_id).exists()
    _nothing_wrong()


@pytest.mark.parametrize("lost", [("unit_id", "county_id"), ("responsibility_id",), ("registration_id",)])
def test_a_merge_that_does_not_know_what_was_is_not_undone(admin, case, absorbed, lost):
    merge_id = _merge(admin, case, absorbed)
    with acting_as(admin):
        merge = Merge.objects.get(pk=merge_id)
        left = {key: value for key, value in merge.undo_state.items() if key not in lost}
        Merge.objects.filter(pk=merge_id).update(undo_state=left)
    with acting_as(admin):
        with pytest.raises(IllegalTransition, match="ikke bevart hvor registreringen sto"):
            merging.undo_merge(actor=admin, merge_id=merge_id)
        still = Merge.objects.get(pk=merge_id)
        assert (still.undone_at, Youth.objects.get(pk=absorbed.youth_id).merged_into_id) == (None, case.youth_id)


def test_what_is_transferred_after_a_merge_takes_the_absorbed_history_along(admin, case, absorbed, other_school):
    from fotfeste.casework.services import responsibility

    _merge(admin, case, absorbed)
    with acting_as(admin):
        responsibility.assign(
            actor=admin, youth_id=case.youth_id, holder_id=other_school.pk, reason="Flyttet", version=None
        )
    with acting_as(make.actor(Role.COUNSELLOR, other_school)):
        assert Youth.objects.count() == 2


def test_the_registered_one_is_the_one_to_keep(admin, case):
    loose = make.youth(make.education_admin(), national_id=None)
    with acting_as(admin), pytest.raises(Invalid, match="Behold den som er tilmeldt"):
        merging.merge_youths(actor=admin, kept_id=loose.pk, absorbed_id=case.youth_id, reason="samme")


def test_merging_twice_is_refused(admin, case, absorbed):
    _merge(admin, case, absorbed)
    with pytest.raises(IllegalTransition):
        _merge(admin, case, absorbed)


def test_a_school_does_not_merge(counsellor, school, case):
    other = make.case(school, national_id=None)
    with pytest.raises(NotAllowed):
        _merge(counsellor, case, other)
