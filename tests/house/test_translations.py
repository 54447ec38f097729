"""Nynorsk and English are complete, say the same as the bokmål they stand for, and are what Django reads."""

import ast
import gettext
import io
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest

from scripts import messages
from scripts.catalogue import Message, read

BOTH = pytest.mark.parametrize("language", ["nn", "en"])

PLACE = re.compile(r"%\(\w+\)0?\d*[sd]|%0?\d*[sd]|%%|\{\w*(?::[^}]*)?\}")

# Names and words that are spelt the same in English.
SAME_IN_ENGLISH = {
    "Filter",
    "journal",
    "Mentor",
    "Nav Oslo",
    "plan",
    "status",
    "%(county)s, status %(day)s",
    "PDF",
    "%(count)s MB",
    "%(count)s kB",
    "CSV",
    "Bokmål",
    "Digital post",
    "Nynorsk",
    "Demo",
    "Excel",
    "Fotfeste",
    "Journal",
    "Nav",
    "Person",
    "Plan",
    "Send",
    "Start",
    "Status",
    "Status: %(status)s",
    "Video",
    "Video: %(address)s",
    "VIGO OT",
    "over %(days)s",
}

# Words of bokmål that neither nynorsk nor English has. In quotation marks («navn») they may name a column.
BOKMÅL = re.compile(
    r"\b(ikke|hva|hvem|hvor|hvordan|hvorfor|hvilken|noen|noe|en|fra|jeg|uten|siden|mens|begynner|skole|skolen|skoleår"
    r"|ungdommer|enhet|enheten|enheter|foresatt|foresatte|videregående|forebyggende|veiledning|opplæringen|mulig"
    r"|ansvarlig|bekreft|bekreftet|fortsatt|flere|første gang|lagret|endret|avsluttet|finnes|kommer|gjelder|navnet"
    r"|adressen|listen|filen|raden|(?<!å )nå|tidligere|dager|måneder|uker|allerede|oppholder|begrunnelse|avgjør)\b",
    re.IGNORECASE,
)
NORWEGIAN = re.compile(
    r"[æøåÆØÅ]|\b(og|eller|som|til|ikkje|frå|kan|skal|ungdom|ungdommen|eining|skule|dag|dagar|vel|skriv)\b",
    re.IGNORECASE,
)
# Columns of a file keep their Norwegian names in every language, and so do answers written in them.
KEPT_NORWEGIAN = re.compile(
    r"\bnavn\b|\bfylke\b|\bBokmål\b|\bkode\b|\bnav_kode\b|\borgnr\b|\bvigo_nr\b|\btype\b|\bja\b|\bstengt_fra\b|\bnei\b|name@oslo\.kommune\.no"
)

# Where sentences stay bokmål in every language.
NORWEGIAN_ONLY = (
    "config/checks/",  # the command line: read by those who run Fotfeste
    "config/cli.py",
    "config/commands/",
    "config/demo/",
    "config/deployment.py",
    "integrations/reading/",  # about a row: goes back in the file to its Norwegian sender
    "integrations/sources/",  # the same
    "integrations/synthetic/",  # the command line
    "kernel/database/",  # those who run Fotfeste
    "spec/",  # those who build Fotfeste
    "lists/exports/",  # the command line
    "lists/matching/",  # the command line, also where there is no Django
)
REFUSALS = {"Refused", "NotAllowed", "IllegalTransition", "Invalid", "LoginFailed"}


@cache
def _marked() -> set[Message]:
    return {place.message for place in messages.marked_texts()}


@cache
def _catalogue(language: str) -> dict[Message, tuple[str, ...]]:
    return read(messages.LOCALE / language / "LC_MESSAGES" / "django.po")


@BOTH
def test_every_text_is_translated(language):
    catalogue = _catalogue(language)
    assert sorted(message.text for message in _marked() if not all(catalogue.get(message, ("",)))) == []


@BOTH
def test_nothing_is_translated_that_is_no_longer_said(language):
    assert sorted(message.text for message in _catalogue(language).keys() - _marked()) == []


@BOTH
def test_a_translation_has_the_same_places_to_fill_in(language):
    wrong = [
        (message.text, text)
        for message, texts in _catalogue(language).items()
        for form, text in zip((message.text, message.plural or message.text), texts, strict=False)
        if text and Counter(PLACE.findall(text)) != Counter(PLACE.findall(form))
    ]
    assert wrong == []


