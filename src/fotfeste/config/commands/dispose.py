"""``fotfeste dispose``: what is due to be disposed of in a county, by which rule. Counts only; takes nothing away."""

import argparse
import json
from datetime import date
from typing import Any


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which county, on which day, and in what form."""
    parser.add_argument("--county", required=True, metavar="FYLKE", help="fylkesnummer, to siffer")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATO", help="dagen det spørres for; i dag når tomt")
    parser.add_argument("--json", action="store_true", help="skriv svaret som JSON")


def run(arguments: argparse.Namespace) -> int:
    """Tell what is due of each kind, and why the rest is not. Nothing goes but by two people, on the screen."""
    from fotfeste.config.commands.counties import county_number
    from fotfeste.kernel import clock
    from fotfeste.oversight.services.disposals import plan_disposal

    county_id, on = county_number(arguments.county), arguments.on or clock.today()
    found = plan_disposal(county_id=county_id, on=on)
    if arguments.json:
        told = {"county": f"{county_id:02}", "on": on.isoformat(), "kinds": [_as_json(each) for each in found]}
        print(json.dumps(told, ensure_ascii=False))
    else:
        for each in found:
            _show(each)
        print("Ingenting er tatt bort. To personer må godkjenne det på siden «Kassasjon».")
    return 0


def _as_json(due: Any) -> dict[str, Any]:
    return {
        "kind": due.kind.id,
        "reading": due.kind.term.reading,
        "value": due.value,
        "decided": due.decided,
        "basis": [source.citation for source in due.kind.basis],
        "people": due.people,
        "in_one_disposal": due.in_this,
        "rows": dict(due.rows),
        "held": due.held,
        "registered": due.registered,
        "digest": due.digest,
    }


def _show(due: Any) -> None:
    from fotfeste.law.readings import all_readings

    chosen = all_readings()[due.kind.term.reading].text_of(due.value)
    print(f"{due.kind.name}: {due.people} forfalt. Fylket har valgt: {chosen}.")
    for model, count in due.rows:
        print(f"    {model}: {count}")
    if due.held or due.registered:
        print(f"    Står likevel: {due.held} med vern mot kassasjon, {due.registered} som fortsatt er tilmeldt.")
