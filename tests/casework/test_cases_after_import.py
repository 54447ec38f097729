"""After an import a case shows what its facts say, and nothing lacks a status or a unit."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import CounsellorPeriod, Registration, Responsibility, StatusEvent
from fotfeste.casework.services import consistency, counsellors, residence
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.kernel import clock
from fotfeste.organisations.selectors.units import unit_with_org_number
from fotfeste.people.models import Address
from tests import factories as make

pytestmark = pytest.mark.django_db
HERSLEB, STOVNER = "912001008", "974591065"
BORN = date(2008, 5, 14)
LEAVER = "fødselsnummer;fornavn;etternavn;fødselsdato;bydel;skole_orgnr;type;programområde;trinn;start;slutt;sluttårsak"
NON_APPLICANT = "fødselsnummer;fornavn;etternavn;fødselsdato;bydel;siste_skole_orgnr;skoleår"


def _take(source: str, header: str, row: str, *, on: date) -> None:
    worker = make.system()
    with acting_as(worker), read(source, f"{header}\n{row}".encode(), environment="test", on=on) as reading:
        outcome = run_import(actor=worker, reading=reading, county_id=make.OSLO, on=on, apply=True)
    assert outcome.rejected == 0


def _nothing_wrong() -> None:
    with acting_as(make.system()):
        assert consistency.problems() == []


@pytest.fixture
def preventive():
    """A pupil at Hersleb followed up preventively since August."""
    case = make.case(unit_with_org_number(HERSLEB), status="ELVG_IM", since=date(2026, 8, 17), reason="preventive")
    with acting_as(make.system()):
        Registration.objects.update(is_preventive=True)
    return case


@pytest.mark.proves("rule-prevention-separate")
def test_a_pupil_followed_up_preventively_who_leaves_is_registered_anew_as_unknown(preventive):
    number = preventive.youth.national_id
    row = f"{number};Amina;Prøvesen;14.05.2008;030112;{HERSLEB};elev;STUSP1----;VG1;17.08.2026;12.11.2026;Sluttet"
    _take("leavers", LEAVER, row, on=date(2026, 11, 16))
    with acting_as(make.system()):
        live = StatusEvent.objects.filter(superseded_at=None).order_by("first_day")
        assert list(live.values_list("code", "first_day", "last_day")) == [
            ("ELVG_IM", date(2026, 8, 17), date(2026, 11, 12)),
            ("OTUK", date(2026, 11, 13), None),
        ]
        assert list(Registration.objects.order_by("first_day").values_list("end_reason", flat=True)) == [
            "left_education",
            "",
        ]
    _nothing_wrong()


def test_a_non_applicant_registered_for_the_next_school_year_stands_from_then(case):
    # Given a youth the county knows who has not applied for the school year that begins in August
    youth = make.youth(make.education_admin(), first_name="Ida")
    row = f"{youth.national_id};Ida;Prøvesen;14.05.2008;030112;;2027-28"
    _take("non-applicants", NON_APPLICANT, row, on=date(2027, 3, 19))
    with acting_as(make.system()):
        registered = Registration.objects.get(youth=youth)
    assert (registered.first_day, registered.status_since) == (date(2027, 8, 1), date(2027, 8, 1))
    _nothing_wrong()


@pytest.mark.parametrize("grade", ["confidential", "shielded"])
def test_an_import_puts_the_district_of_a_protected_youth_in_no_case_and_no_address_anybody_else_reads(grade):
    youth = make.youth(make.education_admin(), protection=grade)
    number = youth.national_id
    row = f"{number};Amina;Prøvesen;14.05.2008;030112;{HERSLEB};elev;STUSP1----;VG1;17.08.2026;12.11.2026;Sluttet"
    _take("leavers", LEAVER, row, on=date(2026, 11, 16))
    with acting_as(make.system()):
        assert Registration.objects.get().district_code == ""
        assert {address.is_protected for address in Address.objects.all()} == {True}
    _nothing_wrong()


@pytest.mark.parametrize("way", ["file", "handler"])
def test_no_former_case_tells_where_somebody_lived_who_is_protected_since(way):
    # Given a youth with a case that has ended, in a district
    case = make.case(make.unit())
    with acting_as(make.system()) as worker:
        Registration.objects.update(district_code="030112")
        for model in (Registration, Responsibility, StatusEvent):
            model.objects.update(last_day=date(2026, 10, 1))
        if way == "handler":
            residence.set_protection(actor=worker, youth_id=case.youth_id, grade="shielded")
    # When the grade is recorded, by hand or by a file
    if way == "file":
        header = LEAVER.replace(";slutt;", ";adressebeskyttelse;slutt;")
        row = f"{case.youth.national_id};Amina;Prøvesen;14.05.2008;030112;{HERSLEB};elev;STUSP1----;VG1;17.08.2026"
        _take("leavers", header, f"{row};skjermet;12.11.2026;Sluttet", on=date(2026, 11, 16))
    with acting_as(make.system()):
        assert set(Registration.objects.values_list("district_code", flat=True)) == {""}


def _chosen(case, *, on: date):
    """Let a counsellor at the unit answer for the youth from a day on."""
    kari = make.actor(Role.COUNSELLOR, unit_with_org_number(HERSLEB), on=on)
    with clock.frozen(on), acting_as(kari):
        counsellors.assign_counsellor(actor=kari, youth_id=case.youth_id, counsellor_id=kari.user_id, version=None)
    return kari


def _who_answered():
    with acting_as(make.system()):
        rows = CounsellorPeriod.objects.filter(superseded_at=None).order_by("first_day")
        return list(rows.values_list("counsellor_id", "first_day", "last_day"))


def test_a_case_an_import_moves_to_another_school_has_nobody_there_until_it_chooses():
    # Given a leaver of Hersleb with a responsible person
    case = make.case(unit_with_org_number(HERSLEB), since=date(2026, 9, 1))
    number = case.youth.national_id
    kari = _chosen(case, on=date(2026, 10, 5))
    # When the weekly list says that the youth has since gone to Stovner and quit there too
    row = f"{number};Amina;Prøvesen;14.05.2008;030112;{STOVNER};elev;STUSP1----;VG1;01.10.2026;12.11.2026;Sluttet"
    _take("leavers", LEAVER, row, on=date(2026, 11, 16))
    # Then
    assert _who_answered() == [
        (kari.user_id, date(2026, 10, 5), date(2026, 11, 15)),
        (None, date(2026, 11, 16), None),
    ]
    with acting_as(make.system()):
        moved = Registration.objects.get(last_day=None)
    assert (moved.unit_id, moved.counsellor_id) == (unit_with_org_number(STOVNER).pk, None)
    _nothing_wrong()


def test_a_pupil_registered_anew_after_leaving_has_nobody_until_somebody_is_chosen(preventive):
    kari = _chosen(preventive, on=date(2026, 9, 1))
    number = preventive.youth.national_id
    row = f"{number};Amina;Prøvesen;14.05.2008;030112;{HERSLEB};elev;STUSP1----;VG1;17.08.2026;12.11.2026;Sluttet"
    _take("leavers", LEAVER, row, on=date(2026, 11, 16))
    assert _who_answered() == [
        (kari.user_id, date(2026, 9, 1), date(2026, 11, 12)),
        (None, date(2026, 11, 13), None),
    ]
    _nothing_wrong()
