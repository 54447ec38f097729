"""``units-03.csv``: the made-up units of a county the other files speak of, as a file the county takes in itself."""

import csv
from collections.abc import Iterable
from pathlib import Path

from fotfeste.integrations.synthetic.unit import (
    ADULT,
    APPRENTICESHIP,
    DISTRICT,
    LOWER,
    NAV_OFFICE,
    UPPER,
    Unit,
)

COLUMNS = (
    "fylke", "type", "navn", "orgnr", "vigo_nr", "kode", "breddegrad", "lengdegrad", "privat", "tar_ansvar", "bydel",
    "nav_kode",
)  # fmt: skip
KINDS = {
    UPPER: "vgs",
    LOWER: "ungdomsskole",
    ADULT: "voksenopplæring",
    DISTRICT: "bydel",
    NAV_OFFICE: "nav",
    APPRENTICESHIP: "fagopplæring",
}
YES_OR_NO = {True: "ja", False: "nei"}


def write_units(folder: Path, units: Iterable[Unit]) -> dict[str, Path]:
    """Write a file for each county that has some of the units, since a county takes in its own, and return them."""
    by_county: dict[str, list[Unit]] = {}
    for unit in units:
        by_county.setdefault(unit.county, []).append(unit)
    files = {county: folder / f"units-{county}.csv" for county in sorted(by_county)}
    for county, path in files.items():
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(map(_cells, by_county[county]))
    return files


def _cells(unit: Unit) -> tuple[str | float | None, ...]:
    return (
        unit.county,
        KINDS[unit.kind],
        unit.name,
        unit.org_number,
        unit.vigo_number,
        unit.code,
        unit.latitude,
        unit.longitude,
        YES_OR_NO[unit.is_private],
        YES_OR_NO[unit.takes_responsibility],
        unit.district,
        unit.nav_code,
    )
