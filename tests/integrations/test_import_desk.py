"""The import desk in a browser without JavaScript: a file becomes a plan, and the plan is used or discarded."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.integrations import jobs
from fotfeste.integrations.models import Import, WaitingFile, WaitingPart
from fotfeste.kernel import clock
from fotfeste.people.models import Youth
from tests import factories as make
from tests.integrations.conftest import Desk, address
from tests.integrations.reading.files import BJERKE, csv_of, number_of, people

pytestmark = pytest.mark.django_db

TODAY = make.TODAY
HERSLEB = "912001008"


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def leavers(count: int = 1, **said: str) -> bytes:
    return csv_of([row | {"skole_orgnr": HERSLEB} | said for row in people("leavers", count)])


def bad_and_good() -> bytes:
    good, bad = people("leavers", 2)
    return csv_of([good, bad | {"slutt": "31.02.2026"}])


def test_a_file_becomes_a_plan_that_changes_nothing(desk):
    # When a file of two who quit and one that cannot be read is put in
    good, other, bad = people("leavers", 3)
    waiting = desk.put(csv_of([good, other, bad | {"slutt": "31.02.2026"}]))
    page = desk.see(waiting)
    # Then the page tells what would become of the rows
    figures = {figure.label: figure.value for figure in page.context["figures"]}
    assert figures == {
        "Rader i filen": "3",
        "Nye": "2",
        "Endret": "0",
        "Flyttet": "0",
        "Uendret": "0",
        "Mulige dubletter": "0",
        "Avvist": "1",
    }
    assert "Ingenting er endret ennå" in text_of(page)
    # And nobody has been taken in
    with acting_as(desk.actor):
        assert not Youth.objects.exists()
    assert not Import.objects.exists()


def test_the_plan_tells_which_unit_each_rule_finds_and_why(desk):
    page = desk.see(desk.put(leavers(2)))
    (rule,) = page.context["rules"]
    (line,) = rule.lines
    assert (line.unit, line.youths, line.rule) == ("Hersleb videregående skole", 2, "unit-vgs-former")
    assert (rule.statutory, rule.youths) == ("Ja", 2)
    assert "Var sist elev ved denne videregående skolen." in text_of(page)


@pytest.mark.parametrize("grade", ["fortrolig", "skjermet"])
def test_no_file_tries_out_where_a_shielded_youth_is_since_its_plan_says_the_same_whatever_it_tells(desk, grade):
    # Given a shielded youth known at a school, and files about the youth by somebody who guesses at which
    row, other = people("leavers", 2)
    known = desk.put(csv_of([row | {"skole_orgnr": HERSLEB, "adressebeskyttelse": grade}]))
    desk.do(known, "ta-i-bruk", version=known.version)
    guesses = [{"skole_orgnr": HERSLEB}, {"skole_orgnr": BJERKE}, {"skole_orgnr": BJERKE, "mobil": "99887766"}]
    # When their plans are made
    waiting = [desk.put(csv_of([row | said, other | {"skole_orgnr": HERSLEB}])) for said in guesses]
    pages = [desk.see(each) for each in waiting]
    # Then they count and name the same
    told = [[(figure.label, figure.value) for figure in page.context["figures"]] for page in pages]
    assert told == [told[0]] * len(guesses)
    assert dict(told[0])["Uendret"] == "1"
    assert "De som er skjermet og kjent fra før, er talt som uendret." in text_of(pages[0])
    rules = [[(rule.why, rule.youths, rule.lines[0].unit) for rule in page.context["rules"]] for page in pages]
    assert rules == [rules[0]] * len(guesses)
    assert "Regelen nevnes ikke, siden ungdommene er skjermet." in {why for why, *_rest in rules[0]}
    # And one that is used is told of in the same way afterwards
    desk.do(waiting[1], "ta-i-bruk", version=waiting[1].version)
    kept = Import.objects.latest("pk")
    assert (kept.new, kept.changed, kept.moved, kept.unchanged) == (1, 0, 0, 1)


def test_the_plan_is_used_and_the_file_is_gone(desk):
    waiting = desk.put(leavers(2), sender="Skoleavdelingen")
    page = desk.do(waiting, "ta-i-bruk", version=waiting.version)
    assert "Filen er tatt i bruk." in text_of(page)
    kept = Import.objects.get()
    assert (kept.new, kept.sender, kept.asked_by_id) == (2, "Skoleavdelingen", desk.actor.user_id)
    with acting_as(desk.actor):
        assert Youth.objects.count() == 2
        assert not WaitingPart.objects.exists()


def test_what_is_applied_is_done_by_the_importer_and_named_with_the_one_who_asked(desk, log):
    waiting = desk.put(leavers())
    desk.do(waiting, "ta-i-bruk", version=waiting.version)
    kept = Import.objects.select_related("run_by", "asked_by").get()
    assert (kept.run_by.subject, kept.asked_by.name) == ("system:importer", "Marit Prøve")
    assert "Marit Prøve" in text_of(desk.client.get("/innlesing/historikk/"))
    (asked,) = log.of("import.asked_for")
    assert (asked.user_id, asked.details["asked_by"]) == (kept.run_by_id, desk.actor.user_id)


def test_a_discarded_file_leaves_nothing(desk):
    waiting = desk.put(bad_and_good())
    page = desk.do(waiting, "forkast")
    assert "Filen er slettet. Ingenting er tatt inn." in text_of(page)
    assert desk.again(waiting) is None
    with acting_as(desk.actor):
        assert not WaitingPart.objects.exists()
        assert not Youth.objects.exists()
    assert desk.see(waiting).status_code == 404


def test_the_same_file_again_says_so_and_offers_nothing(desk):
    content = leavers()
    first = desk.put(content)
    desk.do(first, "ta-i-bruk", version=first.version)
    again = desk.put(content)
    page = desk.see(again)
    assert "Denne filen er tatt i bruk før" in text_of(page)
    assert "ta-i-bruk" not in text_of(page)
    assert "tatt i bruk før" in text_of(desk.do(again, "ta-i-bruk", version=again.version))


def test_a_plan_the_world_has_overtaken_is_made_anew_and_not_used(desk):
    # Given a plan with two new youths, of whom one is taken in from another file in between
    waiting = desk.put(leavers(2))
    other = desk.put(leavers(1))
    desk.do(other, "ta-i-bruk", version=other.version)
    # When the first plan is used
    page = desk.do(waiting, "ta-i-bruk", version=waiting.version)
    # Then the new plan is shown, with what differs, and only the other file was taken in
    assert "Planen er laget på nytt" in text_of(page)
    compared = {figure.label: (figure.value, figure.compared) for figure in page.context["figures"]}
    assert compared["Nye"] == ("1", "var 2")
    assert compared["Rader i filen"] == ("2", "")
    assert Import.objects.count() == 1
    # And the new plan can be used
    desk.do(waiting, "ta-i-bruk", version=desk.again(waiting).version)
    assert Import.objects.count() == 2


def test_a_plan_somebody_else_made_anew_is_not_used_unseen(desk):
    waiting = desk.put(leavers())
    page = desk.do(waiting, "ta-i-bruk", version=waiting.version - 1)
    assert page.status_code == 409
    assert "Noen har gjort noe med filen siden du så den." in text_of(page)
    assert not Import.objects.exists()


def test_rejected_rows_come_back_in_the_same_format_under_a_name_that_tells_nothing(desk):
    waiting = desk.put(bad_and_good(), name="Amina Prøvesen 14.05.2008.csv")
    answer = desk.see(waiting, "avviste/")
    content = b"".join(answer.streaming_content).decode("utf-8")
    (row,) = csv.DictReader(io.StringIO(content), delimiter=";")
    assert row["slutt"] == "31.02.2026"
    assert row["rad"] == "3"
    assert "31.02.2026" in row["feil"]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="avvist-leavers-2026-11-16.csv"'


def test_rejected_rows_can_be_fetched_after_the_file_is_used_until_the_week_is_over(desk):
    waiting = desk.put(bad_and_good())
    desk.do(waiting, "ta-i-bruk", version=waiting.version)
    assert desk.see(waiting, "avviste/").status_code == 200
    with clock.frozen(TODAY + timedelta(days=7)):
        jobs.forget_files()
    assert desk.again(waiting) is None
    with acting_as(desk.actor):
        assert not WaitingPart.objects.exists()


def test_a_file_without_rejected_rows_has_none_to_fetch(desk):
    assert desk.see(desk.put(leavers()), "avviste/").status_code == 404


def test_examples_show_people_with_the_reasons_and_log_the_known_ones(desk, log):
    # Given one who is known and one who is not
    known = desk.put(leavers(1))
    desk.do(known, "ta-i-bruk", version=known.version)
    waiting = desk.put(leavers(2, slutt="13.11.2026"))
    # When the examples are opened
    page = desk.see(waiting, "eksempler/", linje=0)
    # Then both are shown with why, and the known one is in the log of who was seen
    assert "Ålgård 0, Øyvind" in text_of(page)
    assert "Ålgård 1, Øyvind" in text_of(page)
    assert "Hvorfor denne enheten?" in text_of(page)
    with acting_as(desk.actor):
        youth = Youth.objects.get(last_name="Ålgård 0")
    assert (desk.actor.user_id, youth.pk, "integrations:examples") in log.reads()
    assert "import.examples_shown" in log.verbs()


def test_a_protected_youth_is_never_an_example(desk):
    waiting = desk.put(leavers(2, adressebeskyttelse="strengt fortrolig"))
    assert [line.has_examples for rule in desk.see(waiting).context["rules"] for line in rule.lines] == [False]
    assert "Ålgård" not in text_of(desk.see(waiting, "eksempler/", linje=0))


@pytest.mark.parametrize("query", [{}, {"linje": "x"}, {"linje": "99"}])
def test_examples_of_a_line_that_is_not_there_are_not_found(desk, query):
    assert desk.see(desk.put(leavers()), "eksempler/", **query).status_code == 404


def test_the_file_lies_sealed_and_without_its_name(desk):
    waiting = desk.put(leavers(), name="Amina Prøvesen.csv")
    with acting_as(desk.actor):
        (part,) = WaitingPart.objects.all()
        kept = desk.again(waiting)
    for told in ("Ålgård".encode(), number_of(date(2009, 3, 2)).encode()):
        assert told not in bytes(part.content)
        assert told not in bytes(kept.plan)
    assert "Amina" not in str(vars(kept))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.EDUCATION_ADMIN])
def test_only_the_education_administration_has_a_desk(client, desk, role):
    # Given a file that waits
    waiting = desk.put(bad_and_good())
    # When somebody else tries every address
    other = make.actor(role, make.education_admin())
    theirs = Desk(client, other)
    answers = [client.get(path).status_code for path in ("/innlesing/", "/innlesing/historikk/", address(waiting))]
    answers += [theirs.see(waiting, path).status_code for path in ("avviste/", "eksempler/")]
    answers += [theirs.do(waiting, act).status_code for act in ("ta-i-bruk", "forkast", "kolonner", "les-som")]
    answers += [theirs.send(leavers()).status_code, client.post("/innlesing/vigo/").status_code]
    # Then all say no, and nothing is seen or changed
    assert set(answers) == {403}
    with acting_as(other):
        assert not WaitingFile.objects.exists()
        assert not WaitingPart.objects.exists()


def test_another_countys_administration_does_not_find_the_file(client, desk):
    waiting = desk.put(bad_and_good())
    make.county(11, "Rogaland")
    theirs = Desk(client, make.actor(Role.EDUCATION_ADMIN, make.education_admin(11)))
    assert theirs.see(waiting).status_code == 404
    assert theirs.see(waiting, "avviste/").status_code == 404
    theirs.do(waiting, "forkast")
    assert desk.again(waiting) is not None


def test_the_desk_explains_the_sources_and_gives_a_file_to_start_from(desk):
    page = text_of(desk.client.get("/innlesing/"))
    for words in ("Sluttere", "Skolehistorikk", "VIGO OT", "Ingen filer venter", "Aldri"):
        assert words in page
    sample = desk.client.get("/innlesing/eksempel/leavers/")
    assert b"".join(sample.streaming_content).startswith("\ufefffødselsnummer".encode())
    template = desk.client.get("/innlesing/mal/leavers/")
    assert b"".join(template.streaming_content).startswith(b"PK")
    assert desk.client.get("/innlesing/mal/vigo-ot/").status_code == 404
    assert desk.client.get("/innlesing/eksempel/finnes-ikke/").status_code == 404


def test_the_desk_tells_what_came_last_from_each_source_and_what_waits(desk):
    used = desk.put(bad_and_good())
    desk.do(used, "ta-i-bruk", version=used.version)
    desk.put(leavers(3), on="20.11.2026")
    page = text_of(desk.client.get("/innlesing/"))
    assert "2 rader: 1 nye, 0 endret, 0 flyttet, 1 avvist" in page
    assert "Sluttere, 20. nov. 2026" in page
    assert "Klar til å tas i bruk" in page


def test_the_history_comes_in_pages_and_asks_the_database_as_often_however_long(desk):
    def made(count: int) -> None:
        Import.objects.bulk_create(
            Import(
                source="leavers",
                county_id=3,
                on=TODAY,
                digest="x",
                read_at=clock.now(),
                applied_at=clock.now(),
                run_by_id=desk.actor.user_id,
            )
            for _ in range(count)
        )

    def asked(side: str = "1"):
        with CaptureQueriesContext(connection) as queries:
            page = desk.client.get("/innlesing/historikk/", {"side": side})
        return len(queries), len(page.context["rows"])

    made(2)
    few, rows = asked()
    made(28)
    assert (few, rows) == (asked()[0], 2)
    assert [asked(side)[1] for side in ("1", "2")] == [25, 5]
