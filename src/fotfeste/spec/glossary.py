"""The glossary: one English word in code for each Norwegian concept."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Term:
    """
    One concept: its name in code and what it is called in bokmål, nynorsk and English.

    `also_nb` holds other Norwegian words for the same concept.
    """

    code_name: str
    nb: str
    also_nb: tuple[str, ...]
    nn: str
    en: str
    abbreviation: str
    meaning: str
    source: str

    @property
    def class_name(self) -> str:
        """Return the name of a class for the concept: contact_attempt becomes ContactAttempt."""
        return "".join(word.capitalize() for word in self.code_name.split("_"))


@cache
def terms() -> tuple[Term, ...]:
    """Return every term, ordered by its name in code."""
    listing = resources.files("fotfeste.spec").joinpath("data", "glossary.csv").read_text(encoding="utf-8")
    read = [
        Term(
            code_name=row["code_name"],
            nb=row["nb"],
            also_nb=tuple(word.strip() for word in row["also_nb"].split(";") if word.strip()),
            nn=row["nn"],
            en=row["en"],
            abbreviation=row["abbreviation"],
            meaning=row["meaning"],
            source=row["source"],
        )
        for row in csv.DictReader(listing.splitlines())
    ]
    return tuple(sorted(read, key=lambda term: term.code_name))


@cache
def code_names() -> frozenset[str]:
    """Return the names that code may use, both as identifiers (contact_attempt) and as classes (ContactAttempt)."""
    return frozenset(name for term in terms() for name in (term.code_name, term.class_name))


def as_markdown() -> str:
    """Return the text of GLOSSARY.md."""
    lines = [
        "# Glossary",
        "",
        "One English word per concept. Code uses the name in the first column, screens use the Norwegian ones.",
        "Every model and every enum has a line here. To add one, put a row in `src/fotfeste/spec/data/glossary.csv`",
        "and run `fotfeste spec --write`.",
        "",
        "| In code | Bokmål | Nynorsk | English | Short | Meaning |",
        "|---|---|---|---|---|---|",
    ]
    for term in terms():
        nb = ", ".join((term.nb, *term.also_nb))
        lines.append(
            f"| `{term.code_name}` | {nb} | {term.nn} | {term.en} | {term.abbreviation or '–'} | {term.meaning} |"
        )
    return "\n".join(lines) + "\n"
