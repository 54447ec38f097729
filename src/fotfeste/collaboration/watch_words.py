"""Whether a note looks like something that belongs elsewhere: health, substance use, crime, or another's life."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from fotfeste.spec.written import read_yaml

_WORD = re.compile(r"\w+")


class Watched(StrEnum):
    """What a note may look like."""

    HEALTH = "health"
    SUBSTANCE = "substance"
    CRIME = "crime"
    OTHERS = "others"


@cache
def _list() -> Mapping[Watched, tuple[tuple[str, ...], frozenset[str]]]:
    """Return by kind the beginnings of words, and the whole words."""
    text = resources.files("fotfeste.collaboration").joinpath("watch_words.yaml").read_text(encoding="utf-8")
    return {
        Watched(kind): (
            tuple(word for line in lines for word in line if not word.endswith(".")),
            frozenset(word.rstrip(".") for line in lines for word in line if word.endswith(".")),
        )
        for kind, lines in read_yaml(text).items()
    }


@dataclass(frozen=True, slots=True)
class Seen:
    """A word in a field, and what it makes the note look like."""

    field: str
    word: str
    kind: Watched


def looks_like(texts: Mapping[str, str]) -> tuple[Seen, ...]:
    """
    Return the words that make one look again, each once a field, in the order they are written.

    :param texts: what is written, by the field it stands in.
    """
    return tuple(
        Seen(field, word, kind)
        for field, text in texts.items()
        for word in dict.fromkeys(_WORD.findall(text.lower()))
        if (kind := _kind_of(word)) is not None
    )


def _kind_of(word: str) -> Watched | None:
    return next((kind for kind, (starts, whole) in _list().items() if word in whole or word.startswith(starts)), None)
