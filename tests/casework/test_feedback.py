"""Districts and Nav report; the education administration turns a message into a status with one click."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Feedback, Registration, StatusEvent
from fotfeste.casework.services import feedback, handling
from fotfeste.kernel import opaque
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(case, district):
    """The district's contact, whose list the case stands on."""
    make.grant(case.youth, district, Topic.IDENTITY, Topic.STATUS, Topic.LIST_ROW, Topic.FEEDBACK)
    return make.actor(Role.DISTRICT_CONTACT, district)


def _send(actor, case, category, **given):
    values = {"on": date(2026, 11, 15)} | given
    with acting_as(actor):
        return feedback.send_feedback(actor=actor, youth_id=case.youth_id, category=category, **values)


def _accept(admin, message, **given):
    with acting_as(admin):
        return handling.accept_feedback(actor=admin, feedback_id=message.pk, version=1, **given)


def _status(case):
    with acting_as(make.system()):
        return StatusEvent.objects.get(registration=case, last_day=None, superseded_at=None)


@pytest.mark.proves("rule-uda-after-feedback", "rule-wash-to-status", "fb-proposed-status")
@pytest.mark.parametrize(
    ("category", "given", "code"),
    [
        ("reached", {}, "OTOV"),
        ("followed_up", {}, "OTOV"),
        ("by_nav", {}, "OTOV"),
        ("in_activity", {"activity_code": "OTAR"}, "OTAR"),
    ],
)
def test_a_message_becomes_a_status_that_rests_on_it(asked, admin, case, category, given, code):
    message = _send(asked, case, category, **given)
    _accept(admin, message)
    now = _status(case)
    assert (now.code, now.basis, now.feedback_id, now.first_day) == (code, "feedback", message.pk, date(2026, 11, 15))


def test_an_activity_that_is_not_named_must_be_chosen(asked, admin, case):
    message = _send(asked, case, "in_activity")
    with pytest.raises(Invalid, match="hvilken aktivitet"):
        _accept(admin, message)
    _accept(admin, message, code="OTKO")
    assert _status(case).code == "OTKO"


def test_a_move_needs_the_address_checked_first(asked, admin, case):
    message = _send(asked, case, "moved")
    with pytest.raises(Invalid, match="Kontroller adressen"):
        _accept(admin, message)
    _accept(admin, message, address_checked=True)
    assert _status(case).code == "OTFA_IM"


def test_wrong_on_the_list_marks_the_registration_as_a_mistake(asked, admin, case):
    _accept(admin, _send(asked, case, "wrong"))
    assert (_status(case).code, _status(case).first_day) == ("Feil", date(2026, 9, 12))


@pytest.mark.proves("rule-wash-to-status")
def test_still_unknown_stays_unknown_and_is_confirmed_so(asked, admin, case):
    _accept(admin, _send(asked, case, "still_unknown"))
    assert _status(case).code == "OTUK"
    with acting_as(admin):
        assert Registration.objects.get(pk=case.pk).status_confirmed_on == make.TODAY


def test_still_unknown_about_one_who_is_known_since_confirms_nothing(asked, admin, case):
    message = _send(asked, case, "still_unknown")
    with acting_as(make.system()):
        Registration.objects.filter(pk=case.pk).update(status_code="OTAR", unknown_since=None)
        before = Registration.objects.get(pk=case.pk).status_confirmed_on
    assert _accept(admin, message).state == "accepted"
    with acting_as(admin):
        assert Registration.objects.get(pk=case.pk).status_confirmed_on == before


@pytest.mark.proves("amb-43")
def test_an_activity_a_partner_may_not_name_is_refused(asked, case):
    with pytest.raises(Invalid, match="fra listen"):
        _send(asked, case, "in_activity", activity_code="OTSY")
    with pytest.raises(Invalid, match="Aktivitet kan bare"):
        _send(asked, case, "reached", activity_code="OTAR")


def test_a_unit_that_is_not_asked_cannot_report(case):
    elsewhere = make.unit(UnitKind.DISTRICT, name="Bydel Annen", code="039902", takes_responsibility=True)
    with pytest.raises(Invalid, match="har ikke tilgang"):
        _send(make.actor(Role.DISTRICT_CONTACT, elsewhere), case, "reached")


def test_a_school_has_a_status_button_and_no_message(counsellor, case):
    with pytest.raises(NotAllowed):
        _send(counsellor, case, "reached")


def test_a_new_answer_replaces_the_one_that_waits(asked, case):
    _send(asked, case, "reached")
    _send(asked, case, "still_unknown")
    with acting_as(asked):
        assert sorted(Feedback.objects.values_list("category", "state")) == [
            ("reached", "withdrawn"),
            ("still_unknown", "new"),
        ]


def test_an_answer_is_taken_back_until_it_is_handled(asked, admin, case):
    first = _send(asked, case, "reached")
    with acting_as(asked):
        feedback.withdraw_feedback(actor=asked, feedback_id=first.pk)
    second = _send(asked, case, "reached")
    _accept(admin, second)
    with acting_as(asked), pytest.raises(IllegalTransition, match="allerede behandlet"):
        feedback.withdraw_feedback(actor=asked, feedback_id=second.pk)


def test_a_message_is_sent_back_with_a_question(asked, admin, case):
    message = _send(asked, case, "in_activity")
    with acting_as(admin):
        with pytest.raises(Invalid, match="hva du lurer på"):
            handling.return_feedback(actor=admin, feedback_id=message.pk, question=" ", version=1)
        handling.return_feedback(actor=admin, feedback_id=message.pk, question="Jobb eller skole?", version=1)
    with acting_as(asked):
        seen = Feedback.objects.get()
    assert (seen.state, seen.question) == ("returned", "Jobb eller skole?")


@pytest.mark.proves("fb-handled")
def test_a_message_that_is_not_used_is_rejected_with_why_and_the_unit_may_report_anew(asked, admin, case):
    message = _send(asked, case, "reached")
    desk, key = browser_of(admin), opaque.encode(message.pk)
    given = {"avvis": key, f"versjon-{key}": "1"}
    assert (
        "Skriv hvorfor meldingen ikke brukes."
        in desk.post(reverse("casework:feedback"), given, follow=True).content.decode()
    )
    desk.post(reverse("casework:feedback"), {**given, f"grunn-{key}": "Gjelder en annen"})
    with acting_as(asked):
        seen = Feedback.objects.get()
    assert (seen.state, seen.question, _status(case).code) == ("rejected", "Gjelder en annen", "OTUK")
    with acting_as(admin), pytest.raises(EditConflict):
        handling.accept_feedback(actor=admin, feedback_id=message.pk, version=1)
    assert "Gjelder en annen" in browser_of(asked).get(reverse("casework:own_feedback")).content.decode()
    assert _send(asked, case, "still_unknown").state == "new"


def test_two_who_handle_one_message_are_told_of_each_other(asked, admin, case):
    message = _send(asked, case, "reached")
    _accept(admin, message)
    with acting_as(admin), pytest.raises(EditConflict) as conflict:
        handling.return_feedback(actor=admin, feedback_id=message.pk, question="Sikker?", version=1)
    assert conflict.value.theirs["Tilstand"] == "Tatt i bruk"


def test_only_the_administration_handles_messages(asked, counsellor, case):
    message = _send(asked, case, "reached")
    with acting_as(counsellor), pytest.raises((NotAllowed, Invalid)):
        handling.accept_feedback(actor=counsellor, feedback_id=message.pk, version=1)
    assert _status(case).code == "OTUK"
