"""The text a youth is asked by, by version and language. One that has been used is never changed; another is added."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

import yaml

from fotfeste.spec import implements

LANGUAGES = ("nb", "nn", "en")


@dataclass(frozen=True, slots=True)
class ConsentText:
    """One version in one language: what is asked, and what the youth is told."""

    version: str
    language: str
    first_day: date
    title: str
    paragraphs: tuple[str, ...]


@cache
def _all() -> tuple[ConsentText, ...]:
    raw = yaml.safe_load(resources.files("fotfeste.consent").joinpath("consent_texts.yaml").read_text(encoding="utf-8"))
    return tuple(
        ConsentText(each["version"], language, each["first_day"], text["title"], tuple(text["paragraphs"]))
        for each in raw
        for language, text in each["texts"].items()
    )


@implements("con-text-version")
def text_on(*, day: date, language: str) -> ConsentText:
    """Return the text in use on a day; bokmål where the language has none."""
    known = [text for text in _all() if text.first_day <= day]
    latest = max(text.first_day for text in known)
    found = {text.language: text for text in known if text.first_day == latest}
    return found.get(language, found["nb"])


def text_of(*, version: str, language: str) -> ConsentText:
    """
    Return the very text somebody agreed to.

    :raises KeyError: there is no such version.
    """
    found = {text.language: text for text in _all() if text.version == version}
    return found.get(language) or found["nb"]
