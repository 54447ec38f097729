"""Unknown activity ends with a real two-way contact or a trusted register fact, and nothing else."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import ContactAttempt, Registration
from fotfeste.casework.services import contacts, statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from tests import factories as make

pytestmark = pytest.mark.django_db


def _attempt(actor, case, **given):
    values = {"on": date(2026, 11, 1), "channel": "call", "result": "answered", "answered_by": "youth"} | given
    if values["result"] not in {"answered", "declined"}:
        values["answered_by"] = ""
    with acting_as(actor):
        return contacts.register_attempt(actor=actor, youth_id=case.youth_id, **values)


def _set(actor, case, code, *, on=date(2026, 11, 10), ground=None):
    with acting_as(actor):
        return statuses.set_status(
            actor=actor, registration_id=case.pk, code=code, on=on, ground=ground or Ground(), version=None
        )


@pytest.mark.proves("rule-start-unknown")
def test_unknown_activity_stays_until_there_is_contact(counsellor, case):
    with pytest.raises(NotAllowed, match="ikke registrert noen kontakt"):
        _set(counsellor, case, "OTOV")


@pytest.mark.proves("form-contact-attempt", "ca-date", "ca-channel", "ca-result", "ca-note")
def test_a_youth_found_out_of_doors_or_through_others_who_wants_nothing_has_been_reached(counsellor, case):
    others = _attempt(counsellor, case, channel="others", result="wrong_number", note="Broren svarte ikke").attempt
    met = _attempt(counsellor, case, channel="outreach", result="declined", on=date(2026, 11, 4))
    assert (others.on, others.channel, others.result, others.note, others.is_contact) == (
        date(2026, 11, 1),
        "others",
        "wrong_number",
        "Broren svarte ikke",
        False,
    )
    # Saying no is contact both ways, and no reason to offer that somebody is followed up
    assert (met.is_contact, met.suggested_code) == (True, None)
    assert _set(counsellor, case, "OTNO", ground=Ground(contact_id=met.attempt.pk)).contact_id == met.attempt.pk


@pytest.mark.proves("rule-start-unknown")
@pytest.mark.parametrize("channel", ["letter", "sms", "email", "message"])
def test_what_is_sent_without_an_answer_is_an_attempt_and_ends_nothing(counsellor, case, channel):
    assert not _attempt(counsellor, case, channel=channel, result="sent").is_contact
    with pytest.raises(NotAllowed, match="1 forsøk, men ingen kontakt"):
        _set(counsellor, case, "OTAR")


def test_an_answer_from_the_youth_ends_it_and_the_status_rests_on_that_contact(counsellor, case):
    attempt = _attempt(counsellor, case, channel="sms", direction="in").attempt
    event = _set(counsellor, case, "OTOV")
    assert (event.code, event.contact_id, event.basis) == ("OTOV", attempt.pk, Basis.CONTACT)


def test_the_first_contact_offers_a_status_but_sets_none(counsellor, case):
    registered = _attempt(counsellor, case)
    assert registered.suggested_code == "OTOV"
    with acting_as(counsellor):
        assert Registration.objects.get(pk=case.pk).status_code == "OTUK"


@pytest.mark.proves("amb-41")
def test_a_guardians_answer_counts_only_under_18_and_only_about_some_things(school, counsellor):
    minor = make.case(school, born=date(2009, 12, 1))
    grown = make.case(school, born=date(2008, 1, 1))
    assert not _attempt(counsellor, minor, answered_by="guardian").is_contact
    assert not _attempt(counsellor, minor, answered_by="guardian", guardian_told="other").is_contact
    assert not _attempt(counsellor, grown, answered_by="guardian", guardian_told="illness").is_contact
    assert _attempt(counsellor, minor, answered_by="guardian", guardian_told="illness").is_contact
    assert _set(counsellor, minor, "OTSY").code == "OTSY"


@pytest.mark.proves("amb-44")
def test_only_the_youth_can_decline(school, counsellor):
    minor = make.case(school, born=date(2009, 12, 1))
    _attempt(counsellor, minor, answered_by="guardian", guardian_told="illness")
    with pytest.raises(NotAllowed, match="Bare ungdommen selv kan takke nei"):
        _set(counsellor, minor, "OTNO")
    _attempt(counsellor, minor)
    assert _set(counsellor, minor, "OTNO").code == "OTNO"


@pytest.mark.proves("rule-uda-private-schools")
def test_the_report_of_a_private_school_is_trusted(admin, case):
    ground = Ground(basis=Basis.REGISTER, register_fact="private_school_report")
    event = _set(admin, case, "OTVF", ground=ground)
    assert (event.code, event.basis_text, event.contact_id) == ("OTVF", "private_school_report", None)


def test_a_register_fact_leads_only_to_what_it_shows(admin, case):
    with pytest.raises(NotAllowed):
        _set(admin, case, "OTAR", ground=Ground(basis=Basis.REGISTER, register_fact="enrolment"))


def test_a_correction_cannot_go_round_the_contact_rule(counsellor, case):
    with acting_as(counsellor), pytest.raises(NotAllowed, match="ikke registrert noen kontakt"):
        statuses.correct_status(
            actor=counsellor, registration_id=case.pk, code="OTAR", first_day=date(2026, 10, 1), last_day=None,
            reason="Jobbet hele tiden", version=None,
        )  # fmt: skip


def test_a_contact_of_somebody_else_does_not_count(counsellor, case, school):
    other = make.case(school)
    attempt = _attempt(counsellor, other).attempt
    with pytest.raises(Invalid, match="ikke en reell kontakt"):
        _set(counsellor, case, "OTOV", ground=Ground(contact_id=attempt.pk))


def test_attempts_are_counted_and_the_latest_shown_on_the_case(counsellor, case):
    _attempt(counsellor, case, on=date(2026, 10, 1), result="no_answer")
    _attempt(counsellor, case, on=date(2026, 10, 8), channel="sms", result="sent")
    _attempt(counsellor, case, on=date(2026, 10, 20))
    _attempt(counsellor, case, on=date(2026, 11, 3), result="no_answer")
    with acting_as(counsellor):
        shown = Registration.objects.get(pk=case.pk)
    assert (shown.attempts, shown.first_contact_on, shown.last_contact_on, shown.last_attempt_on) == (
        4,
        date(2026, 10, 20),
        date(2026, 10, 20),
        date(2026, 11, 3),
    )


def test_a_withdrawn_attempt_stays_but_counts_for_nothing(counsellor, case):
    attempt = _attempt(counsellor, case).attempt
    with acting_as(counsellor):
        contacts.withdraw_attempt(actor=counsellor, attempt_id=attempt.pk)
        shown = Registration.objects.get(pk=case.pk)
        assert ContactAttempt.objects.count() == 1
    assert (shown.attempts, shown.first_contact_on) == (0, None)
    with pytest.raises(NotAllowed):
        _set(counsellor, case, "OTOV")
    with acting_as(counsellor), pytest.raises(EditConflict):
        contacts.withdraw_attempt(actor=counsellor, attempt_id=attempt.pk)


def test_a_contact_a_status_rests_on_is_not_withdrawn(counsellor, case):
    attempt = _attempt(counsellor, case).attempt
    _set(counsellor, case, "OTOV")
    with acting_as(counsellor), pytest.raises(IllegalTransition, match="Rett statusen først"):
        contacts.withdraw_attempt(actor=counsellor, attempt_id=attempt.pk)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"on": date(2026, 11, 24)}, "fram i tid"),
        ({"on": date(2026, 9, 11)}, "Ungdommen ble tilmeldt"),
        ({"answered_by": ""}, "hvem som svarte"),
    ],
)
def test_an_impossible_attempt_is_refused_with_the_reason(counsellor, case, given, sentence):
    with pytest.raises(Invalid, match=sentence):
        _attempt(counsellor, case, **given)


def test_a_district_registers_contact_with_a_youth_on_its_list(district, case):
    # Given a youth of a school opened to the district by its list
    make.grant(case.youth, district, Topic.IDENTITY, Topic.STATUS, Topic.CONTACT)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    # When the district's contact reaches the youth
    registered = _attempt(contact, case)
    # Then it counts, for the school too
    assert registered.is_contact
    with acting_as(make.system()):
        assert Registration.objects.get(pk=case.pk).first_contact_on == date(2026, 11, 1)


def test_a_school_leader_sees_the_case_but_registers_nothing(school, case):
    leader = make.actor(Role.UNIT_LEADER, school)
    with pytest.raises(NotAllowed):
        _attempt(leader, case)