@BOTH
def test_a_translation_begins_and_ends_as_the_text_does(language):
    def edges(text: str) -> tuple[str, str, bool]:
        stripped = text.strip()
        end = stripped[-1:] if stripped[-1:] in ".?!:…" else ""
        return text[: len(text) - len(text.lstrip())], end, text != text.rstrip()

    different = [
        (message.text, text)
        for message, texts in _catalogue(language).items()
        for text in filter(None, texts)
        if edges(text) not in {edges(message.text), edges(message.plural)}
    ]
    assert different == []


@BOTH
def test_django_reads_what_stands_in_the_catalogue(language):
    compiled = (messages.LOCALE / language / "LC_MESSAGES" / "django.mo").read_bytes()
    django = gettext.GNUTranslations(io.BytesIO(compiled))
    translated = {message: texts for message, texts in _catalogue(language).items() if all(texts)}
    for message, texts in translated.items():
        if message.plural:
            found = tuple(django.ngettext(message.text, message.plural, count) for count in (1, 2))
        elif message.context:
            found = (django.pgettext(message.context, message.text),)
        else:
            found = (django.gettext(message.text),)
        assert found == texts


def test_no_norwegian_is_left_in_english():
    left = [
        text
        for message, texts in _catalogue("en").items()
        for text in texts
        if (text == message.text and re.search(r"[^\W\d_]{2}", PLACE.sub("", text)) and text not in SAME_IN_ENGLISH)
        or NORWEGIAN.search(KEPT_NORWEGIAN.sub("", text))
    ]
    assert left == []


def test_no_bokmål_is_left_in_nynorsk():
    left = [text for texts in _catalogue("nn").values() for text in texts if BOKMÅL.search(text)]
    assert left == []


def test_nothing_on_the_allowed_lists_is_there_for_no_reason():
    same = {message.text for message, texts in _catalogue("en").items() if message.text in texts}
    assert SAME_IN_ENGLISH - same == set()


def test_every_refusal_a_user_may_read_is_marked_for_translation():
    unmarked = [
        f"{file.relative_to(messages.PACKAGE)}:{line}: {text}"
        for file in sorted(messages.PACKAGE.rglob("*.py"))
        if not file.relative_to(messages.PACKAGE).as_posix().startswith(NORWEGIAN_ONLY)
        for line, text in _unmarked_refusals(ast.parse(file.read_text(encoding="utf-8")))
    ]
    assert unmarked == []


def _unmarked_refusals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Return the sentences handed straight to a refusal, to ``allow_if`` or to a message, without a marker around."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        told = []
        if name in REFUSALS:
            told = node.args[:1]
        elif name == "allow_if":
            told = [keyword.value for keyword in node.keywords if keyword.arg == "otherwise"]
        elif _is_message(node):
            told = node.args[1:2]
        yield from ((node.lineno, ast.unparse(text)) for text in told if isinstance(text, ast.JoinedStr | ast.Constant))


def _is_message(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "messages"
        and function.attr in {"success", "info", "warning", "error"}
    )


def test_every_word_of_a_template_is_marked_for_translation():
    bare = {
        file.name: words
        for file in messages.PACKAGE.glob("*/templates/**/*.html")
        if "styleguide" not in file.as_posix()  # made-up examples for those who build Fotfeste, reached by no link
        and (words := _bare_words(file.read_text(encoding="utf-8")) - NAMES)
    }
    assert bare == {}


NAMES = {"Fotfeste", "– Fotfeste", "Fotfeste –", "uutilsynet.no", "Bokmål", "Nynorsk", "English", "Ctrl", "Enter"}


def _bare_words(source: str) -> set[str]:
    for whole in ("comment", "blocktranslate", "blocktrans"):
        source = re.sub(rf"{{%\s*{whole}\b.*?{{%\s*end{whole}\s*%}}", "", source, flags=re.DOTALL)
    source = re.sub(r"\{#.*?#\}", "", source)
    tags = [tag for tag in re.findall(r"\{[%{].*?[%}]\}", source, re.DOTALL) if not re.match(r"\{%\s*trans", tag)]
    arguments = re.findall(r'"([^"]*)"', "\n".join(re.sub(r"""_\((?:".*?"|'.*?')\)""", "", tag) for tag in tags))
    source = re.sub(r"\{[%{].*?[%}]\}", "", source, flags=re.DOTALL)
    spoken = re.findall(r'\b(?:aria-label|title|placeholder|alt|data-label)="([^"]*)"', source)
    written = re.sub(r"<[^>]*>", "\n", source).splitlines()
    sentences = [text for text in arguments if re.search(r"[æøåÆØÅ]|^[A-ZÆØÅ][a-z]+|[a-z] [a-z]", text)]
    return {text.strip() for text in (*spoken, *written, *sentences) if re.search(r"[^\W\d_]{2}", text)}
