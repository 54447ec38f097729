"""``fotfeste explain`` tells what the rules say of a youth, as sentences or as data, and never repeats the number."""

import io
import json
from argparse import Namespace
from datetime import date

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.config.commands import explain
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from tests import factories as make

pytestmark = pytest.mark.django_db

NUMBER = make.tenor_number(date(2008, 5, 14), 77)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def youth():
    return make.case(make.unit(name="Prøve skole"), first_name="Amina", last_name="Hemmelig", national_id=NUMBER).youth


def run(**options) -> int:
    return explain.run(Namespace(**{"county": "03", "id": NUMBER, "on": None, "json": False, **options}))


def test_decisions_are_told_in_sentences_with_their_paragraph(capsys, youth):
    assert run() == 0
    said = capsys.readouterr().out
    assert "Lovens målgruppe: ja" in said
    assert "opplæringslova § 9-4" in said
    assert "Ansvarlig enhet den dagen: Prøve skole" in said


def test_neither_number_nor_name_nor_birth_date_is_told(capsys, youth):
    run()
    run(json=True)
    said = capsys.readouterr().out
    assert not [secret for secret in (NUMBER, "Amina", "Hemmelig", "2008-05-14", "14.5.2008") if secret in said]


def test_of_a_shielded_youth_no_unit_is_told_and_it_is_said_why(capsys):
    make.case(make.unit(name="Nebbskolen"), national_id=NUMBER, protection="shielded")
    run()
    said = capsys.readouterr().out
    assert "Ungdommen er skjermet. Enheter nevnes ikke" in said
    assert "Ansvarlig enhet den dagen: nevnes ikke" in said
    run(json=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["place_hidden"], told["responsible"]["id"]) == (True, None)


def test_the_same_is_given_as_data_with_the_rules(capsys, youth):
    run(json=True)
    told = json.loads(capsys.readouterr().out)
    assert told["found"] is True
    assert told["statutory"]["outcome"] == "in_ot"
    assert told["responsible"]["name"] == "Prøve skole"
    sentences = [reason["text"] for name in ("statutory", "right", "adult_choice") for reason in told[name]["reasons"]]
    assert not [
        sentence for sentence in (*sentences, *(g["reason"]["text"] for g in told["groups"])) if "{" in sentence
    ]
    assert {reason["rule"] for reason in told["statutory"]["reasons"]} >= {"tg-age-frame"}


def test_the_number_may_be_given_where_no_history_keeps_it(capsys, monkeypatch, youth):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{NUMBER}\n"))
    assert run(id="-") == 0


def test_an_unknown_number_is_answered_with_a_sentence_and_exit_code_one(capsys):
    assert run() == 1
    assert capsys.readouterr().out == "Ingen ungdom med dette nummeret er kjent i fylket.\n"


def test_a_youth_of_another_county_is_as_unknown_as_one_that_does_not_exist(capsys, youth):
    make.county(46, "Vestland")
    assert run(county="46") == 1


@pytest.mark.parametrize("wrong", ["123", "1405080771x", "14.05.2008"])
def test_what_is_no_number_is_refused_without_being_repeated(wrong):
    with pytest.raises(Invalid, match="11 siffer") as refused:
        run(id=wrong)
    assert wrong not in str(refused.value)


def test_an_old_day_is_judged_by_the_law_of_that_day(capsys, youth):
    assert run(on="2024-07-31") == 0
    old = capsys.readouterr().out
    run(on="2024-08-01")
    assert old != capsys.readouterr().out


def test_that_somebody_was_explained_stands_in_the_log(capsys, youth):
    run()
    officer = make.actor(make.Role.PRIVACY_OFFICER, make.education_admin())
    with acting_as(officer):
        assert AuditEntry.objects.filter(verb="youth.explained", youth_id=youth.pk).count() == 1
