"""The rows everything is loaded from: synthetic people of the ``enrolment`` source, one row each. Kept on disk."""

import csv
import shutil
from itertools import compress
from pathlib import Path

from benchmarks.server import FOLDER
from fotfeste.integrations.synthetic.world import DEFAULT_DAY, write_world

ON = DEFAULT_DAY
COUNTY = 3
SEED = 1
# Columns the enrolment source has got since the yardstick (bare.py) was frozen: both take in what both know.
LATER = frozenset(
    {"oppholdskommune", "oppholdsbydel", "innflyttet", "institusjon", "institusjon_kommune"}
    | {"institusjon_breddegrad", "institusjon_lengdegrad"}
)


def enrolment_file(rows: int) -> Path:
    """Return a file with the latest enrolment of each of so many people, all in one county."""
    folder = FOLDER / f"rows-{rows}"
    made = folder / "enrolment.csv"
    if not made.exists() or not _unit_files(folder):
        aside = FOLDER / f"rows-{rows}.new"
        shutil.rmtree(aside, ignore_errors=True)
        write_world(aside, people=str(rows), county=f"{COUNTY:02}", on=ON, seed=SEED)
        _keep_latest(aside / "enrolment.csv")
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)
    return made


def unit_files(rows: int) -> list[Path]:
    """Return the made-up units those people go to, beside the country's own, in a file for each county."""
    return _unit_files(enrolment_file(rows).parent)


def _unit_files(folder: Path) -> list[Path]:
    return sorted(folder.glob("units-*.csv"))


def refreshed_file(rows: int, share: float = 0.15) -> Path:
    """Return the same rows a week later: an even share of them have another telephone number and address."""
    first = enrolment_file(rows)
    made = first.with_name(f"refreshed-{round(share * 100)}.csv")
    if not made.exists():
        aside = made.with_suffix(".new")
        every = round(1 / share)
        with first.open(encoding="utf-8", newline="") as old, aside.open("w", encoding="utf-8", newline="") as new:
            reader = csv.DictReader(old)
            writer = csv.DictWriter(new, reader.fieldnames or (), lineterminator="\n")
            writer.writeheader()
            for number, row in enumerate(reader):
                if number % every == 0:
                    row["mobil"] = f"58{number:06}"
                    row["adresse"] = f"Nyveien {number % 200 + 1}"
                writer.writerow(row)
        aside.rename(made)
    return made


def same_rows_again(rows: int) -> Path:
    """Return a file with the very same rows that is not the same file: the last row stands first."""
    first = enrolment_file(rows)
    made = first.with_name("again.csv")
    if not made.exists():
        header, *lines = first.read_bytes().splitlines(keepends=True)
        made.write_bytes(b"".join((header, lines[-1], *lines[:-1])))
    return made


def _keep_latest(path: Path) -> None:
    """Leave one row a person; the generator writes a person's rows together, oldest first."""
    kept = path.with_suffix(".kept")
    with path.open(encoding="utf-8", newline="") as source, kept.open("w", encoding="utf-8", newline="") as target:
        reader = csv.reader(source)
        writer = csv.writer(target, lineterminator="\n")
        header = next(reader)
        keeps = [name not in LATER for name in header]
        header = list(compress(header, keeps))
        writer.writerow(header)
        who = [header.index(name) for name in ("fødselsnummer", "fornavn", "etternavn", "fødselsdato", "mobil")]
        before: list[str] = []
        for row in (list(compress(row, keeps)) for row in reader):
            if before and [row[i] for i in who] != [before[i] for i in who]:
                writer.writerow(before)
            before = row
        writer.writerow(before)
    kept.replace(path)
