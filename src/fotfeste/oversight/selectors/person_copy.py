"""
Everything that stands about one person, gathered for the person (personvernforordningen art. 15).

Asked as the system actor ``overseer``, which sees every row of its counties and their log.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import DateField, Field, Model, Q
from django.utils.translation import gettext as _

from fotfeste.access.classification import field_classes
from fotfeste.audit.selectors import entries_about, entries_of
from fotfeste.collaboration.record_words import answer_words, kind_words, said_words
from fotfeste.kernel import formats
from fotfeste.law.decision import Reason
from fotfeste.organisations.selectors import units
from fotfeste.oversight.about_person import YOUTH, models_about_person, ways_to_youth
from fotfeste.oversight.access_exceptions import exceptions, to_review, withheld
from fotfeste.oversight.copy_words import language_in_use, said
from fotfeste.oversight.field_words import in_words
from fotfeste.oversight.telling import Sentence, sentences
from fotfeste.spec import glossary


@dataclass(frozen=True, slots=True)
class CopiedValue:
    """One field of one row: its name, what stands there, and why somebody should read it first, if so."""

    key: str
    name: str
    value: str
    review: str = ""


@dataclass(frozen=True, slots=True)
class CopiedPart:
    """The rows of one table, each a tuple of values; ``withheld`` says why they are not told, with the paragraph."""

    key: str
    name: str
    rows: tuple[tuple[CopiedValue, ...], ...] = ()
    withheld: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class PersonCopy:
    """
    All there is about one person.

    :ivar language: what it is told in.
    :ivar log: who saw and did what, and when, the latest first.
    :ivar files: signed papers, by the name they get beside the copy.
    """

    made_at: datetime
    language: str
    parts: tuple[CopiedPart, ...]
    log: tuple[Sentence, ...]
    files: dict[str, bytes] = field(default_factory=dict)

    @property
    def left_out(self) -> dict[str, int]:
        """Return how many rows were left out of each table that is withheld."""
        return {part.name: part.count for part in self.parts if part.withheld}


def person_copy(*, youth_ids: Iterable[int], made_at: datetime) -> PersonCopy:
    """
    Return all there is about a youth, in the language in use.

    :param youth_ids: the youth and the registrations merged into it; they are one person.
    """
    ids = sorted(youth_ids)
    found = {model: _rows(model, ids) for model in models_about_person()}
    numbers = {
        (model._meta.label, row.pk): _("nr. {number}").format(number=number)
        for model, rows in found.items()
        for number, row in enumerate(rows, start=1)
    }
    listed: list[Any] = [row for model, rows in found.items() if model._meta.label == "lists.OtukRow" for row in rows]
    numbers |= {(each.round._meta.label, each.round.pk): formats.day(each.round.on) for each in listed}
    files: dict[str, bytes] = {}
    teller = _Teller(numbers, files)
    parts = [_part(model, rows, teller) for model, rows in found.items() if rows]
    return PersonCopy(made_at, language_in_use(), tuple(parts), _log(ids), files)


def _log(ids: list[int]) -> tuple[Sentence, ...]:
    """Return who saw and did what with any of the registrations, the latest first, each look once."""
    told: list[Sentence] = []
    seen: set[int] = set()
    for youth_id in ids:
        mentions = [each for each in entries_about(youth_id) if each.pk not in seen]
        seen |= {each.pk for each in mentions}
        told += sentences(entries_of(mentions), about=youth_id)
    return tuple(sorted(told, key=lambda each: each.at, reverse=True))


def _rows(model: type[Model], ids: list[int]) -> list[Model]:
    condition = Q()
    for way in ways_to_youth(model):
        condition |= Q(**{way: ids})
    along = [each.name for each in model._meta.local_fields if _label_of(each.related_model) in _ALONG]
    return list(model._default_manager.filter(condition).select_related(*along).order_by("pk"))


#: What rows point to that is about no youth, so that no row policy can take the row away with it.
_ALONG = {"access.User", "organisations.Unit", "organisations.County", "casework.Explanation", "lists.OtukRound"}


def _label_of(model: Any) -> str:
    return model._meta.label if model is not None else ""


def _part(model: type[Model], rows: list[Model], teller: "_Teller") -> CopiedPart:
    label = model._meta.label
    name = _name_of(model)
    if label in withheld():
        why = withheld()[label]
        return CopiedPart(label, name, withheld=str(why), count=len(rows))
    told = tuple(tuple(teller.values(row)) for row in rows)
    return CopiedPart(label, name, told, count=len(rows))


def _name_of(model: type[Model]) -> str:
    if named := exceptions().names.get(model._meta.label):
        return said(named)
    term = next((each for each in glossary.terms() if each.class_name == model.__name__), None)
    if term is None:
        return model.__name__
    name: str = getattr(term, language_in_use())
    return name[:1].upper() + name[1:]


class _Teller:
    """Says what stands in a field, in words; rows that point to others of the copy say which."""

    def __init__(self, numbers: dict[tuple[str, int], str], files: dict[str, bytes]) -> None:
        self.numbers, self.files = numbers, files
        self.unit_names: dict[int, str] = {}

    def values(self, row: Model) -> list[CopiedValue]:
        """Return what is told of a row."""
        label = row._meta.label
        told = []
        for each in row._meta.local_fields:
            key = f"{label}.{each.name}"
            if not is_told(label, each) or key in exceptions().repeated:
                continue
            if key in withheld():
                left_out = _("Ikke med. {why}").format(why=withheld()[key])
                told.append(CopiedValue(each.name, said(norwegian_name(each)), left_out))
                continue
            value = self._said(row, each)
            if value:
                told.append(CopiedValue(each.name, said(norwegian_name(each)), value, str(to_review().get(key, ""))))
        return told

    def _said(self, row: Model, each: "Field[Any, Any]") -> str:
        value = getattr(row, each.attname)
        if value is None or value == "" or value == []:
            return ""
        if each.related_model is not None:
            return self._pointed_at(row, each, value)
        if isinstance(value, bytes | memoryview):
            return self._file(bytes(value), getattr(row, "media_type", ""))
        if each.flatchoices:
            return str(dict(each.flatchoices).get(value, value))
        if each.name in _UNIT_COLUMNS:
            return self._unit_name(value)
        if row._meta.label == "collaboration.Record" and each.name in _OF_KIND:
            return _OF_KIND[each.name](row.kind, value)  # type: ignore[attr-defined]
        key = f"{row._meta.label}.{each.name}"
        return self._other_row(value) if key in _NAMES_A_ROW else in_words(key, value)

    def _other_row(self, named: str) -> str:
        """Say which row of the copy something comes of, such as ``release:12``; nothing of one that is not there."""
        kind, _colon, key = named.partition(":")
        words = "".join(each.capitalize() for each in kind.replace("-", "_").split("_"))
        label = next((label for label, _pk in self.numbers if label.endswith(f".{_ROW_NAMES.get(kind, words)}")), "")
        number = self.numbers.get((label, int(key)), "") if key.isdigit() else ""
        return f"{_name_of(apps.get_model(label))} {number}" if number else ""

    def _pointed_at(self, row: Model, each: "Field[Any, Any]", value: int) -> str:
        related: Any = each.related_model
        label = related._meta.label
        if label == "casework.Explanation":
            return _reasons(getattr(row, each.name).body)
        if label == YOUTH:
            return _("samme person") if (YOUTH, value) in self.numbers else _("en annen person")
        if label == "lists.OtukRound":
            return formats.day(getattr(row, each.name).on)
        if (label, value) in self.numbers:
            return self.numbers[label, value]
        return str(getattr(getattr(row, each.name), "name", ""))

    def _unit_name(self, unit_id: int) -> str:
        if unit_id not in self.unit_names:
            self.unit_names |= units.unit_names([unit_id])
        return self.unit_names.get(unit_id, "")

    def _file(self, content: bytes, media_type: str) -> str:
        ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}.get(media_type, "bin")
        name = f"vedlegg-{len(self.files) + 1}.{ending}"
        self.files[name] = content
        return name


#: Fields of a small record, whose meaning its kind tells.
_OF_KIND: Mapping[str, Callable[[str, Any], str]] = {
    "kind": lambda kind, _value: kind_words(kind),
    "said": lambda kind, value: "; ".join(f"{label}: {words}" for label, words in said_words(kind, value)),
    "answer": answer_words,
}
#: Fields that name a row of another table, as a word and a number.
_NAMES_A_ROW = {"access.AccessGrant.source", "collaboration.StepRun.record", "collaboration.RoutineRun.trigger_source"}
#: The words that are not the name of the model.
_ROW_NAMES = {"emergency": "EmergencyOpening"}
#: Where the youth belongs now; it stands in the youth's own row and rides on all the others.
_PLACE = {"county_id", "unit_id"}
_UNIT_COLUMNS = {"unit_then", "holder_id"}


def is_told(label: str, each: "Field[Any, Any]") -> bool:
    """Say whether a field of a model is part of the copy: what is about a person, and the days of it."""
    if each.primary_key or each.name == "youth" or each.name in _PLACE | {"youth_id", "pgh_obj"}:
        return False
    return field_classes()[label, each.name].kind != "none" or isinstance(each, DateField)


def norwegian_name(each: "Field[Any, Any]") -> str:
    """Return what a field is called: in the model, or in the list of those that have no name there."""
    named = str(each.verbose_name)
    return named if named != each.name.replace("_", " ") else exceptions().names.get(each.name, named)


def _reasons(body: dict[str, Any]) -> str:
    told = [Reason.from_dict(raw).sentence(_) for part in body.values() for raw in part.get("reasons", ())]
    return " ".join(dict.fromkeys(told))
