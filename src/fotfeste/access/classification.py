"""
Every field of every model, classed: is it about a person, how sensitive, and how long is it kept.

``field_classes.csv`` is the list; a new field fails tests/house until somebody has classed it.
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

CLASSES = ("none", "staff", "personal", "special")
"""Not about a person; about somebody at work here; about a youth; about a youth and special or confidential."""

RETENTIONS = {
    "reference": "Så lenge oppslagsdataene er i bruk.",
    "staff": "Så lenge brukeren har en rolle, og deretter så lenge loggen viser til den.",
    "case": "Så lenge saken er i bruk, deretter etter fylkets bevarings- og kassasjonsvedtak (ikke bestemt nasjonalt).",
    "log": "Ti år, eller så lenge saken den viser til er bevart.",
    "technical": "Til neste gang den skrives, høyst 30 dager.",
}


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
