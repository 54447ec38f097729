"""Units are reminded of going through who has access, before and after the due day, until they are done."""

from datetime import date

import pytest

from fotfeste.access.models import RoleAssignment, User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.correspondence.models import Notice
from fotfeste.kernel import clock
from fotfeste.organisations.enums import ReviewOutcome
from fotfeste.organisations.services import reviews
from fotfeste.oversight import jobs
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    school = make.unit(name="Prøve vgs")
    leader = make.actor(Role.UNIT_LEADER, school, name="Lena Leder")
    User.objects.filter(pk=leader.user_id).update(email="lena@example.no")
    return school


def run(on: date) -> list[Notice]:
    """Let the job run on a day, and return what units were written to that day."""
    with clock.frozen(on):
        jobs.remind_reviews()
    return list(Notice.objects.filter(on=on))


@pytest.mark.parametrize("day", [date(2026, 11, 17), date(2026, 11, 28), date(2026, 12, 2), date(2026, 12, 15)])
def test_the_unit_is_reminded_before_and_after_the_due_day(school, day):
    (notice,) = run(day)
    assert (notice.unit_id, notice.recipients) == (school.pk, [["Lena Leder", "lena@example.no"]])
    assert ("Fristen var 1. des. 2026" if day > date(2026, 12, 1) else "Fristen er 1. des. 2026") in " ".join(
        notice.body.split()
    )
    # It names nobody, and whoever runs it twice sends no more
    assert "Lena" not in notice.subject + notice.body
    assert len(run(day)) == 1


def test_between_the_reminders_nobody_is_written_to_but_a_missed_day_is_made_up_for(school):
    assert run(date(2026, 11, 16)) == []
    assert len(run(date(2026, 11, 20))) == 1
    assert run(date(2026, 11, 21)) == []
    assert run(date(2026, 11, 27)) == []
    assert len(run(date(2026, 11, 30))) == 1


def test_a_unit_that_is_done_or_has_nobody_to_write_to_is_not_reminded(school):
    make.assign(make.user(), Role.COUNSELLOR, make.unit(name="Uten adresse vgs"))
    keeper = make.actor(Role.SYSTEM_ADMINISTRATOR, make.education_admin())
    with clock.frozen(date(2026, 11, 10)), acting_as(keeper):
        held = RoleAssignment.objects.get(unit=school)
        reviews.review_role(actor=keeper, assignment_id=held.pk, outcome=ReviewOutcome.CONFIRMED, on=date(2026, 11, 10))
    assert run(date(2026, 11, 17)) == []
