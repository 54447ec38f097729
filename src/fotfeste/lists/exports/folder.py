"""A round as a folder of files, one pair for each district."""

from collections import defaultdict
from pathlib import Path

from fotfeste.kernel.errors import Invalid
from fotfeste.lists.exports.otuk import write_csv, write_workbook
from fotfeste.lists.models import OtukRound, OtukRow
from fotfeste.organisations.selectors.units import unit_names


def write_round(made: OtukRound, out: Path) -> list[tuple[str, int]]:
    """
    Write the round's lists and return (district, rows).

    Protected youths stand in no file. File names hold the day and the district, nothing about anybody.

    :raises Invalid: the folder cannot be written to.
    """
    by_district: dict[int, list[OtukRow]] = defaultdict(list)
    for row in made.rows.filter(is_protected=False).order_by("district_id", "number"):
        by_district[row.district_id].append(row)
    names = unit_names(set(by_district))
    try:
        out.mkdir(parents=True, exist_ok=True)
        for district, rows in by_district.items():
            stem = f"otuk-{made.on.isoformat()}-{_file_name(names[district])}"
            write_csv(out / f"{stem}.csv", rows)
            write_workbook(out / f"{stem}.xlsx", made=made, district=names[district], rows=rows)
    except OSError as problem:
        raise Invalid(f"Kan ikke skrive til mappen {out}: {problem.strerror}.") from problem
    return sorted((names[district], len(rows)) for district, rows in by_district.items())


def _file_name(name: str) -> str:
    plain = name.lower().translate(str.maketrans({"æ": "ae", "ø": "o", "å": "a", " ": "-", ".": ""}))
    return "".join(letter for letter in plain if letter.isalnum() or letter == "-")
