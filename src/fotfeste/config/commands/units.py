"""``fotfeste units``: take in a county's schools, districts and Nav offices, dry unless ``--apply``."""

import argparse
from io import StringIO
from pathlib import Path

from fotfeste.config.commands.arguments import counted
from fotfeste.kernel.errors import Invalid, reason_of

SHOWN = 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, for which county, and whether to keep it."""
    parser.add_argument("file", type=Path, metavar="FIL", help="CSV med én enhet per rad")
    parser.add_argument("--county", required=True, metavar="FYLKE", help="fylkesnummer, to siffer")
    parser.add_argument("--apply", action="store_true", help="ta filen i bruk; ellers blir ingenting endret")


def run(arguments: argparse.Namespace) -> int:
    """Read, tell what would change, and keep it when asked to. Exit 1 when rows were rejected."""
    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.config.commands.counties import county_number
    from fotfeste.organisations.services.unit_changes import change_units
    from fotfeste.organisations.services.units import read_unit_file, read_units

    county_id = county_number(arguments.county)
    actor = system_actor("importer", county_ids=(county_id,))
    rows = read_units(StringIO(read_unit_file(_content_of(arguments.file)), newline=""))
    with acting_as(actor):
        load = change_units(
            actor=actor, county_id=county_id, rows=rows, source=arguments.file.name, apply=arguments.apply
        )
    print(f"{counted(load.rows, 'rad', 'rader')}: {load.new} nye, {load.changed} endret, {load.unchanged} uendret.")
    if load.followed:
        gets = "fikk" if load.applied else "får"
        print(f"{counted(load.followed.moved, 'ungdom', 'ungdommer')} {gets} en annen enhet.")
    for refused in load.rejected[:SHOWN]:
        print(f"  Rad {refused.number}: {refused.sentence}")
    if load.rejected:
        print(f"{counted(len(load.rejected), 'rad', 'rader')} ble avvist.")
    print("Tatt i bruk." if load.applied else "Plan. Ingenting er endret; legg til --apply for å ta den i bruk.")
    return 1 if load.rejected else 0


def _content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as problem:
        raise Invalid(f"Kan ikke lese {path}: {reason_of(problem)}.") from None
