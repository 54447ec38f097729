"""
Why each field of each model is kept, on what legal basis, and for how long (personvernforordningen art. 30).

``processing.yaml`` says why, a line for each model; ``field_classes.csv`` says how sensitive and how long.
"""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from pydantic import BaseModel, ConfigDict

from fotfeste.access.classification import FieldClass, field_classes
from fotfeste.law import sources
from fotfeste.law.sources import Source
from fotfeste.spec.written import read_yaml


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Purpose(_Strict):
    name: str
    told: str
    basis: list[str]


class _Model(_Strict):
    purpose: str
    fields: dict[str, str] = {}


class _File(_Strict):
    purposes: dict[str, _Purpose]
    models: dict[str, _Model]


@dataclass(frozen=True, slots=True)
class ProcessingPurpose:
    """
    What personal data are kept for, in words, and what in the law says so.

    :ivar name: the purpose in a few words; ``told`` is a whole sentence. Both in bokmål, as the record is.
    """

    id: str
    name: str
    told: str
    basis: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Processing:
    """Why one field is kept, how it is classed, and all that it rests on."""

    field_class: FieldClass
    purpose: ProcessingPurpose
    basis: tuple[Source, ...]


@cache
def purposes() -> dict[str, ProcessingPurpose]:
    """
    Return every purpose by its id, in the order of the file.

    :raises KeyError: the file names a source nobody knows.
    """
    return {
        key: ProcessingPurpose(key, each.name, each.told, tuple(sources.by_id(source) for source in each.basis))
        for key, each in _file().purposes.items()
    }


@cache
def processing() -> dict[tuple[str, str], Processing]:
    """
    Return why each field is kept, by (model, field), in the order of ``field_classes.csv``.

    :raises KeyError: a model has no purpose, or one nobody knows.
    """
    return {key: _of(field_class) for key, field_class in field_classes().items()}


def described() -> dict[str, frozenset[str]]:
    """Return the models that have a purpose, each with the fields that have one of their own."""
    return {model: frozenset(line.fields) for model, line in _file().models.items()}


def _of(field_class: FieldClass) -> Processing:
    line = _file().models[field_class.model]
    purpose = purposes()[line.fields.get(field_class.field, line.purpose)]
    special = (sources.GDPR_9_2_G,) if field_class.kind == "special" else ()
    return Processing(field_class, purpose, (*purpose.basis, *special))


@cache
def _file() -> _File:
    text = resources.files("fotfeste.access").joinpath("processing.yaml").read_text(encoding="utf-8")
    return _File.model_validate(read_yaml(text))
