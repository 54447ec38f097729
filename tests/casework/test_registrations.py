"""Registered per school year, never deleted, and always with a status and a unit."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.jobs import let_go_of_those_too_old
from fotfeste.casework.models import Registration, Responsibility, StatusEvent
from fotfeste.casework.selectors.worklist import WorklistFilter, filtered
from fotfeste.casework.services import consistency, contacts, registrations, statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.people.services import identity
from tests import factories as make

pytestmark = pytest.mark.django_db


def _open(actor, youth, **given):
    values = {"reason": "quit_school", "first_day": date(2026, 11, 1), "source": "test"} | given
    with acting_as(actor):
        return registrations.open_registration(actor=actor, youth_id=youth.pk, **values)


@pytest.mark.proves("rule-start-unknown")
def test_a_registered_youth_is_unknown_from_the_first_day_and_has_a_unit(admin):
    registration = _open(admin, make.youth(make.education_admin()))
    assert (registration.status_code, registration.unknown_since) == ("OTUK", date(2026, 11, 1))
    with acting_as(admin):
        assert Responsibility.objects.get(last_day=None).first_day == date(2026, 11, 1)


def test_the_year_of_birth_lists_count_by_follows_when_the_date_is_corrected(admin, counsellor, case):
    with acting_as(admin):
        assert Registration.objects.get(pk=case.pk).born_year == case.youth.born.year
    with acting_as(counsellor):
        identity.correct_identity(
            actor=counsellor, youth_id=case.youth_id, version=case.youth.version, first_name="Amina",
            last_name="Prøvesen", born=date(2003, 5, 14), national_id="",
        )  # fmt: skip
        # Then the one who turns so old is found by it, and nothing is out of step
        chosen = WorklistFilter(ages=(make.TODAY.year - 2003,))
        assert [row.pk for row in filtered(chosen=chosen, today=make.TODAY)] == [case.pk]
    with acting_as(make.system()):
        assert consistency.problems() == []


@pytest.mark.proves("rule-prevention-separate")
def test_a_pupil_followed_up_preventively_has_a_code_outside_the_target_group(admin):
    registration = _open(admin, make.youth(make.education_admin()), reason="preventive", is_preventive=True)
    assert (registration.status_code, registration.unknown_since) == ("ELVG_IM", None)


def test_nobody_is_registered_twice_at_once(admin, case):
    with pytest.raises(IllegalTransition, match="allerede tilmeldt"):
        _open(admin, case.youth)


def test_only_the_administration_registers(counsellor, school):
    with pytest.raises(NotAllowed):
        _open(counsellor, make.youth(school))


def test_a_registration_does_not_begin_ahead_or_before_the_last_one_ended(admin):
    youth = make.youth(make.education_admin())
    with pytest.raises(Invalid, match="fram i tid"):
        _open(admin, youth, first_day=date(2026, 12, 1))
    first = _open(admin, youth)
    with acting_as(admin):
        registrations.close_registration(
            actor=admin, registration_id=first.pk, last_day=make.TODAY, end_reason="back_in_education", version=None
        )
    with pytest.raises(Invalid, match="tilmeldt til og med"):
        _open(admin, youth, first_day=date(2026, 11, 20))


def _close(actor, registration, *, last_day=date(2026, 11, 20), version=None):
    with acting_as(actor):
        return registrations.close_registration(
            actor=actor, registration_id=registration.pk, last_day=last_day, end_reason="moved_away", version=version
        )


def test_a_closed_registration_ends_status_and_responsibility_the_same_day(admin, case):
    _close(admin, case)
    with acting_as(admin):
        assert Registration.objects.get().end_reason == "moved_away"
        assert StatusEvent.objects.get(superseded_at=None).last_day == date(2026, 11, 20)
        assert Responsibility.objects.get().last_day == date(2026, 11, 20)
    with pytest.raises(IllegalTransition, match="avsluttet"):
        _close(admin, case)


def test_closing_what_somebody_has_changed_is_a_conflict(admin, case):
    with pytest.raises(EditConflict):
        _close(admin, case, version=9)


@pytest.mark.proves("tg-registered-by-mistake")
def test_a_mistake_is_a_status_from_the_first_day_and_nothing_is_deleted(counsellor, case):
    with acting_as(counsellor):
        marked = registrations.mark_registered_by_mistake(
            actor=counsellor, registration_id=case.pk, reason="Går på skole i Bergen", version=1
        )
        assert (marked.status_code, marked.status_since, marked.last_day) == ("Feil", date(2026, 9, 12), None)
        assert StatusEvent.objects.filter(code="OTUK").exclude(superseded_at=None).count() == 1
        with pytest.raises(IllegalTransition):
            registrations.mark_registered_by_mistake(
                actor=counsellor, registration_id=case.pk, reason="Igjen", version=None
            )


def test_a_mistake_says_why(counsellor, case):
    with acting_as(counsellor), pytest.raises(Invalid, match="hvorfor"):
        registrations.mark_registered_by_mistake(actor=counsellor, registration_id=case.pk, reason="", version=None)


def test_a_district_marks_no_mistakes(case, district):
    from fotfeste.access.topics import Topic

    make.grant(case.youth, district, Topic.IDENTITY, Topic.STATUS)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    with acting_as(contact), pytest.raises(NotAllowed, match="melder fra"):
        registrations.mark_registered_by_mistake(actor=contact, registration_id=case.pk, reason="Feil", version=None)


@pytest.fixture
def last_year(school):
    """A case from last school year that is still open: unknown since March, tried twice in April."""
    with clock.frozen(date(2026, 4, 20)):
        case = make.case(school, since=date(2026, 3, 2))
        counsellor = make.actor(Role.COUNSELLOR, school)
        with acting_as(counsellor):
            for day in (date(2026, 4, 1), date(2026, 4, 15)):
                contacts.register_attempt(
                    actor=counsellor, youth_id=case.youth_id, on=day, channel="call", result="no_answer"
                )
    return case


def _carry(actor, case, first_day=date(2026, 8, 1)):
    with acting_as(actor):
        return registrations.carry_over(actor=actor, registration_id=case.pk, first_day=first_day, version=None)


def test_a_new_school_year_is_a_registration_of_its_own_that_forgets_nothing(admin, last_year):
    new = _carry(admin, last_year)
    with acting_as(admin):
        old = Registration.objects.get(pk=last_year.pk)
        events = StatusEvent.objects.filter(superseded_at=None).order_by("first_day")
        days = list(events.values_list("registration_id", "first_day", "last_day"))
    assert (old.last_day, old.end_reason, new.school_year) == (date(2026, 7, 31), "carried_over", 2026)
    assert days == [
        (old.pk, date(2026, 3, 2), date(2026, 7, 31)),
        (new.pk, date(2026, 8, 1), None),
    ]
    # Still unknown since March, after two attempts
    assert (new.status_code, new.unknown_since, new.attempts) == ("OTUK", date(2026, 3, 2), 2)


def test_carrying_over_leaves_the_responsible_unit_as_it_was(admin, last_year, school):
    _carry(admin, last_year)
    with acting_as(admin):
        held = Responsibility.objects.get()
    assert (held.holder_id, held.first_day, held.last_day) == (school.pk, date(2026, 3, 2), None)


def test_a_registration_is_carried_over_to_a_new_year_only(admin, case):
    with pytest.raises(Invalid, match="nytt skoleår"):
        _carry(admin, case, first_day=date(2026, 10, 1))


@pytest.mark.proves("rule-age-out", "tg-not-ot-25-plus")
def test_at_new_year_those_who_turned_24_leave_and_those_who_turn_24_stay(school):
    leaving = make.case(school, born=date(2002, 12, 31))
    staying = make.case(school, born=date(2003, 1, 1))
    worker = make.system()
    for day in (date(2026, 12, 31), date(2027, 1, 1)):
        with clock.frozen(day):
            let_go_of_those_too_old()
            with acting_as(worker):
                open_now = Registration.objects.filter(last_day=None).count()
                assert open_now == (2 if day.year == 2026 else 1)
    with clock.frozen(date(2027, 1, 2)), acting_as(worker):
        assert registrations.close_too_old(actor=worker, on=date(2027, 1, 2)) == 0
        left, stays = Registration.objects.get(pk=leaving.pk), Registration.objects.get(pk=staying.pk)
    assert (left.last_day, left.end_reason, stays.last_day) == (date(2026, 12, 31), "too_old", None)


def test_whatever_is_done_to_a_case_the_facts_and_what_is_shown_agree(admin, counsellor, school, last_year):
    # Given a case carried over, reached, given a status, confirmed, and another closed
    _close(admin, make.case(school))
    case = _carry(admin, last_year)
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor, youth_id=case.youth_id, on=date(2026, 11, 2), channel="call", result="answered",
            answered_by="youth",
        )  # fmt: skip
        statuses.set_status(
            actor=counsellor, registration_id=case.pk, code="OTOV", on=date(2026, 11, 3), ground=Ground(), version=None
        )
        statuses.confirm_status(actor=counsellor, registration_id=case.pk, version=None)
    # Then nothing is wrong
    with acting_as(make.system()):
        assert consistency.problems() == []
