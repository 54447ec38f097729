"""Names folded for searching: the database and the code fold alike, and marks never stand between a name and a finder."""

import unicodedata

import pytest
from django.db import connection

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.people.name_key import SearchKey, fold
from fotfeste.people.selectors import search_youths, youths_by_id
from tests import factories as make


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        pytest.param("Đặng Thị Hương", "dang thi huong", id="Vietnamese, one sign for each letter"),
        pytest.param(
            unicodedata.normalize("NFD", "Nguyễn Trường Ưu"), "nguyen truong uu", id="Vietnamese, marks apart"
        ),
        pytest.param(unicodedata.normalize("NFD", "Åse Bjørnøy"), "}se bj|rn|y", id="Norwegian, the ring apart"),
        pytest.param("Čáhppe Ŋuŧ", "cahppe nut", id="Sami"),
        pytest.param("Ọlágbàyè Ṣadé", "olagbaye sade", id="Yoruba"),
        pytest.param("Łukasz Żółć", "lukasz zolc", id="Polish"),
        pytest.param("Märta Öst", "m{rta |st", id="Swedish letters stand with the Norwegian"),
        pytest.param("İpek Işık", "ipek isik", id="Turkish"),
        pytest.param("عبد الله", "عبد الله", id="another script is left alone"),
    ],
)
def test_marks_fold_away_and_norwegian_letters_keep_their_order(name, folded):
    assert fold(name) == folded


@pytest.mark.django_db
def test_the_database_folds_every_latin_letter_as_the_code_does():
    latin = [chr(code) for code in (*range(0x20, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isalpha()]
    words = [f"a{letter}b" for letter in latin] + [f"a{unicodedata.normalize('NFD', letter)}b" for letter in latin]
    with connection.cursor() as cursor:
        key = SearchKey.template % {"expressions": "w.word"}
        cursor.execute(f"SELECT w.word, {key} FROM unnest(%s::text[]) w (word)", [words])
        stored = dict(cursor.fetchall())
    assert {word: stored[word] for word in words} == {word: fold(word) for word in words}


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Đặng", "dang", "DANG", "hương", "huong dang"])
def test_a_vietnamese_name_is_found_with_and_without_its_marks(text):
    school = make.unit()
    make.youth(school, first_name=unicodedata.normalize("NFD", "Hương"), last_name="Đặng")
    make.youth(school, first_name="Berit", last_name="Sande")
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        found = youths_by_id(search_youths(text=text, posted=False).youth_ids)
    assert [youth.last_name for youth in found.values()] == ["Đặng"]
