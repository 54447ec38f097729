"""
Counties and units the product brings with it, from the files in ``organisations/data``.

The rule of who decides: a unit a county keeps itself (``is_kept_locally``) is never touched again; all others are
brought into step with the files. Units are never deleted; one that closes gets a last day in the file.
"""

import csv
from collections.abc import Iterator
from datetime import date
from importlib import resources
from typing import Any

from fotfeste.law.org_number import is_org_number
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import County, Unit
from fotfeste.organisations.unit_index import UnitIndex

OSLO = 3
EDUCATION_AGENCY_OF_OSLO = "976820037"


def load(*, using: str = "default") -> None:
    """
    Load or refresh counties and units from the package's data files. Loading twice changes nothing.

    :param using: the database connection; ``fotfeste migrate`` loads as the owner.
    """
    sources = {row["id"]: _with_licence(row) for row in _rows("sources")}
    for row in _rows("counties"):
        _refresh_county(row, source=sources["ssb-fylke"], using=using)
    index = UnitIndex(Unit.objects.using(using))
    for row in _rows("units_oslo"):
        _refresh_unit(_unit_values(row, index=index, sources=sources), index=index, using=using)
    for county in County.objects.using(using).order_by("pk"):
        _refresh_unit(_education_admin_values(county, index=index), index=index, using=using)


def _rows(name: str) -> Iterator[dict[str, str]]:
    table = resources.files("fotfeste.organisations").joinpath("data", f"{name}.csv")
    with table.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines)


def _with_licence(row: dict[str, str]) -> str:
    return f"{row['text']} ({row['licence']})" if row["licence"] else row["text"]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


def _refresh_county(row: dict[str, str], *, source: str, using: str) -> None:
    values = {
        "name": row["name"],
        "first_day": _day(row["first_day"]),
        "last_day": _day(row["last_day"]),
        "successors": [int(number) for number in row["successors"].split()],
        "source": source,
        "note": row["note"],
    }
    County.objects.using(using).update_or_create(pk=int(row["number"]), defaults=values)


def _unit_values(row: dict[str, str], *, index: UnitIndex, sources: dict[str, str]) -> dict[str, Any]:
    """Return a row of a units file as field values; parents and Nav offices stand above those who name them."""
    texts = ("kind", "also_kind", "name", "org_number", "code", "district_code", "street", "postcode", "city", "note")
    if row["org_number"] and not is_org_number(row["org_number"]):
        raise ValueError(f"{row['name']}: {row['org_number']} is not an organisation number")
    return {
        **{name: row[name] for name in texts},
        "county_id": int(row["county"]),
        "parent": index.by_org_number(row["parent"]) if row["parent"] else None,
        "nav_office": index.by_code(UnitKind.NAV_OFFICE, row["nav_code"]) if row["nav_code"] else None,
        "latitude": _number(row["latitude"]),
        "longitude": _number(row["longitude"]),
        "is_private": row["is_private"] == "yes",
        "takes_responsibility": row["takes_responsibility"] == "yes",
        "source": sources[row["source"]],
    }


def _education_admin_values(county: County, *, index: UnitIndex) -> dict[str, Any]:
    """Return the unit in which a county's service is run; youths nobody else answers for stand there."""
    in_oslo = county.pk == OSLO
    return {
        "county_id": county.pk,
        "kind": UnitKind.EDUCATION_ADMIN,
        "name": "Utdanningsadministrasjonen" if in_oslo else f"Oppfølgingstjenesten {county.name}",
        "vigo_number": f"{county.pk:02}000",
        "takes_responsibility": True,
        "parent": index.by_org_number(EDUCATION_AGENCY_OF_OSLO) if in_oslo else None,
        "first_day": county.first_day,
        "last_day": county.last_day,
        "note": county.note if county.note.startswith("Ikke et fylke") else "",
    }


def _refresh_unit(values: dict[str, Any], *, index: UnitIndex, using: str) -> None:
    """Make the unit, or bring it into step with the file. Nothing is written when nothing differs."""
    unit = index.find(values)
    if unit is None:
        unit = Unit(**values)
    elif unit.is_kept_locally or all(getattr(unit, name) == value for name, value in values.items()):
        return
    else:
        for name, value in values.items():
            setattr(unit, name, value)
    unit.save(using=using)
    index.add(unit)
