"""A sender with headings of their own: a person sorts the columns out once, and the desk remembers."""

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.integrations.models import ColumnMapping, WaitingFile
from fotfeste.kernel import clock
from tests import factories as make
from tests.integrations.reading.files import a_row, csv_of, people

pytestmark = pytest.mark.django_db

OWN_WORDS = {"fødselsnummer": "Elev-ID", "slutt": "Siste skoledag", "skole_orgnr": "Hvor"}


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def in_own_words(count: int = 1) -> bytes:
    rows = people("leavers", count)
    return csv_of([{OWN_WORDS.get(name, name): cell for name, cell in row.items()} for row in rows])


def choice() -> dict[str, str]:
    """What a person would choose, by field."""
    from fotfeste.integrations.sources import SOURCES

    columns = SOURCES["leavers"].columns
    ours = {column.header: name for name, column in columns.items()}
    has = set(a_row("leavers"))
    return {ours[header]: OWN_WORDS.get(header, header) for header in has}


def test_columns_that_do_not_fit_are_shown_with_our_best_guess(desk):
    page = desk.see(desk.put(in_own_words(), sender="Hersleb"))
    assert "Filen mangler kolonnen" in text_of(page)
    form = page.context["form"]
    assert form["last_name"].initial == "etternavn"
    assert form["ends_on"].initial == ""
    assert "Siste skoledag" in [value for value, _label in form.fields["ends_on"].choices]


def test_the_choice_is_used_and_remembered_for_the_senders_next_file(desk):
    # Given a file whose columns are sorted out
    first = desk.put(in_own_words(), sender="Hersleb")
    page = desk.do(first, "kolonner", **choice())
    assert page.context["plan"].figures["new"] == 1
    # When the same sender sends another, and another sender the like
    second = desk.put(in_own_words(2), sender="Hersleb", on="17.11.2026")
    stranger = desk.put(in_own_words(3), sender="Stovner", on="17.11.2026")
    # Then only the second needs no sorting
    assert (second.state, stranger.state) == ("planned", "columns")
    assert ColumnMapping.objects.get().sender == "Hersleb"


def test_a_column_we_must_have_must_be_chosen(desk):
    waiting = desk.put(in_own_words())
    page = desk.do(waiting, "kolonner", **(choice() | {"ends_on": ""}))
    assert page.status_code == 422
    assert "Velg kolonnen, eller be avsenderen om den." in text_of(page)
    assert desk.again(waiting).state == "columns"


def test_no_two_of_our_columns_are_read_from_one_of_theirs(desk):
    waiting = desk.put(in_own_words())
    page = desk.do(waiting, "kolonner", **(choice() | {"starts_on": "Siste skoledag"}))
    assert page.status_code == 422
    assert "Samme kolonne er også valgt" in text_of(page)


def test_a_file_of_another_source_is_recognised_and_read_as_that_one(desk):
    # Given those without a place, uploaded as leavers
    waiting = desk.put(csv_of([a_row("without-place")]), source="leavers")
    page = text_of(desk.see(waiting))
    assert "ser ut til å høre til kilden" in page
    assert "Les filen som «Uten skoleplass»" in page
    # When the desk is told to read it as what it is
    page = desk.do(waiting, "les-som", source="without-place")
    # Then it has a plan
    assert desk.again(waiting).source == "without-place"
    assert page.context["plan"].figures["new"] == 1


def test_only_a_source_that_exists_is_read_as(desk):
    waiting = desk.put(in_own_words())
    assert desk.do(waiting, "les-som", source="finnes-ikke").status_code == 404


def test_a_planned_file_is_not_read_as_something_else(desk):
    waiting = desk.put(csv_of(people("leavers", 1)))
    page = desk.do(waiting, "les-som", source="without-place")
    assert "kan ikke brukes nå" in text_of(page)
    assert desk.again(waiting).source == "leavers"


def test_a_saved_choice_that_no_longer_fits_leads_back_to_the_columns(desk):
    first = desk.put(in_own_words(), sender="Hersleb")
    desk.do(first, "kolonner", **choice())
    changed = in_own_words().replace(b"Siste skoledag", b"Avsluttet")
    waiting = desk.put(changed, sender="Hersleb", on="17.11.2026")
    assert waiting.state == "columns"
    assert "Siste skoledag" in text_of(desk.see(waiting))


def test_headings_are_kept_sealed_since_a_file_without_any_begins_with_a_person(desk):
    row = a_row("leavers")
    waiting = desk.put(";".join(row.values()).encode())
    assert waiting.state == "columns"
    with acting_as(desk.actor):
        kept = WaitingFile.objects.values().get(pk=waiting.pk)
    assert b"\xc3\x85lg\xc3\xa5rd" not in bytes(kept.pop("plan"))
    assert "Ålgård" not in str(kept)
