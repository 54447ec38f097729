"""The units the product brings with it, read from the organisations package as plain data."""

import csv
from datetime import date
from importlib import resources

from fotfeste.integrations.synthetic.places import OSLO
from fotfeste.integrations.synthetic.unit import Unit

OPENED = {"936729916": date(2026, 8, 1)}
"""Schools so new that few have left them: Mølla."""


def shipped_units(county: str) -> tuple[Unit, ...]:
    """Return the units of a county that come with the product, without its education administration."""
    if county != OSLO:
        return ()
    table = resources.files("fotfeste.organisations") / "data" / "units_oslo.csv"
    return tuple(map(_unit, csv.DictReader(table.read_text(encoding="utf-8").splitlines())))


def _unit(row: dict[str, str]) -> Unit:
    return Unit(
        county=row["county"],
        kind=row["kind"],
        also_kind=row["also_kind"],
        name=row["name"],
        org_number=row["org_number"],
        code=row["code"],
        nav_code=row["nav_code"],
        district=row["district_code"],
        postcode=row["postcode"],
        city=row["city"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
        is_private=row["is_private"] == "yes",
        takes_responsibility=row["takes_responsibility"] == "yes",
        first_day=OPENED.get(row["org_number"]),
    )
