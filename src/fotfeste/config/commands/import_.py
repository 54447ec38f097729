"""``fotfeste import``: take in a file, dry unless ``--apply``."""

import argparse
import json
import os
import sys
from pathlib import Path

from fotfeste.config.commands.arguments import a_day, counted


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
    from django.conf import settings

    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.config.commands.counties import county_number
    from fotfeste.integrations.reading import read, write_rejects
    from fotfeste.integrations.services.imports import run_import
    from fotfeste.kernel import clock
    from fotfeste.organisations.selectors.counties import county_names

    county_id = county_number(arguments.county)
    on = arguments.on or clock.today()
    is_address = arguments.file.startswith(("http://", "https://"))
    headers = None
    if is_address:
        key = arguments.api_key or os.environ.get("FOTFESTE_VIGO_KEY", "")
        headers = {"fylkesnr": f"{county_id:02}", "api-key": key, "Accept": "application/json"}
    actor = system_actor("importer", county_ids=tuple(county_names()))
    tell = _progress(quiet=arguments.json)
    given = arguments.file if is_address else Path(arguments.file)
    tell("Leser filen")
    with read(arguments.source, given, environment=settings.ENVIRONMENT, on=on, headers=headers) as reading:
        if arguments.rejects and len(reading.rejects):
            write_rejects(reading, arguments.rejects)
        with acting_as(actor, on=clock.today()):
            outcome = run_import(
                actor=actor, reading=reading, county_id=county_id, on=on, apply=arguments.apply, progress=tell
            )
        tell("")
        if arguments.json:
            print(json.dumps(outcome.to_dict(), ensure_ascii=False))
        else:
            _show(outcome, reading, arguments)
        return 1 if outcome.rejected or reading.meta.sender_failed else 0


def _progress(*, quiet: bool):  # type: ignore[no-untyped-def]
    """Show the step under way on a terminal; say nothing into files and pipes."""
    if quiet or not sys.stderr.isatty():
        return lambda step: None
    return lambda step: print(f"\r\x1b[K{step}{' …' if step else ''}", end="", file=sys.stderr, flush=True)


def _show(outcome, reading, arguments) -> None:  # type: ignore[no-untyped-def]
    from fotfeste.config.commands.outcome_words import MEMBERSHIP
    from fotfeste.law.outcomes import Membership

    print(f"{reading.definition.title}, fylke {outcome.county}: {counted(outcome.rows, 'rad', 'rader')}")
    print(f"  nye {outcome.new} · endret {outcome.changed} · flyttet {outcome.moved} · uendret {outcome.unchanged}")
    print(f"  avvist {outcome.rejected} · mulige dubletter {outcome.possible_duplicates}")
    for warning in outcome.warnings:
        print(f"  Merk: {warning}")
    for shown, error in enumerate(reading.rejects):
        if shown == 20:
            print("  … Skriv alle avviste rader til en fil med --rejects.")
            break
        print(f"  {error.sentence}")
    for line in outcome.decided[:12]:
        why = line["rule"] or line["ground"]
        member = MEMBERSHIP[Membership(line["statutory"])]
        print(f"  {line['youths']:>7} {line['unit']} ({why}; lovens målgruppe: {member})")
    print("Tatt i bruk." if outcome.applied else "Plan. Ingenting er endret; legg til --apply for å ta den i bruk.")
