"""Two people at once: one wins, the other sees both versions, and nothing is lost. Two connections, real commits."""

from datetime import date
from typing import Any

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import ContactAttempt, Registration, Responsibility, StatusEvent
from fotfeste.casework.services import consistency, contacts, responsibility, statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel.errors import EditConflict, Refused
from tests import factories as make
from tests.at_once.threads import at_once

pytestmark = pytest.mark.usefixtures("committed_database")


def _conflicts(results: list[Any]) -> list[EditConflict]:
    return [result for result in results if isinstance(result, EditConflict)]


def _nothing_wrong() -> None:
    with acting_as(make.system()):
        assert consistency.problems() == []


def _setting(actor, case, code, *, version):
    def act():
        with acting_as(actor):
            return statuses.set_status(
                actor=actor, registration_id=case.pk, code=code, on=make.TODAY, ground=Ground(text="Sa det selv"),
                version=version,
            )  # fmt: skip

    return act


def test_two_statuses_at_once_give_one_status_and_one_conflict_with_both_versions(school, counsellor, admin):
    case = make.case(school, status="OTOV")
    results = at_once(
        _setting(counsellor, case, "OTAR", version=1),
        _setting(admin, case, "OTAP", version=1),
    )
    (conflict,) = _conflicts(results)
    (won,) = [result for result in results if isinstance(result, StatusEvent)]
    assert won.code in conflict.theirs["Status"]
    assert {won.code, conflict.yours["Status"][:4]} == {"OTAR", "OTAP"}
    with acting_as(admin):
        assert Registration.objects.get().status_code == won.code
        assert StatusEvent.objects.filter(superseded_at=None, last_day=None).count() == 1
    _nothing_wrong()


def test_two_assignments_at_once_leave_one_unit_responsible(admin, school, other_school):
    case = make.case(make.education_admin())
    second = make.actor(Role.EDUCATION_ADMIN, make.education_admin())

    def assigning(actor, holder):
        def act():
            with acting_as(actor):
                return responsibility.assign(
                    actor=actor, youth_id=case.youth_id, holder_id=holder.pk, reason="Avtalt", version=1
                )

        return act

    results = at_once(assigning(admin, school), assigning(second, other_school))
    assert len(_conflicts(results)) == 1
    with acting_as(admin):
        assert Responsibility.objects.filter(last_day=None).count() == 1
    _nothing_wrong()


def test_a_status_and_a_transfer_at_once_do_not_mix(school, other_school, counsellor, admin):
    case = make.case(school, status="OTOV")

    def moving():
        with acting_as(admin):
            return responsibility.assign(
                actor=admin, youth_id=case.youth_id, holder_id=other_school.pk, reason="Avtalt", version=1
            )

    # The counsellor who comes last no longer sees the case; the administration that comes last sees what changed
    results = at_once(_setting(counsellor, case, "OTAR", version=1), moving)
    assert len([result for result in results if isinstance(result, (EditConflict, Refused))]) == 1
    _nothing_wrong()


def test_attempts_registered_at_once_are_all_counted(school):
    case = make.case(school)
    people = [make.actor(Role.COUNSELLOR, school) for _ in range(4)]

    def calling(actor):
        def act():
            with acting_as(actor):
                return contacts.register_attempt(
                    actor=actor, youth_id=case.youth_id, on=date(2026, 11, 20), channel="call", result="no_answer"
                )

        return act

    results = at_once(*(calling(person) for person in people))
    assert not [result for result in results if isinstance(result, (EditConflict, Refused))]
    with acting_as(people[0]):
        assert Registration.objects.get().attempts == ContactAttempt.objects.count() == 4
    _nothing_wrong()
