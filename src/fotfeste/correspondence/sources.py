"""
What letters that go one by one are about: the words of it that stand in the letter, and the paper that lies with it.

The app that keeps it says so with ``register_source``; it is read when the letter is made, so the row holds neither.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fotfeste.correspondence.enums import LetterKind

#: (youth, what it is about, language) -> what is filled in.
Words = Callable[[int, int, str], Mapping[str, str]]
#: (youth, what it is about, language) -> a PDF; None when it is there no more.
Paper = Callable[[int, int, str], bytes | None]


@dataclass(frozen=True, slots=True)
class _Source:
    words: Words | None
    paper: Paper | None


_sources: dict[str, _Source] = {}


def register_source(kind: LetterKind, *, words: Words | None = None, paper: Paper | None = None) -> None:
    """Say what fills in, and what lies with, letters of a kind."""
    _sources[kind.value] = _Source(words, paper)


def words_about(*, kind: str, youth_id: int, about: str, language: str) -> Mapping[str, str]:
    """Return what a letter says of what it is about; nothing for letters to many."""
    source = _sources.get(kind)
    return source.words(youth_id, _id(about), language) if about and source and source.words else {}


def papers_with(*, kind: str, youth_id: int, about: str, language: str) -> tuple[bytes, ...]:
    """Return what lies with a letter."""
    source = _sources.get(kind)
    made = source.paper(youth_id, _id(about), language) if about and source and source.paper else None
    return (made,) if made is not None else ()


def _id(about: str) -> int:
    return int(about.split(":")[1])
