"""A youth one county knows comes in with another's file."""

import json
from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import MembershipDecision, Registration, Responsibility
from fotfeste.casework.services import consistency, responsibility
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.people.models import Youth
from tests import factories as make

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
NUMBER = make.tenor_number(date(2008, 5, 14), 1)
ENROLMENT = "fødselsnummer;fornavn;etternavn;fødselsdato;skole_orgnr;type;programområde;trinn;start;slutt;sluttårsak"


def vigo(county: int, unit: str, on: date = ON, code: str = "OTUK"):
    person = {
        "fornavn": "Amina", "etternavn": "Prøvesen", "fdato": "14.05.2008", "fnr": NUMBER, "epost": "", "mobilnr": "",
    }  # fmt: skip
    element = {
        "person": person,
        "otData": {"tilknytningnr": unit, "tilknytningnavn": "", "aktivitetskode": code},
        "elevkurs": {"promrkode": "", "promrnavn": "", "start": "", "slutt": ""},
    }
    content = json.dumps({"antall": 1, "otungdommer": [element]}).encode()
    with (
        acting_as(make.system(3, 46)) as actor,
        read("vigo-ot", content, environment="test", on=on) as reading,
    ):
        return run_import(actor=actor, reading=reading, county_id=county, on=on, apply=True)


def enrolment(county: int, on: date = ON):
    row = f"{NUMBER};Amina;Prøvesen;14.05.2008;912001008;elev;STUSP1----;VG1;18.08.2025;;"
    with (
        acting_as(make.system(3, 46)) as actor,
        read("enrolment", f"{ENROLMENT}\n{row}".encode(), environment="test", on=on) as reading,
    ):
        return run_import(actor=actor, reading=reading, county_id=county, on=on, apply=True)


@pytest.mark.parametrize("first", ["vigo", "enrolment"])
@pytest.mark.parametrize("then", ["vigo", "enrolment"])
@pytest.mark.parametrize("day", [ON, date(2026, 11, 27)], ids=["the same day", "a week later"])
def test_a_youth_another_county_knows_comes_along(first, then, day):
    make.education_admin(46)
    vigo(3, "974591006") if first == "vigo" else enrolment(3)
    vigo(46, "", on=day) if then == "vigo" else enrolment(46, on=day)
    with acting_as(make.system(3, 46)):
        youth = Youth.objects.get()
        assert youth.county_id == 46
        assert MembershipDecision.objects.filter(is_current=True).count() == 1
        assert {row.county_id for row in Registration.objects.filter(last_day=None)} <= {46}
    assert consistency.problems() == []


def test_whom_somebody_placed_by_hand_is_not_kept_at_a_unit_of_the_county_they_left():
    # Given a youth Oslo has placed at a school by hand
    make.education_admin(46)
    vigo(3, "974591006")
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    with acting_as(admin):
        school = make.unit(name="Valgt skole")
        (held,) = Responsibility.objects.filter(last_day=None)
        responsibility.assign(actor=admin, youth_id=held.youth_id, holder_id=school.pk, reason="Avtalt", version=None)
    # When the county they moved to takes in its list
    enrolment(46, on=date(2026, 12, 4))
    # Then that county answers
    with acting_as(make.system(3, 46)):
        held = Responsibility.objects.get(last_day=None)
        assert (held.holder.county_id, Youth.objects.get().county_id) == (46, 46)
    assert consistency.problems() == []


@pytest.mark.parametrize("source", ["vigo", "enrolment"])
def test_a_file_older_than_what_the_other_county_knows_fetches_nobody_back(source):
    make.education_admin(46)
    vigo(3, "974591006", on=date(2026, 11, 27), code="OTAR")
    older = date(2026, 11, 13)
    outcome = vigo(46, "", on=older) if source == "vigo" else enrolment(46, on=older)
    with acting_as(make.system(3, 46)):
        assert Youth.objects.get().county_id == 3
        assert Registration.objects.get().status_code == "OTAR"
    assert (outcome.new, outcome.changed, outcome.moved, outcome.unchanged) == (0, 0, 0, 1)
    assert consistency.problems() == []
