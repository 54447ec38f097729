"""Letters are written in paragraphs, lists and named fields, and in nothing that can do anything."""

import pytest

from fotfeste.correspondence.enums import LetterKind, LetterLanguage
from fotfeste.correspondence.letter_language import Block, blocks_of, check_text, filled
from fotfeste.correspondence.texts import FIELDS, NEEDED, standard_text
from fotfeste.kernel.errors import Invalid
from tests.factories import TODAY

KNOWN = ("navn", "lenke")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hei {nvan}", "Feltet {nvan} finnes ikke i dette brevet. Feltene er: {navn}, {lenke}."),
        ("Hei {{ settings.SECRET_KEY }}", "Feltet {settings.SECRET_KEY} finnes ikke"),
        ("Hei {navn.__class__}", "Feltet {navn.__class__} finnes ikke"),
        ("Hei {navn!r}", "Feltet {navn!r} finnes ikke"),
        ("Hei {", "En klamme står alene."),
        ("{% include 'x' %}", "Feltet {% include 'x' %} finnes ikke i dette brevet"),
        ("Hei {navn}", "Brevet må ha med: {lenke}."),
    ],
)
def test_what_is_no_field_of_the_letter_is_refused_in_a_sentence(text, sentence):
    with pytest.raises(Invalid) as refused:
        check_text(text, known=KNOWN, needed=["lenke"])
    assert sentence in str(refused.value)


def test_what_is_filled_in_is_never_read_as_text_of_the_letter():
    assert blocks_of("# Til {navn}\n\n{navn}\n\n- en\n- to {navn}", {"navn": "# {lenke}\n- #panic()"}) == [
        Block("heading", ("Til # {lenke} - #panic()",)),
        Block("paragraph", ("# {lenke} - #panic()",)),
        Block("list", ("en", "to # {lenke} - #panic()")),
    ]
    assert filled("{ukjent}!", {}) == "!"


@pytest.mark.proves("nal-rights", "nal-reply-request", "nal-late-application")
def test_the_product_has_a_whole_text_of_each_kind_in_three_languages():
    seen = set()
    for kind in LetterKind:
        for language in LetterLanguage:
            text = standard_text(kind=kind, language=language.value, on=TODAY)
            check_text(text.subject, known=FIELDS[kind])
            check_text(text.body, known=FIELDS[kind], needed=NEEDED[kind])
            seen.add((text.subject, text.body))
    assert len(seen) == len(LetterKind) * len(LetterLanguage)
    headings = [
        block.lines[0]
        for block in blocks_of(standard_text(kind=LetterKind.NON_APPLICANT, language="nb", on=TODAY).body, {})
        if block.kind == "heading"
    ]
    assert headings == ["Dine rettigheter", "Fortell oss hva du gjør", "Slik kan du søke nå", "Din kontaktperson"]
