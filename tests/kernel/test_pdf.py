"""A document shows whatever a user has typed, in any script, and never fails by it."""

import html
import re

import pytest

from fotfeste.kernel.pdf import render_pdf

TEMPLATE = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.name)
#set text(lang: d.language)
#title()
"""


@pytest.fixture
def shown(tmp_path):
    """The title a reader finds in a document with a name, which the page shows too: the title can be read as it is."""
    template = tmp_path / "name.typ"
    template.write_text(TEMPLATE, encoding="utf-8")

    def read(name: str) -> str:
        document = render_pdf(template, {"name": name}, language="nb")
        title = re.search(r"<dc:title>.*?<rdf:li[^>]*>(.*?)</rdf:li>", document.decode("utf-8", "ignore"), re.DOTALL)
        assert title
        return html.unescape(title[1])

    return read


@pytest.mark.parametrize(
    "name", ["Čáhppes Ødegård", "Nguyễn Thị Hương", "Олена Шевченко", "ትግርኛ", "தமிழ்", "ไทย", "مریم پښتو"]
)
def test_a_name_in_a_script_of_those_who_live_here_is_shown(shown, name):
    assert shown(name) == name


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Kjempebra 👍!", "Kjempebra [thumbs up sign]!"),
        ('"王" sa hun', '"[cjk unified ideograph-738b]" sa hun'),
        ("😀😎🚗👩🏽‍🏫", "[grinning face][smiling face with sunglasses]"),
    ],
)
def test_what_no_font_can_show_is_written_by_its_name(shown, name, spelled):
    assert spelled in shown(name)


def test_more_scripts_than_can_be_tried_one_by_one_are_written_by_name_all_at_once(shown):
    signs = "".join(chr(0x1F330 + number) for number in range(40))
    assert shown(f"Løvås {signs}").startswith("Løvås [chestnut][")


@pytest.mark.parametrize(
    ("name", "spelled"),
    [
        ("Kari\x01Berg", "Kari[u+0001]Berg"),
        ("Kari\x9bBerg", "Kari[u+009b]Berg"),
        ("Kari \ue009 Berg", "Kari [u+e009] Berg"),
        ("Kari \ufdd0 \U000e0001", "Kari [u+fdd0] "),
    ],
)
def test_what_no_script_has_is_written_by_its_number(shown, name, spelled):
    assert spelled in shown(name)


def test_a_line_break_from_another_program_breaks_the_line(shown):
    assert "".join(shown("Kari\x0bBerg").split()) == "KariBerg"


def test_more_signs_of_nobodys_than_can_be_tried_one_by_one_are_written_by_number_and_the_rest_stands(shown):
    signs = " – ".join(chr(0xF0000 + number) for number in range(40))
    assert shown(f"«Løvås» {signs}").startswith("«Løvås» [u+f0000] – [u+f0001]")
