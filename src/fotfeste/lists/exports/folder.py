"""A round as a folder of files, one pair for each district."""

import string
import unicodedata
from collections import defaultdict
from pathlib import Path

from fotfeste.kernel.errors import Invalid, reason_of
from fotfeste.lists.exports.otuk import write_csv, write_workbook
from fotfeste.lists.models import OtukRound, OtukRow
from fotfeste.lists.services.taking_out import log_taken_out
from fotfeste.organisations.selectors.units import unit_names

_IN_NAMES = frozenset(string.ascii_lowercase + string.digits + "-")


def write_round(made: OtukRound, out: Path, *, by: int, fetched: str) -> list[tuple[str, int]]:
    """
    Write the round's lists and return (district, rows).

    Protected youths stand in no file. File names hold the day and the district, nothing about anybody.

    :param by: the user the log says took them out.
    :param fetched: who takes them out and when, which each file bears.
    :raises Invalid: the folder cannot be written to.
    """
    by_district: dict[int, list[OtukRow]] = defaultdict(list)
    for row in made.rows.filter(is_protected=False, youth__protection="none").order_by("district_id", "number"):
        by_district[row.district_id].append(row)
    names = unit_names(set(by_district))
    try:
        out.mkdir(parents=True, exist_ok=True)
        for district, rows in by_district.items():
            stem = file_stem(made, names[district])
            log_taken_out(by=by, made=made, unit_id=district, kind="folder", rows=rows)
            with (out / f"{stem}.csv").open("wb") as file:
                write_csv(file, rows, fetched=fetched)
            with (out / f"{stem}.xlsx").open("wb") as file:
                write_workbook(file, made=made, district=names[district], rows=rows, fetched=fetched)
    except OSError as problem:
        raise Invalid(f"Kan ikke skrive til mappen {out}: {reason_of(problem)}.") from problem
    return sorted((names[district], len(rows)) for district, rows in by_district.items())


def file_stem(made: OtukRound, district: str) -> str:
    """Return what a list's file is called: the day and the district, nothing about anybody."""
    spelt = district.lower().replace("æ", "ae").replace("ø", "o").replace(" ", "-")
    name = "".join(letter for letter in unicodedata.normalize("NFKD", spelt) if letter in _IN_NAMES)
    return f"otuk-{made.on.isoformat()}-{name}"
