"""``fotfeste otuk``: freeze a round and write each district's list as XLSX and CSV."""

import argparse
from pathlib import Path

from fotfeste.config.commands.arguments import a_day, counted, youths


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which county and day, and where to."""
    parser.add_argument("--county", required=True, metavar="FYLKE")
    parser.add_argument("--on", required=True, type=a_day, metavar="DATO")
    parser.add_argument("--out", required=True, type=Path, metavar="MAPPE")


def run(arguments: argparse.Namespace) -> int:
    """Freeze (or find) the round and write its lists. Exit 1 when somebody has no district."""
    from fotfeste.access.scope import acting_as
    from fotfeste.access.selectors import system_actor
    from fotfeste.config.commands.counties import county_number
    from fotfeste.kernel import clock, formats
    from fotfeste.lists.exports.folder import write_round
    from fotfeste.lists.services.rounds import freeze_round

    county_id = county_number(arguments.county)
    fetched = f"Tatt ut på serveren, {formats.moment(clock.now())}."
    actor = system_actor("scheduler", county_ids=(county_id,))
    with acting_as(actor):
        frozen = freeze_round(actor=actor, county_id=county_id, on=arguments.on)
        written = write_round(frozen.round, arguments.out, by=actor.user_id, fetched=fetched)
    for name, rows in written:
        print(f"  {name}: {youths(rows)}")
    lists = counted(len(written), "liste", "lister")
    print(f"OTUK-lister {arguments.on:%d.%m.%Y}: {youths(frozen.rows)} på {lists}.")
    if frozen.without_district:
        left_out = youths(frozen.without_district)
        print(f"{left_out} står ikke på noen liste fordi bydelen er ukjent. Se køen i Fotfeste.")
    return 1 if frozen.without_district else 0
