"""``fotfeste import``: take in a file, dry unless ``--apply``."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from fotfeste.config.commands.arguments import a_day, counted

if TYPE_CHECKING:
    from fotfeste.integrations.reading import Reading, Survey
    from fotfeste.integrations.services.imports import Outcome

_Tell = Callable[[str], None]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to read, for whom, as of when, and whether to keep it."""
    parser.add_argument("source", metavar="KILDE", help="vigo-ot, leavers, non-applicants, without-place, …")
    parser.add_argument("file", metavar="FIL_ELLER_ADRESSE")
    parser.add_argument("--county", required=True, metavar="FYLKE", help="fylkesnummer, to siffer")
    parser.add_argument("--on", type=a_day, metavar="DATO", help="dagen filen gjelder (ellers i dag)")
    parser.add_argument("--apply", action="store_true", help="ta planen i bruk; ellers blir ingenting endret")
    parser.add_argument("--rejects", type=Path, metavar="FIL", help="skriv avviste rader hit, i samme format")
    parser.add_argument("--json", action="store_true", help="skriv resultatet som JSON")
    parser.add_argument("--api-key", metavar="NØKKEL", help="nøkkel til VIGO (ellers FOTFESTE_VIGO_KEY)")


def run(arguments: argparse.Namespace) -> int:
    """Read, plan, and apply when asked to. Exit 1 when rows were rejected, or the sender says that it failed."""
    from fotfeste.config.commands.counties import county_number
    from fotfeste.integrations.reading import LARGEST_FILE, opened, survey
    from fotfeste.kernel import clock

    county_id, on = county_number(arguments.county), arguments.on or clock.today()
    is_address = arguments.file.startswith(("http://", "https://"))
    headers = None
    if is_address:
        key = arguments.api_key or os.environ.get("FOTFESTE_VIGO_KEY", "")
        headers = {"fylkesnr": f"{county_id:02}", "api-key": key, "Accept": "application/json"}
    given = arguments.file if is_address else Path(arguments.file)
    tell = _progress(quiet=arguments.json)
    tell("Leser filen")
    with opened(given, headers=headers, largest=LARGEST_FILE) as file:
        return _take_in(arguments, file, survey(file), county_id=county_id, on=on, tell=tell)


def _take_in(
    arguments: argparse.Namespace, file: BinaryIO, surveyed: Survey, *, county_id: int, on: date, tell: _Tell
) -> int:
    """Take in a file that was looked through. A table taken in before is read only to say which rows were wrong."""
    from django.conf import settings

    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.integrations.reading import read, write_rejects
    from fotfeste.integrations.services.imports import run_import, taken_before
    from fotfeste.kernel import clock
    from fotfeste.organisations.selectors.counties import county_names

    source, apply = arguments.source, arguments.apply
    actor = system_actor("importer", county_ids=tuple(county_names()))
    with acting_as(actor, on=clock.today()):
        before = taken_before(
            actor=actor, source=source, county_id=county_id, on=on, digest=surveyed.digest, apply=apply
        )
    if before and not (before.rejected and (arguments.rejects or not arguments.json)):
        return _say(before, None, arguments, tell)
    with read(source, file, environment=settings.ENVIRONMENT, on=on, surveyed=surveyed) as reading:
        if arguments.rejects and len(reading.rejects):
            write_rejects(reading, arguments.rejects)
        with acting_as(actor, on=clock.today()):
            outcome = run_import(actor=actor, reading=reading, county_id=county_id, on=on, apply=apply, progress=tell)
        return _say(outcome, reading, arguments, tell)


def _say(outcome: Outcome, reading: Reading | None, arguments: argparse.Namespace, tell: _Tell) -> int:
    tell("")
    if arguments.json:
        print(json.dumps(outcome.to_dict(), ensure_ascii=False))
    else:
        _show(outcome, reading, arguments)
    return 1 if outcome.rejected or (reading and reading.meta.sender_failed) else 0


def _progress(*, quiet: bool) -> _Tell:
    """Show the step under way on a terminal; say nothing into files and pipes."""
    if quiet or not sys.stderr.isatty():
        return lambda step: None
    return lambda step: print(f"\r\x1b[K{step}{' …' if step else ''}", end="", file=sys.stderr, flush=True)


def _show(outcome: Outcome, reading: Reading | None, arguments: argparse.Namespace) -> None:
    from fotfeste.config.commands.outcome_words import MEMBERSHIP, why
    from fotfeste.integrations.sources import SOURCES
    from fotfeste.law.outcomes import Membership

    print(f"{SOURCES[outcome.source].title}, fylke {outcome.county}: {counted(outcome.rows, 'rad', 'rader')}")
    print(f"  nye {outcome.new} · endret {outcome.changed} · flyttet {outcome.moved} · uendret {outcome.unchanged}")
    print(f"  avvist {outcome.rejected} · mulige dubletter {outcome.possible_duplicates}")
    for warning in outcome.warnings:
        print(f"  Merk: {warning}")
    for shown, error in enumerate(reading.rejects if reading else ()):
        if shown == 20:
            print("  … Skriv alle avviste rader til en fil med --rejects.")
            break
        print(f"  {error.sentence}")
    for line in outcome.decided[:12]:
        member = MEMBERSHIP[Membership(line["statutory"])]
        unit = line["unit"] or "skjermet, enheten nevnes ikke"
        print(f"  {line['youths']:>7} {unit} – {why(line)} Lovens målgruppe: {member}.")
    print("Tatt i bruk." if outcome.applied else "Plan. Ingenting er endret; legg til --apply for å ta den i bruk.")
