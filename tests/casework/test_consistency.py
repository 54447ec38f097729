"""What must always be true is looked for in the data, and found when it is not."""

from datetime import date, timedelta

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, Responsibility, StatusEvent
from fotfeste.casework.services import consistency, residence
from fotfeste.kernel import clock
from fotfeste.people.models import Address, Youth
from fotfeste.people.services.addresses import Place
from tests import factories as make

pytestmark = pytest.mark.django_db


def _wrong():
    with acting_as(make.system()):
        return {problem.check: problem for problem in consistency.problems()}


def _break(model, **changes):
    with acting_as(make.system()):
        model.objects.update(**changes)


def test_a_sound_case_has_no_problems(case):
    assert _wrong() == {}


def test_an_open_registration_without_a_responsible_unit_is_found(case):
    _break(Responsibility, last_day=make.TODAY)
    assert _wrong()["no_responsible_unit"].youth_ids == (case.youth_id,)


def test_a_responsibility_without_a_case_is_found(case):
    _break(Registration, last_day=make.TODAY)
    assert "responsible_without_case" in _wrong()


def test_another_unit_than_the_responsible_seeing_the_youth_is_found(case, other_school):
    _break(Youth, unit_id=other_school.pk)
    assert "access_differs_from_responsibility" in _wrong()


def test_a_case_that_shows_another_status_than_its_facts_is_found_and_named(case):
    _break(Registration, status_code="OTAR", attempts=3)
    assert _wrong()["standing"].sentence.endswith("registrert: forsøk, status")


def test_a_registration_with_another_year_of_birth_than_the_youths_is_found(case):
    _break(Registration, born_year=1999)
    assert "registration_of_another_year" in _wrong()


def test_a_gap_between_statuses_is_found(case):
    with acting_as(make.system()):
        StatusEvent.objects.update(last_day=date(2026, 10, 1))
        StatusEvent.objects.create(
            youth=case.youth, registration=case, code_list="current", code="OTOV", first_day=date(2026, 10, 3),
            recorded_at=clock.now(), basis="contact", county_then=3, unit_then=case.unit_id, set_by_id=1,
        )  # fmt: skip
    assert "status_gap_or_overlap" in _wrong()


def test_a_status_outside_its_registration_is_found(case):
    _break(StatusEvent, first_day=date(2026, 9, 12) - timedelta(days=3))
    assert "status_outside_registration" in _wrong()


def test_a_registration_without_any_status_is_found(case):
    _break(StatusEvent, superseded_at=clock.now())
    assert "status_outside_registration" in _wrong()


@pytest.mark.proves("rule-start-unknown")
def test_unknown_activity_that_ended_without_contact_is_found(case):
    with acting_as(make.system()):
        StatusEvent.objects.update(last_day=date(2026, 10, 1))
        StatusEvent.objects.create(
            youth=case.youth, registration=case, code_list="current", code="OTOV", first_day=date(2026, 10, 2),
            recorded_at=clock.now(), basis="contact", county_then=3, unit_then=case.unit_id, set_by_id=1,
        )  # fmt: skip
    assert "left_unknown_without_contact" in _wrong()


@pytest.mark.parametrize("grade", ["confidential", "shielded"])
def test_where_a_protected_youth_lives_standing_open_is_found_and_never_put_there(case, grade):
    worker = make.system()
    with acting_as(worker):
        residence.set_address(
            actor=worker, youth_id=case.youth_id, kind="registered", first_day=date(2020, 1, 1), source="test",
            seen_id=None, place=Place(street="Veien 1", district_code="030105", municipality="0301"),
        )  # fmt: skip
        assert Registration.objects.get().district_code == "030105"
        residence.set_protection(actor=worker, youth_id=case.youth_id, grade=grade)
        assert Registration.objects.get().district_code == ""
    assert _wrong() == {}
    _break(Registration, district_code="030105")
    _break(Address, is_protected=False)
    assert set(_wrong()) == {"protected_district_shown", "protected_address_open"}


@pytest.mark.proves("amb-28")
def test_the_case_is_sorted_under_the_district_of_stay_when_it_is_another(case):
    worker = make.system()
    with acting_as(worker):
        for kind, code in (("registered", "030105"), ("stay", "030112")):
            residence.set_address(
                actor=worker, youth_id=case.youth_id, kind=kind, first_day=date(2026, 1, 1), source="test",
                seen_id=None, place=Place(district_code=code, municipality="0301"),
            )  # fmt: skip
        assert Registration.objects.get().district_code == "030112"


def test_problems_name_rows_and_no_person(case):
    _break(Responsibility, last_day=make.TODAY)
    told = str(list(_wrong().values()))
    assert case.youth.last_name not in told
    assert case.youth.national_id not in told
