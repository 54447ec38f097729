"""What ``make messages`` finds and writes."""

from pathlib import Path

import pytest

from scripts import messages
from scripts.catalogue import Message, compiled, read, written

FILE = Path("views.py")


def test_texts_in_python_are_found_by_what_their_marker_is_called_there():
    source = """
from django.utils.translation import gettext as _, ngettext, pgettext_lazy
_("Lagre " "alt")
ngettext("%(n)s rad", "%(n)s rader", 2)
pgettext_lazy("samtykke", "gitt")
print("Ikke denne")
"""
    assert list(messages.in_python(source, FILE)) == [
        Message("Lagre alt"),
        Message("%(n)s rad", "%(n)s rader"),
        Message("gitt", context="samtykke"),
    ]


def test_an_underscore_that_is_not_gettext_is_left_alone():
    assert list(messages.in_python('for _ in "ab": _("ikke merket")', FILE)) == []


def test_an_f_string_is_refused_with_its_place():
    source = 'from django.utils.translation import gettext as _\n_(f"Hei {name}")'
    with pytest.raises(messages.NotATextError, match=r"views\.py:2"):
        list(messages.in_python(source, FILE))


def test_texts_in_a_template_are_found_as_django_looks_them_up():
    source = """{% load i18n ui %}{# {% translate "Ikke denne" %} #}
{% translate "23 %" %}{% icon "x" _("Lukk") %}
{% blocktranslate count rows=rows trimmed %}
  {{ rows }} rad
{% plural %}
  {{ rows }} rader
{% endblocktranslate %}"""
    assert list(messages.in_template(source)) == [
        Message("23 %%"),
        Message("Lukk"),
        Message("%(rows)s rad", "%(rows)s rader"),
    ]


def test_a_catalogue_is_read_as_it_was_written(tmp_path):
    catalogue = {
        Message('Si «hei»\n\t"nå" \\'): ('Say "hi"',),
        Message("%(n)s rad", "%(n)s rader"): ("%(n)s row", "%(n)s rows"),
        Message("gitt", context="samtykke"): ("given",),
        Message("ikke oversatt"): ("",),
    }
    file = tmp_path / "django.po"
    file.write_bytes(written("en", catalogue))
    assert read(file) == catalogue


def test_a_guess_by_another_tool_counts_as_not_translated(tmp_path):
    file = tmp_path / "django.po"
    file.write_text('#, fuzzy\nmsgid "Lagre"\nmsgstr "Load"\n')
    assert read(file) == {Message("Lagre"): ("",)}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_the_files_are_as_make_messages_would_write_them(language):
    file = messages.LOCALE / language / "LC_MESSAGES" / "django.po"
    catalogue = dict(sorted(read(file).items()))
    assert file.read_bytes() == written(language, catalogue)
    assert file.with_suffix(".mo").read_bytes() == compiled(language, catalogue)
