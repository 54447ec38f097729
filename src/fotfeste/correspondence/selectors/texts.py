"""The text of each kind of letter, as a county has it on a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fotfeste.correspondence.enums import LetterKind, LetterLanguage
from fotfeste.correspondence.models import LetterText
from fotfeste.correspondence.texts import standard_text


@dataclass(frozen=True, slots=True)
class TextInUse:
    """
    What a kind of letter says in a language.

    :ivar row: the county's own text; None where the product's is used.
    :ivar version: names it: the id of the county's row, or the version of the product's.
    """

    kind: LetterKind
    language: LetterLanguage
    subject: str
    body: str
    version: str
    row: LetterText | None = None


def texts_on(*, county_id: int, on: date, kinds: Iterable[LetterKind] = LetterKind) -> list[TextInUse]:
    """Return the texts in use on a day, kind by kind and language by language."""
    wanted = list(kinds)
    rows = LetterText.objects.filter(county_id=county_id, kind__in=wanted, first_day__lte=on)
    newest = {(row.kind, row.language): row for row in rows.order_by("first_day", "pk")}
    return [
        _in_use(kind, language, newest.get((kind.value, language.value)), on)
        for kind in wanted
        for language in LetterLanguage
    ]


def versions_of(*, county_id: int, kind: LetterKind, language: LetterLanguage) -> list[LetterText]:
    """Return all a county has written of a text, the one of the latest day first."""
    rows = LetterText.objects.filter(county_id=county_id, kind=kind, language=language).select_related("written_by")
    return list(rows.order_by("-first_day", "-pk"))


def last_written(*, county_id: int, kind: LetterKind, language: LetterLanguage) -> int:
    """Return the id of what was written last, 0 where nothing was: what a form says it has been shown."""
    rows = LetterText.objects.filter(county_id=county_id, kind=kind, language=language)
    return rows.order_by("-pk").values_list("pk", flat=True).first() or 0


def _in_use(kind: LetterKind, language: LetterLanguage, row: LetterText | None, on: date) -> TextInUse:
    if row is not None and row.body:
        return TextInUse(kind, language, row.subject, row.body, str(row.pk), row)
    standard = standard_text(kind=kind, language=language, on=on)
    return TextInUse(kind, language, standard.subject, standard.body, standard.version, row)
