"""After an import a case shows what its facts say, and nothing lacks a status or a unit."""

from datetime import date

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, StatusEvent
from fotfeste.casework.services import consistency
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.organisations.selectors.units import unit_with_org_number
from tests import factories as make

pytestmark = pytest.mark.django_db
HERSLEB = "912001008"
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


def test_the_district_of_a_protected_youth_is_not_put_in_the_case_by_an_import():
    youth = make.youth(make.education_admin(), protection="confidential")
    number = youth.national_id
    row = f"{number};Amina;Prøvesen;14.05.2008;030112;{HERSLEB};elev;STUSP1----;VG1;17.08.2026;12.11.2026;Sluttet"
    _take("leavers", LEAVER, row, on=date(2026, 11, 16))
    with acting_as(make.system()):
        assert Registration.objects.get().district_code == ""
