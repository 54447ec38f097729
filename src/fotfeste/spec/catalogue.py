"""The product specification as items: duties, deadlines, rules, forms, indicators, readings and the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from fotfeste.spec.written import read_yaml

# The files in reading order; each holds lists of items under the name of their kind.
FILES = (
    "duties",
    "deadlines",
    "routines",
    "forms",
    "group_rules",
    "unit_rules",
    "status_rules",
    "statuses_2011",
    "reporting",
    "measures",
    "needs_assessment",
    "surveys",
    "agreements",
    "roles",
    "findings",
    "readings",
)

# Lists inside an item that are items of their own: (kind of the parent, key) -> kind of the child.
NESTED = {
    ("duty", "statements"): "duty-statement",
    ("routine", "steps"): "routine-step",
    ("routine", "covers"): "routine-cover",
    ("routine-step", "checkpoints"): "checkpoint",
    ("form", "fields"): "form-field",
    ("grid", "columns"): "grid-column",
    ("grid", "rows"): "grid-row",
    ("grid", "goals"): "grid-goal",
    ("survey", "sections"): "survey-section",
    ("survey-section", "items"): "survey-item",
    ("interview-guide", "questions"): "interview-question",
    ("survey-table", "cells"): "survey-cell",
}

NAMED = frozenset({"id", "label_nb", "label_en", "source"})


@dataclass(frozen=True, slots=True)
class Item:
    """
    One thing the law, the agreement or the standard asks for, or a reading of them.

    ``label_nb`` and every fact ending in ``_nb`` may be shown to users; other texts are for developers.
    """

    id: str
    kind: str
    label_nb: str
    source: str
    label_en: str = ""
    parent: str = ""
    children: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def get(self, name: str, default: Any = None) -> Any:
        """Return the fact `name`, or `default` when the item does not have it."""
        return self.facts.get(name, default)


class UnknownItem(LookupError):
    """No item of the specification has this id."""


def items(kind: str | None = None) -> tuple[Item, ...]:
    """Return the items of one kind, or all of them, in the order of the data files."""
    if kind is None:
        return tuple(_by_id().values())
    return _by_kind().get(kind, ())


def item(item_id: str) -> Item:
    """
    Return the item with this id.

    :raises UnknownItem: when the specification has no such id.
    """
    try:
        return _by_id()[item_id]
    except KeyError:
        raise UnknownItem(f"Not in the specification: {item_id}.") from None


def kinds() -> tuple[str, ...]:
    """Return the kinds of items in the order they first occur."""
    return tuple(_by_kind())


@cache
def documents() -> Mapping[str, Mapping[str, Any]]:
    """Return the documents that `source` names, by key."""
    return MappingProxyType(_load("documents"))


def duty_of(item_id: str) -> str:
    """Return the distinct duty a duty statement repeats; any other id is returned as it is."""
    found = item(item_id)
    return found.parent if found.kind == "duty-statement" else found.id


@cache
def _by_id() -> Mapping[str, Item]:
    found: dict[str, Item] = {}
    for name in FILES:
        for kind, rows in _load(name).items():
            for row in rows:
                for each in _unfold(kind, row, parent=None):
                    if each.id in found:
                        raise ValueError(f"{name}.yaml: the id {each.id} is used twice.")
                    found[each.id] = each
    return MappingProxyType(found)


@cache
def _by_kind() -> Mapping[str, tuple[Item, ...]]:
    grouped: dict[str, list[Item]] = {}
    for each in _by_id().values():
        grouped.setdefault(each.kind, []).append(each)
    return MappingProxyType({kind: tuple(members) for kind, members in grouped.items()})


def _unfold(kind: str, row: Mapping[str, Any], parent: Item | None) -> Iterator[Item]:
    nested = {key: child for (owner, key), child in NESTED.items() if owner == kind and key in row}
    this = Item(
        id=row["id"],
        kind=kind,
        label_nb=row.get("label_nb") or (parent.label_nb if parent else ""),
        label_en=row.get("label_en", ""),
        source=row.get("source", ""),
        parent=parent.id if parent else "",
        children=tuple(inner["id"] for key in nested for inner in row[key]),
        facts=MappingProxyType(
            {key: _frozen(value) for key, value in row.items() if key not in NAMED and key not in nested}
        ),
    )
    yield this
    for key, child in nested.items():
        for inner in row[key]:
            yield from _unfold(child, inner, parent=this)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(each) for each in value)
    if isinstance(value, dict):
        return MappingProxyType({key: _frozen(each) for key, each in value.items()})
    return value


def _load(name: str) -> dict[str, Any]:
    text = resources.files("fotfeste.spec").joinpath("data", f"{name}.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = read_yaml(text)
    return loaded
