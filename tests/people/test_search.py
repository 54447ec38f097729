"""Finding a youth: by the beginning of names, by birth date, by the whole number, and never beyond what one may see."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.people.selectors import search_youths, youths_by_id
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def found(school):
    """A search as the school's counsellor: returns the first names found."""
    counsellor = make.actor(Role.COUNSELLOR, school)

    def search(text: str, *, posted: bool = False) -> list[str]:
        with acting_as(counsellor), clock.frozen(make.TODAY):
            found = search_youths(text=text, posted=posted).youth_ids
            youths = youths_by_id(found)
            return [youths[youth_id].first_name for youth_id in found]

    return search


@pytest.mark.parametrize("text", ["Sørli", "sørl", "Aksel Sørli", "Sørli Aksel", "sør aks", "Sørli, Aksel", "aksel"])
def test_a_name_is_found_by_the_beginning_of_its_words_in_any_order(school, found, text):
    make.youth(school, first_name="Aksel", last_name="Sørli")
    make.youth(school, first_name="Berit", last_name="Sande")
    assert found(text) == ["Aksel"]


def test_accents_and_capitals_do_not_matter_but_the_norwegian_letters_do(school, found):
    make.youth(school, first_name="Élodie", last_name="Ånstad")
    make.youth(school, first_name="Niillas", last_name="Čáhppe")
    assert found("ÅNSTAD") == ["Élodie"]
    assert found("elodie") == ["Élodie"]
    assert found("cahppe") == ["Niillas"]
    assert found("anstad") == []


def test_a_middle_name_may_be_left_out_or_searched_for(school, found):
    make.youth(school, first_name="Ida Sofie", last_name="Berg Dahl")
    assert found("Ida Dahl") == ["Ida Sofie"]
    assert found("sofie") == ["Ida Sofie"]
    assert found("ofie") == []


@pytest.mark.parametrize("text", ["14.5.2008", "14.05.2008", "140508", "14052008", "14.5.08", "2008-05-14"])
def test_a_birth_date_may_be_written_in_the_ways_people_do(school, found, text):
    make.youth(school, first_name="Amina", born=date(2008, 5, 14))
    make.youth(school, first_name="Berit", born=date(2008, 5, 15))
    assert found(text) == ["Amina"]


def test_a_date_that_does_not_exist_is_answered_with_how_to_write_one(found):
    with pytest.raises(Invalid, match="ingen slik dato"):
        found("31.02.2008")


def test_a_whole_identity_number_is_found_only_from_a_posted_form_and_never_said_back(school, found):
    number = make.youth(school, first_name="Amina").national_id
    assert found(number, posted=True) == ["Amina"]
    assert found(f"{number[:6]} {number[6:]}", posted=True) == ["Amina"]
    with pytest.raises(Invalid) as refusal:
        found(number)
    assert number not in str(refusal.value)


def test_part_of_an_identity_number_finds_nobody(school, found):
    number = make.youth(school).national_id
    assert found(number[:10], posted=True) == []


def test_a_search_finds_nobody_at_another_school(school, found):
    other = make.youth(make.unit(), first_name="Aksel", last_name="Sørli")
    assert found("Sørli") == []
    assert found("aksel") == []
    assert found(other.national_id, posted=True) == []


def test_a_registration_taken_up_in_another_is_not_found_beside_it(school, found):
    kept = make.youth(school, first_name="Aksel", last_name="Sørli")
    make.youth(school, first_name="Axel", last_name="Sørli", merged_into=kept)
    assert found("Sørli") == ["Aksel"]


def test_more_than_can_be_shown_is_said(school):
    for number in range(4):
        make.youth(school, first_name=f"Nummer{number}", last_name="Mange")
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        result = search_youths(text="Mange", posted=False, limit=3)
    assert (len(result.youth_ids), result.is_cut) == (3, True)


@pytest.mark.parametrize("last", ["\U0010ffff", "\ud7ff", "\ue000", "%", "\\", "\u202e"])
def test_a_word_may_end_in_any_character(school, found, last):
    make.youth(school, first_name="Aksel", last_name=f"Sør{last}li")
    make.youth(school, first_name="Berit", last_name="Sørli")
    assert found(f"sør{last}") == ["Aksel"]
