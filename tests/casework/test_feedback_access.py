"""Who sees a message about a youth, and who may send one."""

import pytest
from django.db import DatabaseError, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Feedback
from fotfeste.casework.services import feedback
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")


@pytest.fixture
def asked(case, district, office):
    """A youth whom both the district and its Nav office are asked about; neither is told the status."""
    make.grant(case.youth, district, Topic.IDENTITY, Topic.LIST_ROW, Topic.FEEDBACK)
    make.grant(case.youth, office, Topic.IDENTITY, Topic.FEEDBACK)
    return case


def _send(actor, case, category, **given):
    with acting_as(actor):
        return feedback.send_feedback(actor=actor, youth_id=case.youth_id, category=category, on=clock.today(), **given)


def _seen_by(actor) -> set[str]:
    with acting_as(actor):
        return set(Feedback.objects.values_list("category", flat=True))


@pytest.mark.proves("amb-43")
def test_district_and_nav_each_see_their_own_answers_and_the_administration_sees_both(asked, district, office, admin):
    district_contact = make.actor(Role.DISTRICT_CONTACT, district)
    nav = make.actor(Role.NAV_RESPONSIBLE, office)
    _send(district_contact, asked, "reached")
    _send(nav, asked, "still_unknown")
    assert _seen_by(district_contact) == {"reached"}
    assert _seen_by(nav) == {"still_unknown"}
    assert _seen_by(admin) == {"reached", "still_unknown"}


def test_the_responsible_school_sees_what_was_answered_and_its_leader_does_not(asked, school, counsellor, district):
    _send(make.actor(Role.DISTRICT_CONTACT, district), asked, "reached")
    assert _seen_by(counsellor) == {"reached"}
    assert _seen_by(make.actor(Role.UNIT_LEADER, school)) == set()


@pytest.mark.proves("rule-nav-answers-only", "rule-wash-answer")
def test_nav_answers_without_seeing_the_row_of_the_list(asked, office):
    nav = make.actor(Role.NAV_RESPONSIBLE, office)
    assert _send(nav, asked, "followed_up").from_unit_id == office.pk
    with pytest.raises(Invalid, match="uten tekst"):
        _send(nav, asked, "moved", next_step="Ringer i morgen")
    with pytest.raises(Invalid, match="uten tekst"):
        _send(nav, asked, "reached")


def test_nobody_writes_an_answer_in_the_name_of_another_unit_even_past_the_service(asked, district, office):
    nav = make.actor(Role.NAV_RESPONSIBLE, office)
    with acting_as(nav), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Feedback.objects.create(
            youth_id=asked.youth_id,
            from_unit=district,
            category="wrong",
            on=make.TODAY,
            sent_by_id=nav.user_id,
            sent_at=clock.now(),
        )


def test_a_district_that_is_not_asked_cannot_answer(asked):
    elsewhere = make.unit(UnitKind.DISTRICT, name="Bydel Annen", code="039902")
    with pytest.raises((Invalid, NotAllowed)):
        _send(make.actor(Role.DISTRICT_CONTACT, elsewhere), asked, "reached")


def test_the_answer_closes_when_the_list_does(case, district):
    # Given a list that was open until yesterday, and an answer given while it was
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    yesterday = make.TODAY.replace(day=22)
    make.grant(case.youth, district, Topic.IDENTITY, Topic.FEEDBACK, first_day=yesterday, last_day=yesterday)
    with clock.frozen(yesterday):
        _send(contact, case, "reached")
        assert _seen_by(contact) == {"reached"}
    # Then today neither the answer nor the youth is there
    assert _seen_by(contact) == set()
    with pytest.raises(Invalid, match="har ikke tilgang"):
        _send(contact, case, "wrong")
