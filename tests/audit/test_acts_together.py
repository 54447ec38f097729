"""Acts about many youths in one transaction: each in the log as if done alone, and told of once when all are done."""

import pytest
from django.db import transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit import followers
from fotfeste.audit import services as audit
from fotfeste.audit.followers import Act
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import clock
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def counsellor():
    return make.actor(Role.COUNSELLOR, make.unit())


@pytest.fixture
def told(monkeypatch):
    """What followers were told, each time."""
    times: list[list[Act]] = []
    monkeypatch.setattr(followers, "_followers", [lambda acts: times.append(list(acts))])
    return times


def entries(actor):
    told = ("verb", "youth_id", "county_id", "details", "at", "screen", "ground", "youth_ids")
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        return list(AuditEntry.objects.filter(user_id=actor.user_id).order_by("pk").values_list(*told))


def test_an_act_about_each_of_many_is_in_the_log_as_if_each_were_done_alone(counsellor, told):
    youths = [make.youth(make.unit()) for _number in range(3)]
    with acting_as(counsellor):
        for number, youth in enumerate(youths):
            audit.record("status.set", by=counsellor.user_id, about=youth.pk, details={"code": "OTAR", "n": number})
        alone = entries(counsellor)
        assert len(alone) == 3
        details = {youth.pk: {"code": "OTAR", "n": number} for number, youth in enumerate(youths)}
        audit.record_each("status.set", by=counsellor.user_id, about=details)
        audit.record_each("status.set", by=counsellor.user_id, about={})
    assert entries(counsellor) == alone * 2
    assert [len(acts) for acts in told] == [1, 1, 1, 3]


def test_what_is_done_together_is_told_of_once_in_the_order_it_was_done(counsellor, told):
    first, other = (make.youth(make.unit()) for _number in range(2))
    with acting_as(counsellor), followers.together():
        audit.record("contact.registered", by=counsellor.user_id, about=first.pk)
        with followers.together():
            audit.record("status.set", by=counsellor.user_id, about=other.pk)
        audit.record("status.set", by=counsellor.user_id, about=first.pk)
        assert told == []
    by = counsellor.user_id
    done = [("contact.registered", first.pk), ("status.set", other.pk), ("status.set", first.pk)]
    assert told == [[Act(verb, youth_id, by) for verb, youth_id in done]]


def test_what_is_undone_is_told_of_to_nobody(counsellor, told):
    youth = make.youth(make.unit())

    @transaction.atomic
    def begun_and_broken_off():
        with followers.together():
            audit.record("status.set", by=counsellor.user_id, about=youth.pk)
            raise ZeroDivisionError

    with acting_as(counsellor):
        with pytest.raises(ZeroDivisionError):
            begun_and_broken_off()
        with followers.together():
            pass
    assert (told, entries(counsellor)) == ([], [])
