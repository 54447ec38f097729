"""Whether a note looks like something that belongs elsewhere: health, substance use, crime, or another's life."""

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources

import yaml

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
            tuple(word for word in words if not word.endswith(".")),
            frozenset(word.rstrip(".") for word in words if word.endswith(".")),
        )
        for kind, words in yaml.safe_load(text).items()
    }


def looks_like(texts: Iterable[str]) -> tuple[Watched, ...]:
    """Return what the texts look like they hold, in the order of the list; nothing when they look like nothing."""
    words = {word for text in texts for word in _WORD.findall(text.lower())}
    return tuple(
        kind
        for kind, (starts, whole) in _list().items()
        if words & whole or any(word.startswith(starts) for word in words)
    )
