"""Read the code lists from the package's own CSV files, once for each process."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of the table ``name`` (without the file ending) in file order."""
    return tuple(_read(name))


def _read(name: str) -> Iterator[dict[str, str]]:
    table = resources.files("fotfeste.codes").joinpath("data", f"{name}.csv")
    yield from csv.DictReader(io.StringIO(table.read_text(encoding="utf-8")))


def day_or_none(text: str) -> date | None:
    """Return the ISO day in ``text``, or None when the cell is empty (open or not known)."""
    return date.fromisoformat(text) if text else None


def yes_or_no(text: str) -> bool:
    """
    Return the truth of a yes/no cell.

    :raises ValueError: the cell holds anything else.
    """
    if text not in {"yes", "no"}:
        raise ValueError(f"Expected yes or no, found {text!r}.")
    return text == "yes"
