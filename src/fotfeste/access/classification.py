"""
Every field of every model, classed: is it about a person, how sensitive, and how long is it kept.

``field_classes.csv`` is the list; a new field fails tests/house until somebody has classed it. How long each class is
kept stands in ``retention_rules.yaml``.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

CLASSES = ("none", "staff", "personal", "special")
"""Not about a person; about somebody at work here; about a youth; about a youth and special or confidential."""


@dataclass(frozen=True, slots=True)
class FieldClass:
    """How one field is classed."""

    model: str
    field: str
    kind: str
    retention: str


@cache
def field_classes() -> dict[tuple[str, str], FieldClass]:
    """Return the class of each field by (model, field), as in ``people.Youth`` and ``born``."""
    text = resources.files("fotfeste.access").joinpath("field_classes.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {(row["model"], row["field"]): FieldClass(**row) for row in rows}
