"""``fotfeste export-person``: all there is about one person, as files for that person. The number is never repeated."""

import argparse
import json
import sys
from pathlib import Path

from fotfeste.config.commands.explain import NOT_FOUND
from fotfeste.kernel.errors import Invalid, reason_of


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Who, where to, and in what form it is told what was written."""
    parser.add_argument("--county", required=True, metavar="FYLKE", help="fylkesnummer, to siffer")
    parser.add_argument(
        "--id", required=True, metavar="NUMMER", help="identitetsnummeret; «-» leser det fra standard inn"
    )
    parser.add_argument(
        "--out", required=True, type=Path, metavar="MAPPE", help="en tom mappe, eller en som ikke finnes"
    )
    parser.add_argument(
        "--language", default="nb", choices=("nb", "nn", "en"), help="språket i kopien (nb hvis ikke annet er sagt)"
    )
    parser.add_argument("--json", action="store_true", help="skriv hva som ble skrevet, som JSON")


def run(arguments: argparse.Namespace) -> int:
    """Gather, write, and tell what was written. Exit 1 when nobody has the number."""
    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.config.commands.counties import county_number
    from fotfeste.oversight.person_papers import papers
    from fotfeste.oversight.services.person_copies import copy_person

    county_id = county_number(arguments.county)
    number = "".join((sys.stdin.readline() if arguments.id == "-" else arguments.id).split())
    if not (len(number) == 11 and number.isascii() and number.isdigit()):
        raise Invalid("Identitetsnummeret må ha 11 siffer.")
    _require_empty(arguments.out)
    actor = system_actor("overseer", county_ids=(county_id,))
    with acting_as(actor):
        made = copy_person(actor=actor, national_id=number, language=arguments.language)
    if made is None:
        print(json.dumps({"found": False}) if arguments.json else NOT_FOUND)
        return 1
    files = papers(made)
    _write(arguments.out, files)
    if arguments.json:
        print(json.dumps({"found": True, "files": sorted(files), "left_out": made.left_out}, ensure_ascii=False))
    else:
        print(f"Skrev {', '.join(sorted(files))}. Les det som er merket, før du utleverer det.")
    return 0


def _require_empty(folder: Path) -> None:
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Invalid("Mappen må være tom, så ingenting blandes sammen.")
    except OSError as problem:
        raise Invalid(f"Kan ikke bruke mappen. {reason_of(problem)}.") from None


def _write(folder: Path, files: dict[str, bytes]) -> None:
    """Write the files so that nobody else on the machine reads them."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name, content in files.items():
            path = folder / name
            path.touch(mode=0o600, exist_ok=False)
            path.write_bytes(content)
    except OSError as problem:
        raise Invalid(f"Kunne ikke skrive filene. {reason_of(problem)}.") from None
