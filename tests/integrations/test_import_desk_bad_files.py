"""Whatever is uploaded, the desk answers with a sentence that tells what is wrong and where; nothing is half done."""

import io
import zipfile

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.integrations.models import Import, WaitingFile
from fotfeste.kernel import clock
from fotfeste.people.models import Youth
from tests import factories as make
from tests.integrations.reading.files import a_row, an_element, csv_of, people, vigo_of, xlsx_rows

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ").replace("&#x27;", "'")


def zip_of() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as archive:
        archive.writestr("notat.txt", "hei")
    return kept.getvalue()


REFUSED = {
    "broken JSON": (b'{"otungdommer": [{"person": }]}', "vigo-ot", "ikke gyldig JSON: feil ved linje 1, tegn 29"),
    "an error from VIGO": (
        b'{"errorMessage": "Ukjent fylke", "antall": 0}',
        "vigo-ot",
        "meldte en feil: «Ukjent fylke»",
    ),
    "half UTF-8": (csv_of(people("leavers", 3)) + b"\xe6;", "leavers", "linje 5 har et ødelagt tegn"),
    "no known encoding": (csv_of([a_row("leavers")]).replace("Ø".encode(), b"\x81"), "leavers", "Lagre"),
    "UTF-16": (csv_of([a_row("leavers")], encoding="utf-16"), "leavers", "UTF-16"),
    "a zip called .xlsx": (zip_of(), "leavers", "zip-fil, ikke et Excel-regneark"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"x" * 100, "leavers", "gammelt Excel-format"),
    "a PDF": (b"%PDF-1.7 hei", "leavers", "PDF-dokument"),
    "something else altogether": (b"hei;der\n1;2\n", "leavers", "Filen mangler kolonnene"),
    "bytes that are no text": (b"navn;\x00\x01\x02", "leavers", "ikke en tekstfil"),
    "a table for VIGO": (csv_of([a_row("leavers")]), "vigo-ot", "leses bare fra JSON"),
    "JSON for a table": (vigo_of(an_element()), "leavers", "Er det VIGO OT"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence_on_the_form(desk, kind):
    content, source, sentence = REFUSED[kind]
    answer = desk.send(content, source=source, name="fil.xlsx")
    assert answer.status_code == 422
    page = text_of(answer)
    assert sentence in page
    assert "Traceback" not in page
    with acting_as(desk.actor):
        assert not WaitingFile.objects.exists()
        assert not Youth.objects.exists()


ROWS = {
    "a day that is not": ({"slutt": "31.02.2026"}, "31.02.2026"),
    "thirteen digits": ({"fødselsnummer": "0000000000123"}, "11 siffer, men har 13"),
    "wrong check digits": ({"fødselsnummer": "12345678901"}, "fødselsnummeret er ikke en dato"),
    "a unit number that is none": ({"skole_orgnr": "123456789"}, "skole_orgnr"),
    "no name": ({"etternavn": ""}, "etternavn"),
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_bad_row_is_told_with_its_number_and_the_others_are_planned(desk, kind):
    said, sentence = ROWS[kind]
    good, bad = people("leavers", 2)
    page = text_of(desk.see(desk.put(csv_of([good, bad | said]))))
    assert sentence in page
    assert "Avviste rader" in page
    assert page.count("fot-figure-value") == 7


def test_production_refuses_a_made_up_number(desk, settings):
    settings.ENVIRONMENT = "production"
    page = desk.see(desk.put(csv_of(people("leavers", 1))))
    assert page.context["plan"].figures["rejected"] == 1
    assert "syntetisk" in text_of(page)


def test_two_rows_about_one_person_that_disagree_are_both_rejected(desk):
    row = a_row("private-school", slutt="")
    content = csv_of([row, row | {"fødselsdato": "03.03.2009"}, *people("private-school", 3)[1:]])
    plan = desk.see(desk.put(content, source="private-school")).context["plan"]
    assert plan.figures["rejected"] == 2
    assert {row_no for row_no, _sentence in plan.errors} == {2, 3}
    assert plan.figures["new"] == 2


def test_unknown_codes_and_units_are_taken_in_for_a_person_to_look_at(desk):
    content = vigo_of(an_element(aktivitetskode="OTXX", tilknytningnr="9-99"))
    page = desk.see(desk.put(content, source="vigo-ot", name="ot.json"))
    (rule,) = page.context["rules"]
    assert rule.why == "Ingen regel finner enheten. Ungdommen legges i køen."
    assert [line.unit for line in rule.lines] == [make.education_admin().name]
    assert page.context["plan"].figures["rejected"] == 0


def test_a_count_that_differs_from_the_list_is_told(desk):
    page = text_of(desk.see(desk.put(vigo_of(an_element(), antall=3), source="vigo-ot")))
    assert "VIGO oppga «3» som antall, men listen har 1 ungdommer." in page


def test_formulas_are_text_and_come_back_escaped(desk):
    formula = "=HYPERLINK(&quot;http://ond.example&quot;)".replace("&quot;", '"')
    good, bad = people("leavers", 2)
    waiting = desk.put(csv_of([good | {"fornavn": formula}, bad | {"fornavn": formula, "slutt": "31.02.2026"}]))
    returned = b"".join(desk.see(waiting, "avviste/").streaming_content).decode("utf-8")
    assert "'=HYPERLINK" in returned
    assert desk.see(waiting).context["plan"].figures["new"] == 1


def test_a_workbook_with_formulas_is_read_by_its_values(desk):
    row = a_row("leavers") | {"sluttårsak": "=1+1"}
    waiting = desk.put(xlsx_rows(row), name="fil.xlsx")
    assert desk.see(waiting).context["plan"].figures["rows"] == 1


def test_rejects_of_a_workbook_come_back_as_a_workbook(desk):
    good, bad = people("leavers", 2)
    waiting = desk.put(xlsx_rows(good, bad | {"slutt": "31.02.2026"}), name="fil.xlsx")
    answer = desk.see(waiting, "avviste/")
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')


def test_a_file_too_large_to_receive_is_refused_before_it_is_kept(desk, settings):
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    answer = desk.send(b"x" * (1024 * 1024 + 1))
    assert answer.status_code == 422
    assert "Filen er større enn 1 MB og leses ikke. Del den i flere." in text_of(answer)
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"source": ""}, "Må fylles ut."),
        ({"source": "finnes-ikke"}, "Velg noe fra listen."),
        ({"on": "31.02.2026"}, "Vi forstår ikke datoen."),
        ({"on": "24.11.2026"}, "kan ikke være fram i tid"),
        ({"file": ""}, "Velg en fil."),
    ],
)
def test_what_is_missing_on_the_form_is_said_beside_it(desk, said, sentence):
    answer = desk.send(csv_of(people("leavers", 1)), **said)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_an_empty_file_is_said_to_be_empty(desk):
    answer = desk.send(b"")
    assert (answer.status_code, "Filen er tom." in text_of(answer)) == (422, True)


def test_windows_letters_are_read_and_remarked(desk):
    page = text_of(desk.see(desk.put(csv_of([a_row("leavers")], encoding="cp1252"))))
    assert "Den er lest som Windows-1252" in page
