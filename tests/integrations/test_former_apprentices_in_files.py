"""What an import opens to the last school of a former apprentice, and closes again (amb-33)."""

from datetime import date

import pytest

from fotfeste.access.models import AccessGrant
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Ground
from fotfeste.casework.models import Responsibility
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.organisations.models import Unit
from tests import factories as make

pytestmark = pytest.mark.django_db

HERSLEB = "912001008"
NUMBER = make.tenor_number(date(2007, 5, 14), 1)
ENROLMENT = (
    "fødselsnummer;fornavn;etternavn;fødselsdato;bydel;kommunenummer;skole_orgnr;type;programområde;trinn;start;slutt;"
    "sluttårsak;fullført_grunnskole"
)
LEAVER = "fødselsnummer;fornavn;etternavn;fødselsdato;bydel;skole_orgnr;type;programområde;trinn;start;slutt;sluttårsak"
WHO = f"{NUMBER};Amina;Prøvesen;14.05.2007;030112"
PUPIL = f"{WHO};0301;{HERSLEB};elev;BABAT1----;VG1;18.08.2024;19.06.2026;Skoleåret slutt;ja"
LEFT = f"{WHO};{HERSLEB};lærling;BATMF3----;VG3;01.08.2026;31.10.2026;Hevet"
BACK = f"{WHO};0301;{HERSLEB};elev;BABAT1----;VG2;16.11.2026;;;ja"


@pytest.fixture
def take():
    def take(source: str, header: str, *rows: str, on: date):
        content = "\n".join([header, *rows]).encode()
        with acting_as(make.system(), on=on) as importer, read(source, content, environment="test", on=on) as reading:
            return run_import(actor=importer, reading=reading, county_id=make.OSLO, on=on, apply=True)

    return take


def open_grants() -> set[tuple[int, str, date]]:
    with acting_as(make.system()):
        rows = AccessGrant.objects.filter(ground=Ground.STATUS_REGISTRAR, closed_at=None)
        return set(rows.values_list("unit_id", "topic", "first_day"))


@pytest.mark.proves("amb-33")
def test_a_list_of_leavers_opens_the_case_of_a_former_apprentice_to_the_last_school(take):
    # Given one who was a pupil, then an apprentice
    take("enrolment", ENROLMENT, PUPIL, on=date(2026, 9, 1))
    assert open_grants() == set()
    # When the contract is reported as terminated
    take("leavers", LEAVER, LEFT, on=date(2026, 11, 2))
    # Then the district answers, and the school may register
    school = Unit.objects.get(org_number=HERSLEB)
    with acting_as(make.system()):
        held = Responsibility.objects.get(last_day=None)
        assert (held.holder.code, held.rule) == ("030112", "unit-apprentice")
    opened = {(school.pk, topic, date(2026, 11, 1)) for topic in ("identity", "status", "status_report")}
    assert open_grants() == opened
    # And the same told again changes nothing
    take("leavers", LEAVER, LEFT, f"{WHO.replace(NUMBER, '').replace('Amina', 'Jonas')};{HERSLEB};elev;;;17.08.2026;30.10.2026;",
         on=date(2026, 11, 9))  # fmt: skip
    assert open_grants() == opened


def test_a_file_that_tells_of_a_new_school_closes_it(take):
    take("enrolment", ENROLMENT, PUPIL, on=date(2026, 9, 1))
    take("leavers", LEAVER, LEFT, on=date(2026, 11, 2))
    take("enrolment", ENROLMENT, BACK, on=date(2026, 11, 16))
    assert open_grants() == set()


def test_a_file_older_than_what_is_known_opens_and_closes_nothing(take):
    take("enrolment", ENROLMENT, PUPIL, on=date(2026, 9, 1))
    take("leavers", LEAVER, LEFT, on=date(2026, 11, 2))
    before = open_grants()
    take("enrolment", ENROLMENT, PUPIL.replace("19.06.2026;Skoleåret slutt", ";"), on=date(2026, 8, 20))
    assert open_grants() == before
