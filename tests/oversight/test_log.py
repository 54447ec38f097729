"""The log as the privacy officer reads it."""

import re
from datetime import date
from pathlib import Path

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.casework.services import contacts
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.models import Unit
from fotfeste.oversight.words import WORDS
from tests import factories as make
from tests.oversight.conftest import text_of

pytestmark = pytest.mark.django_db

SRC = Path(__file__).parents[2] / "src" / "fotfeste"


@pytest.fixture
def officer():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin())


@pytest.fixture
def school():
    return Unit.objects.get(name="Hersleb videregående skole")


@pytest.fixture
def seen(school):
    """A case a counsellor has looked at and tried to reach."""
    kari = make.actor(Role.COUNSELLOR, school, name="Kari Prøve")
    case = make.case(school, last_name="Hemmelig")
    with acting_as(kari):
        audit.record_read(by=kari.user_id, about=case.youth_id, screen="casework:person")
        contacts.register_attempt(actor=kari, youth_id=case.youth_id, on=make.TODAY, channel="call", result="no_answer")
    return case


def test_only_the_privacy_officer_reads_the_log(enter, school):
    for role in Role:
        expected = 200 if role is Role.PRIVACY_OFFICER else 403
        assert enter(make.actor(role, make.education_admin())).get("/logg/").status_code == expected


def test_it_says_in_sentences_who_saw_and_did_what_and_on_what_ground(enter, officer, seen):
    text = re.sub(r"<[^>]+>", "", text_of(enter(officer).get("/logg/")))
    mark = f"ungdom {opaque.encode(seen.youth_id)[:6]}"
    assert f"Kari Prøve så på {mark} på siden om ungdommen. Enheten har ansvaret for ungdommen." in text
    assert f"Kari Prøve registrerte kontakt med {mark}." in text


def test_refusals_and_logins_are_read_where_the_one_who_tried_works(enter, officer, school):
    curious = make.actor(Role.COUNSELLOR, school, name="Kari Prøve")
    assert enter(curious).get("/logg/").status_code == 403
    with acting_as(curious):
        audit.record("login", by=curious.user_id)
    text = re.sub(r"<[^>]+>", "", text_of(enter(officer).get("/logg/")))
    assert "Kari Prøve ville gjøre noe rollen ikke gir lov til" in text
    assert "Kari Prøve logget inn" in text


def test_it_never_names_a_youth(enter, officer, seen):
    client = enter(officer)
    for page in ("/", "/logg/"):
        text = text_of(client.get(page))
        assert "Hemmelig" not in text
        assert "14.5.2008" not in text


def test_the_first_screen_counts_the_days_readings_and_acts(enter, officer, seen):
    text = text_of(enter(officer).get("/"))
    assert "<strong>1</strong> <span>oppslag i dag" in text
    assert "<strong>1</strong> <span>handlinger i dag" in text


def test_each_of_the_two_counts_opens_what_it_counts(enter, officer, seen):
    client = enter(officer)
    readings = text_of(client.get("/logg/?dag=2026-11-23&hva=oppslag"))
    acts = text_of(client.get("/logg/?dag=2026-11-23&hva=handlinger"))
    assert (readings.count("<strong>Kari Prøve</strong>"), acts.count("<strong>Kari Prøve</strong>")) == (1, 1)
    assert "så på" in readings
    assert "registrerte kontakt med" in acts


def test_it_is_narrowed_to_a_day_to_a_user_and_to_a_youth(enter, officer, seen, school):
    ola = make.actor(Role.COUNSELLOR, school, name="Ola Prøve")
    other = make.case(school)
    with clock.frozen(date(2026, 11, 20)), acting_as(ola):
        audit.record_read(by=ola.user_id, about=other.youth_id, screen="casework:person")
    client = enter(officer)
    lines = {
        "day": text_of(client.get("/logg/?dag=2026-11-20")),
        "user": text_of(client.get(f"/logg/?bruker={opaque.encode(ola.user_id)}")),
        "youth": text_of(client.get(f"/logg/?ungdom={opaque.encode(other.youth_id)}")),
    }
    for text in lines.values():
        assert text.count("<strong>Ola Prøve</strong>") == 1
        assert "<strong>Kari Prøve</strong>" not in text


