"""Making the whole world of a size and writing it into a folder."""

import json
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from fotfeste.integrations.synthetic.files import CountyFiles
from fotfeste.integrations.synthetic.numbers import IdentityNumbers
from fotfeste.integrations.synthetic.population import CountyPopulation
from fotfeste.integrations.synthetic.sizes import CountyPlan, plans_for
from fotfeste.integrations.synthetic.truth import Truth
from fotfeste.integrations.synthetic.unit import Unit
from fotfeste.integrations.synthetic.unit_file import write_units
from fotfeste.integrations.synthetic.year import SeenOn

DEFAULT_DAY, DEFAULT_SEED = date(2026, 11, 23), 1
FIRST_DAY, LAST_DAY = date(2025, 1, 1), date(2031, 12, 31)
"""Outside these, today's rules (the age limit of 24) and today's numbers (until 2032) do not hold."""


@dataclass(slots=True)
class WrittenWorld:
    """What was written, and where."""

    folder: Path
    people: int = 0
    members: int = 0
    counties: dict[str, Path] = field(default_factory=dict)
    """County code to the folder with its files."""
    units: dict[str, Path] = field(default_factory=dict)
    """County code to the file with its units; of counties some only went to school in as well."""
    rows: dict[str, int] = field(default_factory=dict)
    """Rows by file, over all counties."""


def write_world(
    out: Path, *, people: str, county: str | None = None, on: date = DEFAULT_DAY, seed: int = DEFAULT_SEED
) -> WrittenWorld:
    """
    Write the files of a made-up population, streaming, and ``truth.json`` beside them.

    One county stands directly in ``out``; several stand in a folder each, named by county code.

    :raises WrongSize: the size, the county or the day cannot be made.
    """
    plans = plans_for(people, county)
    seen = SeenOn(on)
    world = WrittenWorld(out)
    numbers, serials = IdentityNumbers(seed), count(1)
    truths = {}
    units: dict[str, Unit] = {}
    for plan in plans:
        folder = out if len(plans) == 1 else out / plan.county
        population = CountyPopulation(plan, seen, numbers, serials, seed)
        truths[plan.county] = _write_county(population, folder, seen, world, plan)
        for unit in (*population.units.synthetic, *population.outside.schools_elsewhere):
            if unit.is_synthetic:
                units[unit.org_number] = unit
    world.units = write_units(out, units.values())
    world.rows["units"] = len(units)
    told = {"on": on.isoformat(), "seed": seed, "size": people, "people": world.people, "members": world.members}
    truth = json.dumps({**told, "counties": truths}, ensure_ascii=False, indent=1)
    (out / "truth.json").write_text(truth + "\n", encoding="utf-8")
    return world


def _write_county(
    population: CountyPopulation, folder: Path, seen: SeenOn, world: WrittenWorld, plan: CountyPlan
) -> dict[str, object]:
    truth = Truth(seen)
    with CountyFiles(folder, seen) as files:
        for person in population:
            files.write(person)
            truth.count(person)
    world.counties[plan.county] = folder
    world.people += truth.people
    world.members += truth.members
    for name, rows in files.rows.items():
        world.rows[name] = world.rows.get(name, 0) + rows
    return {"name": plan.name, "rows": files.rows, **truth.as_json()}
