"""Building the synthetic county, through the same doors as a real one."""

import csv
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.annualwheel.jobs import keep_year_tasks
from fotfeste.casework.services.intake.takeover import take_over
from fotfeste.collaboration.jobs import start_routines
from fotfeste.config.demo.answering import make_lists
from fotfeste.config.demo.furnishing import furnish
from fotfeste.config.demo.letters import prepare_letters
from fotfeste.config.demo.looking import look_around
from fotfeste.config.demo.releases import ask_youths
from fotfeste.config.demo.sharing import share_out
from fotfeste.config.demo.stories import play
from fotfeste.config.demo.users import DemoUser, demo_actors, make_users
from fotfeste.integrations.reading import read
from fotfeste.integrations.selectors import has_imported
from fotfeste.integrations.services.imports import Outcome, run_import
from fotfeste.integrations.synthetic.world import write_world
from fotfeste.kernel import clock
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.organisations.services.units import load_units

OSLO = 3
Say = Callable[[str], None]

# The order in which a county would take them in: who everybody is, then their past, then what the registers say now.
FILES = ("enrolment.csv", "history.jsonl", "private-school.csv", "vigo-ot.json")


#: A service beside the county's own, so that one can see what a partner sees.
PARTNER = {"fylke": f"{OSLO:02}", "type": "samarbeidspart", "navn": "PPT Oslo", "kode": "ppt-oslo"}


@dataclass(slots=True)
class Built:
    """What the demo holds."""

    people: int = 0
    cases: int = 0
    users: list[DemoUser] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)


@transaction.atomic
def build(*, people: str, seed: int, on: date, say: Say) -> Built:
    """
    Make the population and take it in, all or nothing. A database that has youths already is left as it is.

    :param people: ``oslo``, ``county``, ``national`` or a number.
    """
    built = Built()
    is_new = not has_imported()
    if is_new:
        actor = system_actor("importer", county_ids=tuple(county_names()))
        with tempfile.TemporaryDirectory(prefix="fotfeste-") as folder:
            say("Dikter opp ungdommer, skoler og historier")
            world = write_world(Path(folder), people=people, on=on, seed=seed)
            for code, path in world.units.items():
                county = system_actor("importer", county_ids=(int(code),))
                with acting_as(county), path.open(encoding="utf-8-sig", newline="") as units:
                    load_units(actor=county, rows=csv.DictReader(units), source="Syntetisk", apply=True)
            for code, files in world.counties.items():
                _take_in_county(built, int(code), files, on, say)
            with acting_as(actor):
                load_units(actor=actor, rows=[PARTNER], source="Syntetisk", apply=True)
            say("Navngir kontaktpersoner")
            with acting_as(actor):
                furnish(actor=actor, county_id=OSLO, on=on, seed=seed)
            built.people, built.cases = world.people, world.members
            say("Starter rutinene til dem som er kommet inn")
            start_routines()
    built.users = make_users(county_id=OSLO)
    if is_new:
        for counsellor in demo_actors(role=Role.COUNSELLOR, on=on):
            ask_youths(actor=counsellor, on=on)
        share_out(units=("Hersleb",), county_id=OSLO)
        say("Lager de to siste OTUK-rundene og svarer på dem")
        make_lists(maker=system_actor("scheduler", county_ids=(OSLO,)), county_id=OSLO, on=on)
        say("Lar noen av ungdommene ha en historie: møter, planer, oppgaver og meldinger")
        play(on=on)
        prepare_letters(county_id=OSLO, on=on)
        keep_year_tasks()
        look_around(county_id=OSLO, on=on)
    return built


def _take_in_county(built: Built, county_id: int, folder: Path, on: date, say: Say) -> None:
    actor = system_actor("importer", county_ids=tuple(county_names()))
    for name in FILES:
        path = folder / name
        if not path.exists():
            continue
        say(f"Fylke {county_id:02}: tar inn {name}")
        if path.suffix == ".jsonl":
            with acting_as(actor), path.open(encoding="utf-8") as lines:
                take_over(lines=lines, county_id=county_id, actor_id=actor.user_id)
            continue
        with read(path.stem, path, environment="demo", on=on) as reading, acting_as(actor, on=clock.today()):
            built.outcomes.append(run_import(actor=actor, reading=reading, county_id=county_id, on=on, apply=True))
