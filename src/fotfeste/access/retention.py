"""
How long each kind of record is kept, counted from what, and what happens then.

``retention_rules.yaml`` is the only place it is said: the record of processing and the disposal both read it.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from fotfeste.law import sources
from fotfeste.law.sources import Source
from fotfeste.spec.written import read_yaml

EVENTS = {
    "service_ended": "tjenesten er slutt for ungdommen",
    "logged": "det ble skrevet i loggen",
    "received": "filen kom inn",
    "answered": "meldingen ble besvart",
}


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Class(_Strict):
    name: str
    told: str


class Term(_Strict):
    """How long after the event: by a reading the county chooses, or a number fixed here. One of the three."""

    reading: str = ""
    years: int = 0
    days: int = 0


class _Kind(_Strict):
    id: str
    name: str
    told: str
    class_: str = Field(alias="class")
    first_day: date
    models: list[str]
    event: str
    term: Term
    outcome: Literal["dispose", "forget", "keep"]
    basis: list[str]


class _File(_Strict):
    reviewed: date
    classes: dict[str, _Class]
    kinds: list[_Kind]


@dataclass(frozen=True, slots=True)
class RecordKind:
    """
    Records that are kept alike.

    :ivar field_class: what their fields are classed as in ``field_classes.csv``.
    :ivar event: what the time is counted from, a key of ``EVENTS``.
    :ivar outcome: ``dispose``, ``forget`` or ``keep``.
    """

    id: str
    name: str
    told: str
    field_class: str
    first_day: date
    models: tuple[str, ...]
    event: str
    term: Term
    outcome: str
    basis: tuple[Source, ...]


@cache
def record_kinds() -> dict[str, RecordKind]:
    """
    Return every kind by its id, in the order of the file.

    :raises KeyError: the file names a source nobody knows.
    """
    return {each.id: _kind(each) for each in _file().kinds}


@cache
def kind_of_model() -> dict[str, RecordKind]:
    """Return the kind each model about a youth belongs to, by the model's label."""
    return {model: kind for kind in record_kinds().values() for model in kind.models}


def retention_classes() -> dict[str, tuple[str, str]]:
    """Return the name of each class of fields, and how long those are kept."""
    return {key: (each.name, each.told) for key, each in _file().classes.items()}


def reviewed_on() -> date:
    """Return the day somebody last went through the rules."""
    return _file().reviewed


def _kind(line: _Kind) -> RecordKind:
    return RecordKind(
        id=line.id,
        name=line.name,
        told=line.told,
        field_class=line.class_,
        first_day=line.first_day,
        models=tuple(line.models),
        event=line.event,
        term=line.term,
        outcome=line.outcome,
        basis=tuple(sources.by_id(each) for each in line.basis),
    )


@cache
def _file() -> _File:
    text = resources.files("fotfeste.access").joinpath("retention_rules.yaml").read_text(encoding="utf-8")
    return _File.model_validate(read_yaml(text))
