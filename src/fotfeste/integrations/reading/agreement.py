"""Two rows for one person: alike, they are one; contradicting each other, neither is believed."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from fotfeste.integrations.sources import RowDefinition

ABOUT_THE_PERSON = {
    "born": "fødselsdato",
    "first_name": "fornavn",
    "last_name": "etternavn",
    "protection": "adressebeskyttelse",
}
"""What must be the same in every row about a person, also where a person may have many rows."""
_MOST_NAMED = 10
Numbers = npt.NDArray[np.int64]


class Contradictions(NamedTuple):
    """
    Rows that other rows about the same person contradict, without an object per row.

    ``members`` are the rows group by group in row order, ``starts`` where each group begins (and the last ends),
    ``differs`` a column per group saying which of `ABOUT_THE_PERSON` it disagrees on.
    """

    members: Numbers
    starts: Numbers
    differs: npt.NDArray[np.bool_]
    rows: Numbers
    group_of_row: Numbers

    def sentence(self, row_no: int) -> str | None:
        """Return what is wrong with a row, naming what differs and the rows it differs from; None if nothing is."""
        place = int(np.searchsorted(self.rows, row_no))
        if place == len(self.rows) or self.rows[place] != row_no:
            return None
        group = int(self.group_of_row[place])
        members = self.members[self.starts[group] : self.starts[group + 1]][: _MOST_NAMED + 1].tolist()
        others = [str(other) for other in members if other != row_no][:_MOST_NAMED]
        differing = [
            word for word, differs in zip(ABOUT_THE_PERSON.values(), self.differs[:, group], strict=True) if differs
        ]
        return (
            f"Rad {row_no} og rad {_and(others)} gjelder samme person, men har ulik {_and(differing or ['innhold'])}. "
            "Ingen av dem er tatt inn: rett dem så de stemmer overens, eller behold den som gjelder."
        )


class Verdict(NamedTuple):
    """Rows that repeat an earlier row, in row order, rows that contradict each other, and whether nobody has two."""

    repeated: Numbers
    contradictions: Contradictions
    one_row_each: bool


class Agreement:
    """
    Remembers 56 bytes per row: whom it is about, what it says of the person, what it says in all, and its number.

    Fingerprints are Python's own 64-bit hashes of the text, made and compared within one run.
    """

    def __init__(self, definition: RowDefinition) -> None:
        self._one_row_per_person = definition.one_row_per_person
        self._parts: list[Numbers] = []

    def note(self, row_nos: Sequence[int], columns: Mapping[str, Sequence[str]], bodies: Sequence[str]) -> None:
        """Remember the accepted rows of a block. A row without an identity number is about nobody but itself."""
        count = len(bodies)
        whole = _fingerprints(bodies, count)
        numbers = _fingerprints(columns.get("national_id", ()), count)
        key = np.where(numbers == hash(""), whole, numbers)
        about = [_fingerprints(columns.get(name, ()), count) for name in ABOUT_THE_PERSON]
        self._parts.append(np.stack([key, whole, np.fromiter(row_nos, dtype=np.int64, count=count), *about]))

    def verdict(self) -> Verdict:
        """Compare all rows noted."""
        if not self._parts:
            self._parts.append(np.zeros((3 + len(ABOUT_THE_PERSON), 0), dtype=np.int64))
        noted = np.concatenate(self._parts, axis=1)
        self._parts.clear()
        in_order = np.sort(noted[0])
        one_row_each = bool((in_order[1:] != in_order[:-1]).all())
        if one_row_each:
            noted = noted[:, :0]
        noted = noted[:, np.lexsort((noted[2], noted[0]))]
        key, whole, row_no, about = noted[0], noted[1], noted[2], noted[3:]
        starts = np.flatnonzero(np.concatenate((np.ones(min(1, len(key)), dtype=bool), key[1:] != key[:-1])))
        differs = np.array([_differs(said, starts) for said in about], dtype=bool)
        disagrees = _differs(whole, starts) if self._one_row_per_person else differs.any(axis=0)
        sizes = np.diff(np.append(starts, len(key)))
        is_contradicted = np.repeat(disagrees, sizes)
        contradictions = _contradictions(row_no[is_contradicted], sizes[disagrees], differs[:, disagrees])
        repeated = _repeated(key[~is_contradicted], whole[~is_contradicted], row_no[~is_contradicted])
        return Verdict(repeated, contradictions, one_row_each)


def _contradictions(members: Numbers, sizes: Numbers, differs: npt.NDArray[np.bool_]) -> Contradictions:
    order = np.argsort(members)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
    return Contradictions(members, starts, differs, members[order], groups[order])


def _repeated(key: Numbers, whole: Numbers, row_no: Numbers) -> Numbers:
    """Return the rows that are wholly alike one above them."""
    order = np.lexsort((row_no, whole, key))
    key, whole, row_no = key[order], whole[order], row_no[order]
    return np.sort(row_no[1:][(key[1:] == key[:-1]) & (whole[1:] == whole[:-1])])


def _differs(said: Numbers, starts: Numbers) -> npt.NDArray[np.bool_]:
    """Return for each group, sorted together, whether its rows say different things."""
    if not len(starts):
        return np.zeros(0, dtype=bool)
    return np.minimum.reduceat(said, starts) != np.maximum.reduceat(said, starts)


def _fingerprints(texts: Sequence[str], count: int) -> Numbers:
    if not texts:
        return np.full(count, hash(""), dtype=np.int64)  # a column nobody filled in says the same as empty cells
    return np.fromiter(map(hash, texts), dtype=np.int64, count=count)


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " og " + words[-1]
