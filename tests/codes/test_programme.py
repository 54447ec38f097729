"""What a programme is called, told from the code of an area in it."""

from datetime import date

import pytest

from fotfeste.codes import programme_on


@pytest.mark.parametrize(
    ("area", "on", "name"),
    [
        pytest.param("STUSP1----", date(2026, 8, 17), "Studiespesialisering", id="one that has always been called so"),
        pytest.param("hshea2----", None, "Helse- og oppvekstfag", id="in small letters, and no day is known"),
        pytest.param("ELELE1----", date(2019, 8, 19), "Elektrofag", id="before it got another name"),
        pytest.param("ELELE1----", date(2021, 8, 16), "Elektro og datateknologi", id="after"),
        pytest.param("ELELE1----", None, "Elektro og datateknologi", id="what it is called now"),
        pytest.param(
            "FDFBI1----", date(2015, 8, 17), "Frisør, blomster, interiør og eksponeringsdesign", id="too early"
        ),
    ],
)
def test_a_code_tells_the_programme_as_it_was_called_on_the_day(area, on, name):
    found = programme_on(area, on)
    assert found is not None
    assert (found.name_nb, bool(found.name_nn and found.name_en)) == (name, True)


@pytest.mark.parametrize("area", ["", "XX12345", "3"])
def test_a_code_nobody_knows_is_no_programme(area):
    assert programme_on(area, date(2026, 8, 17)) is None
