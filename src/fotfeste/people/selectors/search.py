"""Finding a youth by name, birth date or identity number."""

import re
import sys
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Concat, StrIndex
from django.utils.translation import gettext as _

from fotfeste.access.scope import within
from fotfeste.access.topics import Topic
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.people.models import Youth
from fotfeste.people.name_key import fold

LIMIT = 25
_NATIONAL_ID = re.compile(r"\d{6}[ -]?\d{5}")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4}|\d{2})")
_PLAIN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class FoundBy(StrEnum):
    """What the text was read as."""

    NOTHING = "nothing"
    NAME = "name"
    BIRTH_DATE = "birth_date"
    NATIONAL_ID = "national_id"


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The youths found by row number, in the order of the alphabet, and whether there were more than could be shown."""

    found_by: FoundBy
    youth_ids: tuple[int, ...] = ()
    is_cut: bool = False


def search_youths(*, text: str, posted: bool, limit: int = LIMIT) -> SearchResult:
    """
    Return the youths a text finds, among those the actor may see.

    The text is a name (the beginning of words, in any order), a birth date (``14.5.2008``, ``140508``) or a whole
    identity number. The number is only taken from a posted form, and is never given back: in an address it would be
    kept in histories and logs (personopplysningsloven § 12).

    :raises Invalid: an identity number that was not posted, or a date that does not exist.
    """
    wanted = " ".join(text.split())
    number = re.sub(r"[ -]", "", wanted)
    if _NATIONAL_ID.fullmatch(wanted):
        if not posted:
            raise Invalid(_("Fødselsnummer kan ikke stå i adressen. Bruk søkefeltet på siden."))
        return _found(FoundBy.NATIONAL_ID, _with_number(number), limit)
    born = read_birth_date(wanted)
    if born is not None:
        return _found(FoundBy.BIRTH_DATE, Youth.objects.filter(born=born), limit)
    words = fold(wanted).replace(",", " ").split()
    if not words:
        return SearchResult(FoundBy.NOTHING)
    return _found_by_name(words, limit)


def read_birth_date(text: str) -> date | None:
    """
    Return the day a text means, or None when it is not written as one.

    Two digits of the year are the latest such year that is not ahead.

    :raises Invalid: it is written as a date but there is no such day.
    """
    if match := _ISO.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DOTTED.fullmatch(text) or _PLAIN.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    full_year = int(year)
    if len(year) == 2:
        this_year = clock.today().year
        full_year += this_year - this_year % 100
        full_year -= 100 if full_year > this_year else 0
    try:
        return date(full_year, int(month), int(day))
    except ValueError:
        raise Invalid(_("Det finnes ingen slik dato. Skriv dag, måned og år, for eksempel 14.5.2008.")) from None


def _with_number(number: str) -> QuerySet[Youth]:
    # Said in two halves, since each has an index of its own.
    return Youth.objects.filter(
        Q(national_id=number, is_number_contested=False) | Q(national_id=number, is_number_contested=True)
    )


def _found(by: FoundBy, youths: QuerySet[Youth], limit: int) -> SearchResult:
    ids = [youth_id for youth_id, _name in _first(youths, limit)]
    return SearchResult(by, tuple(ids[:limit]), len(ids) > limit)


def _first(youths: QuerySet[Youth], limit: int) -> list[tuple[int, str]]:
    """Return ids and names in the order of the alphabet, one more than the limit where there are more."""
    found = youths.filter(within(Topic.IDENTITY), merged_into=None).order_by("name_key", "pk")
    return list(found.values_list("pk", "name_key")[: limit + 1])


def _found_by_name(words: list[str], limit: int) -> SearchResult:
    """
    Try each word as the beginning of a last name, by the index: a comparison is all the database may use before it
    has asked the row policy. The other words may stand anywhere.

    A first name has no index; it is looked for among all the actor may see, and only when the index gave nothing.
    """
    words = list(dict.fromkeys(words))
    found: dict[int, str] = {}
    is_cut = False
    for word in words:
        beginning = Youth.objects.filter(name_key__gte=word, name_key__lt=_after(word))
        part = _first(_with_words(beginning, [other for other in words if other != word]), limit)
        found |= part[:limit]
        is_cut |= len(part) > limit
    if not found:
        return _found(FoundBy.NAME, _with_words(Youth.objects.all(), words), limit)
    ids = sorted(found, key=lambda youth_id: (found[youth_id], youth_id))
    return SearchResult(FoundBy.NAME, tuple(ids[:limit]), is_cut or len(ids) > limit)


def _with_words(youths: QuerySet[Youth], words: list[str]) -> QuerySet[Youth]:
    spaced = Concat(Value(" "), "name_key", output_field=TextField())
    for number, word in enumerate(words):
        name = f"_at_{number}"
        youths = youths.alias(**{name: StrIndex(spaced, Value(f" {word}"))}).filter(**{f"{name}__gt": 0})
    return youths


def _after(prefix: str) -> str:
    """Return a text greater than every name that begins with ``prefix``, in code point order."""
    return prefix + chr(sys.maxunicode)
