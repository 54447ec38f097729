"""
Names folded for searching: lower case, Norwegian order (æ ø å last), every other accent away.

Written twice, in Python for what is looked for and in SQL for what is stored; tests/people/test_name_key.py holds the
two together for every Latin letter.
"""

import re
import unicodedata
from typing import Any

from django.db import models
from django.db.models import Func

# Letters with an order of their own in Norwegian, and those that are no other letter with a mark.
_LETTERS = {
    "{": "æäǽǣÆÄǼǢ",
    "|": "øöǿØÖǾ",
    "}": "åǻÅǺ",
    "d": "đðĐÐ",
    "h": "ħĦ",
    "i": "ı",
    "l": "łŁ",
    "n": "ŋŊ",
    "s": "ß",
    "t": "ŧþŦÞ",
}
_FROM = "".join(_LETTERS.values())
_TO = "".join(letter * len(folded) for letter, folded in _LETTERS.items())
_TABLE = str.maketrans(_FROM, _TO)
_MARKS = "[\u0300-\u036f]+"


def fold(text: str) -> str:
    """Return the text as ``Youth.name_key`` folds it."""
    taken_apart = unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).translate(_TABLE))
    return re.sub(_MARKS, "", taken_apart).lower()


class SearchKey(Func):
    """The same as ``fold``, in the database. Most names have plain letters only, and cost next to nothing."""

    template = (
        "CASE WHEN octet_length(%(expressions)s) = length(%(expressions)s) THEN lower(%(expressions)s) ELSE "
        "lower(regexp_replace(normalize(translate(normalize(%(expressions)s, NFC), "
        f"'{_FROM}', '{_TO}'), NFD), '{_MARKS}', '', 'g')) END"
    )
    output_field = models.TextField(db_collation="C")

    def as_sql(self, *args: Any, **kwargs: Any) -> tuple[str, Any]:
        """Return the statement; what it folds stands in it four times."""
        sql, params = super().as_sql(*args, **kwargs)
        return sql, [*params] * 4
