"""A second notice attacked: prepared, approved and sent by two at the same moment, and by a worker that is killed."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.urls import reverse
from procrastinate.contrib.django import app

from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import ContactAttempt
from fotfeste.correspondence.jobs import send_all
from fotfeste.correspondence.models import Mailing
from fotfeste.kernel import clock
from tests import factories as make
from tests.at_once.race import browser_of
from tests.at_once.threads import at_once
from tests.correspondence.letter_world import APRIL, Dies, Letters, Partner, letters

pytestmark = pytest.mark.usefixtures("committed_database")
NAMES = ("Aas", "Berg", "Dahl", "Eide")
LATER = APRIL + timedelta(8)


@pytest.fixture
def world(committed_database, settings, tmp_path):
    """Four who have been asked and have not answered, a week later."""
    settings.LETTERS = {**settings.LETTERS, "folder": str(tmp_path / "brev")}
    with clock.frozen(APRIL):
        world = Letters.made()
        for name in NAMES:
            world.non_applicant(name)
        world.sent()
    with clock.frozen(LATER):
        yield world


def second(world) -> Mailing:
    return world.prepare("reminder", letter_day=LATER, reply_by=date(2027, 5, 20))


def notices() -> list[Mailing]:
    return list(Mailing.objects.filter(kind="reminder"))


def attempts() -> Counter:
    """Return how many attempts each has: one of the letter, and one of the second notice when it has gone."""
    with acting_as(make.system()):
        return Counter(ContactAttempt.objects.values_list("youth__last_name", flat=True))


def test_two_workers_that_prepare_at_once_prepare_one(world):
    at_once(*[lambda: app.tasks["correspondence.prepare_reminders"](timestamp=0)] * 3)
    (made,) = notices()
    assert [each.youth.last_name for each in letters(made)] == list(NAMES)


def test_a_double_click_approves_once_and_the_rest_is_told(world):
    made = second(world)
    path = reverse("correspondence:approve_mailing", kwargs={"mailing_id": made.pk})
    browsers = [browser_of(world.approver) for _ in range(2)]
    codes = sorted(
        answer.status_code for answer in at_once(*[lambda b=each: b.post(path, {"version": "1"}) for each in browsers])
    )
    assert codes in ([302, 302], [302, 409])
    made.refresh_from_db()
    assert (made.state, made.version) == ("sending", 2)
    with acting_as(make.actor("privacy_officer", make.education_admin())):
        assert AuditEntry.objects.filter(verb="mailing.approved", details__mailing=made.pk).count() == 1


@pytest.mark.parametrize("repeats", [True, False])
def test_two_workers_that_send_at_once_give_each_one_notice(world, repeats):
    made, carrier = second(world), Partner(repeats=repeats)
    world.approve(made)
    at_once(*[lambda: send_all(mailing_id=made.pk, county_id=make.OSLO, by=carrier)] * 2)
    send_all(mailing_id=made.pk, county_id=make.OSLO, by=carrier)
    assert len(set(carrier.keys)) == len(NAMES)
    if not repeats:
        assert len(carrier.keys) == len(NAMES)
    assert [each.state for each in letters(made)] == ["sent"] * 4
    assert attempts() == dict.fromkeys(NAMES, 2)


def test_a_worker_killed_in_the_middle_leaves_the_rest_to_the_next_and_nobody_gets_two(world):
    made, carrier = second(world), Partner(repeats=False, dies_after=True)
    world.approve(made)
    with pytest.raises(Dies):
        send_all(mailing_id=made.pk, county_id=make.OSLO, by=carrier)
    carrier.dies_after = False
    at_once(*[lambda: send_all(mailing_id=made.pk, county_id=make.OSLO, by=carrier)] * 2)
    # All were handed over together, and no carrier that does not know a key again is given any of them anew
    assert len(carrier.keys) == 1
    assert [each.state for each in letters(made)] == ["handed"] * 4
    assert attempts() == dict.fromkeys(NAMES, 1)
    # Nor is another notice prepared to those whose letter nobody knows the way of
    app.tasks["correspondence.prepare_reminders"](timestamp=0)
    assert notices() == [made]
