"""The text of what everybody with a role confirms to know, by version and language, and how long it counts."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from fotfeste.spec.written import read_yaml


@dataclass(frozen=True, slots=True)
class KnowledgeText:
    """One version in one language. ``months``: how long a confirmation of it counts."""

    version: str
    language: str
    first_day: date
    months: int
    title: str
    paragraphs: tuple[str, ...]


@cache
def _all() -> tuple[KnowledgeText, ...]:
    text = resources.files("fotfeste.access").joinpath("knowledge_texts.yaml").read_text(encoding="utf-8")
    return tuple(
        KnowledgeText(
            each["version"], language, each["first_day"], each["months"], told["title"], tuple(told["paragraphs"])
        )
        for each in read_yaml(text)
        for language, told in each["texts"].items()
    )


def version_on(day: date) -> str:
    """Return the version in use on a day, which a confirmation must be of to count; empty before the first."""
    return next((version for version, first_day in reversed(version_rows()) if first_day <= day), "")


@cache
def version_rows() -> tuple[tuple[str, date], ...]:
    """Return each version with its first day, the oldest first, as the database keeps them."""
    return tuple(sorted({(text.version, text.first_day) for text in _all()}, key=lambda row: row[1]))


def text_on(*, day: date, language: str) -> KnowledgeText:
    """Return the text in use on a day; bokmål where the language has none."""
    known = [text for text in _all() if text.first_day <= day]
    latest = max(text.first_day for text in known)
    found = {text.language: text for text in known if text.first_day == latest}
    return found.get(language, found["nb"])
