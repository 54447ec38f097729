"""
Comparing identity numbers with somebody else's without handing them over (docs/adr/0061).

Neither Django nor a database is needed here: Nav's side has only the package. The sentences are Norwegian, as those of
the commands that say them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from fotfeste.kernel.errors import Invalid

#: Many times a county's longest list, and more than Nav has of an age group anywhere.
MOST_ASKED, MOST_ANSWERING = 50_000, 500_000


@dataclass(frozen=True, slots=True)
class Asked:
    """
    What asking makes.

    :ivar body: what is sent to whoever answers.
    :ivar key: what stays with whoever asks, and without which no answer can be read.
    """

    body: bytes
    key: bytes


class Matching(Protocol):
    """
    A way to compare. The same three steps whichever it is; ``ticket`` is new for each question and binds them together.

    ``answer`` and ``found`` raise ``Invalid`` for a body that another way, or nobody, has made.
    """

    name: str

    def ask(self, numbers: Sequence[str], *, ticket: bytes) -> Asked:
        """Ask which of some numbers the other has."""

    def answer(self, body: bytes, numbers: Collection[str], *, count: int, ticket: bytes) -> bytes:
        """Answer a question about ``count`` numbers with one's own."""

    def found(self, body: bytes, *, count: int, key: bytes) -> frozenset[int]:
        """Return the positions, among the ``count`` numbers that were asked about, of those the other has."""


PRIVATE, KEYED = "psi", "keyed-hash"
METHODS = (PRIVATE, KEYED)


def matching(name: str, *, secret: bytes | None = None) -> Matching:
    """
    Return a way to compare by its name.

    :param secret: what both sides share; only the keyed hash takes one.
    :raises Invalid: there is no such way, its library is not installed, or it lacks a good secret.
    """
    from fotfeste.lists.matching.keyed import KeyedHash
    from fotfeste.lists.matching.private import PrivateIntersection

    if name == PRIVATE:
        return PrivateIntersection()
    if name == KEYED:
        return KeyedHash(secret)
    raise Invalid("Filen bruker en måte å sammenligne på som denne utgaven ikke kjenner.")


def not_readable() -> Invalid:
    """Return what is said of a body that was not made by the step before."""
    return Invalid("Innholdet i filen kan ikke leses. Be om en ny fil.")
