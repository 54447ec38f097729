"""Two rows for one person: alike, they are one; contradicting each other, neither is believed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from fotfeste.integrations.sources import INTAKE_FIELDS, RowDefinition

ABOUT_THE_PERSON = ("born", "first_name", "last_name", "protection")
"""What must be the same in every row about a person, also where a person may have many rows."""
_WORDS = {
    "born": "fødselsdato",
    "first_name": "fornavn",
    "last_name": "etternavn",
    "protection": "adressebeskyttelse",
}
_MOST_NAMED = 10
_Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Rows that repeat an earlier row, and groups of rows that contradict each other."""

    repeated: list[int] = field(default_factory=list)
    contradicting: list[list[int]] = field(default_factory=list)


class Agreement:
    """
    Remembers 32 bytes per row: whom it is about, what it says of the person, what it says in all, and its number.

    Fingerprints are Python's own 64-bit hashes of the text, made and compared within one run.
    """

    def __init__(self, definition: RowDefinition) -> None:
        self._one_row_per_person = definition.one_row_per_person
        self._parts: list[_Numbers] = []

    def note(self, row_nos: Sequence[int], columns: Mapping[str, Sequence[str]], bodies: Sequence[str]) -> None:
        """Remember the accepted rows of a block. A row without an identity number is about nobody but itself."""
        whole = _fingerprints(bodies)
        numbers = columns.get("national_id")
        blank = [""] * len(bodies)  # a column left out of this block because nobody in it has a value
        about = [columns.get(name) or blank for name in ABOUT_THE_PERSON]
        person = np.fromiter(map(hash, zip(*about, strict=True)), dtype=np.int64, count=len(bodies))
        of_numbers = _fingerprints(numbers) if numbers else whole
        key = np.where(of_numbers == hash(""), whole, of_numbers)
        said = whole if self._one_row_per_person else person
        self._parts.append(np.stack([key, said, whole, np.fromiter(row_nos, dtype=np.int64, count=len(bodies))]))

    def verdict(self) -> Verdict:
        """Compare all rows noted."""
        if not self._parts:
            return Verdict()
        key, said, whole, row_no = np.concatenate(self._parts, axis=1)
        order = np.lexsort((row_no, whole, key))
        key, said, whole, row_no = key[order], said[order], whole[order], row_no[order]
        is_repeated = np.zeros(len(key), dtype=bool)
        is_repeated[1:] = (key[1:] == key[:-1]) & (whole[1:] == whole[:-1])
        starts = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        disagree = np.minimum.reduceat(said, starts) != np.maximum.reduceat(said, starts)
        ends = np.append(starts[1:], len(key))
        contradicting = [
            sorted(row_no[first:end].tolist())
            for first, end in zip(starts[disagree].tolist(), ends[disagree].tolist(), strict=True)
        ]
        of_contradicting = {number for group in contradicting for number in group}
        repeated = [number for number in sorted(row_no[is_repeated].tolist()) if number not in of_contradicting]
        return Verdict(repeated, contradicting)


def contradiction(row_no: int, group: Sequence[int], texts: Mapping[int, tuple[str, ...]]) -> str:
    """Return the sentence for a row that other rows in the group contradict, naming what differs and where."""
    others = [other for other in group if other != row_no][:_MOST_NAMED]
    differing = [
        name
        for place, name in enumerate(INTAKE_FIELDS)
        if name != "row_no" and len({texts[number][place] for number in group}) > 1
    ]
    words = [_WORDS[name] for name in differing if name in _WORDS] or ["innhold"]
    rows = "rad " + _and([str(other) for other in others])
    return (
        f"Rad {row_no} og {rows} gjelder samme person, men har ulik {_and(words)}. "
        "Ingen av dem er tatt inn: rett dem så de stemmer overens, eller behold den som gjelder."
    )


def _fingerprints(texts: Sequence[str]) -> _Numbers:
    return np.fromiter(map(hash, texts), dtype=np.int64, count=len(texts))


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " og " + words[-1]