def test_what_cannot_be_read_in_the_address_narrows_nothing(enter, officer, seen):
    text = text_of(enter(officer).get("/logg/?dag=tull&bruker=tull&ungdom=tull&side=tull"))
    assert "<strong>Kari Prøve</strong>" in text


def test_a_list_that_was_shown_is_told_for_each_youth_on_it(enter, officer, school):
    first, second = make.youth(school), make.youth(school)
    kari = make.actor(Role.COUNSELLOR, school, name="Kari Prøve")
    with acting_as(kari):
        audit.record_listed(by=kari.user_id, youths=[first.pk, second.pk], screen="lists:worklist")
    client = enter(officer)
    whole = re.sub(r"<[^>]+>", "", text_of(client.get("/logg/")))
    one = re.sub(r"<[^>]+>", "", text_of(client.get(f"/logg/?ungdom={opaque.encode(first.pk)}")))
    marks = [f"ungdom {opaque.encode(youth.pk)[:6]}" for youth in (first, second)]
    assert "Kari Prøve så 2 ungdommer på ungdomslisten. Enheten har ansvaret for ungdommen." in whole
    assert all(mark in whole for mark in marks)
    assert f"Kari Prøve så {marks[0]} blant 2 ungdommer på ungdomslisten." in one
    assert marks[1] not in one


def test_a_refusal_is_told_with_why(enter, officer, school):
    youth = make.youth(make.unit())
    ola = make.actor(Role.COUNSELLOR, school, name="Ola Prøve")
    enter(ola).get(f"/ungdom/{opaque.encode(youth.pk)}/")
    text = re.sub(r"<[^>]+>", "", text_of(enter(officer).get("/logg/?hva=avslag")))
    mark = f"ungdom {opaque.encode(youth.pk)[:6]}"
    assert f"Ola Prøve ville se noe som ikke er åpent, om {mark} på siden om ungdommen." in text
    assert "Det finnes ikke, eller er ikke åpnet for den som spurte." in text


def test_a_choice_that_finds_nothing_says_so(enter, officer, seen):
    assert "Ingenting passer til valgene" in text_of(enter(officer).get("/logg/?dag=2020-01-01"))


def test_another_countys_log_is_not_there(enter, seen):
    make.county(46, "Vestland")
    stranger = make.actor(Role.PRIVACY_OFFICER, make.education_admin(46))
    assert "Loggen er tom" in text_of(enter(stranger).get("/logg/"))


def test_every_verb_the_product_writes_has_its_words():
    written = re.compile(r'\b(?:record|_audit|_finish|_log)\(\s*(?:[a-z_.]+,\s*){0,2}"([a-z_]+(?:\.[a-z_]+)?)"')
    verbs = {verb for path in SRC.rglob("*.py") for verb in written.findall(path.read_text(encoding="utf-8"))}
    # An import writes by SQL, and so does judging anew when the rules have changed: for whom, in the second part.
    acts, ends = re.compile(r'\bact(?:: str)? ?= ?"([a-z_]+)"'), re.compile(r"%\(act\)s \|\| '(\.[a-z_]+)'")
    sources = [path.read_text(encoding="utf-8") for path in SRC.rglob("*.py")]
    verbs |= {
        act + end for text in sources for act in acts.findall(text) for each in sources for end in ends.findall(each)
    }
    assert len(verbs) > 25
    assert verbs >= {"import.new", "import.changed", "rules.changed"}, "those written by SQL are found too"
    assert verbs - set(WORDS) - {"rules.new"} == set()
