"""What ``fotfeste synth`` does."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fotfeste.integrations.synthetic.sizes import WrongSize
from fotfeste.integrations.synthetic.table_2011 import TABLE, write_table_2011
from fotfeste.integrations.synthetic.world import DEFAULT_DAY, DEFAULT_SEED, FIRST_DAY, LAST_DAY, write_world


@dataclass(frozen=True, slots=True)
class SynthReport:
    """What was written, in one sentence and in figures. ``files`` are rows by file (youth by county for the table)."""

    folder: Path
    people: int
    members: int
    files: dict[str, int]
    summary: str


def run(
    *,
    out: Path,
    table: str | None = None,
    people: str | None = None,
    county: str | None = None,
    on: date | None = None,
    seed: int | None = None,
) -> SynthReport:
    """
    Write synthetic files into ``out``: the table of 2011, or a population of a size.

    :param table: ``ot-2011``; excludes ``people``, ``county`` and ``on``.
    :param people: ``oslo``, ``county``, ``national`` or a number (see `sizes`).
    :param on: the day the world is seen, 23 November 2026 when not given.
    :raises WrongSize: what was asked for cannot be made; the text is a sentence for the user.
    :raises OSError: the folder cannot be written.
    """
    seed = DEFAULT_SEED if seed is None else seed
    if (table is None) == (people is None):
        raise WrongSize("Oppgi enten --table ot-2011 eller --people (oslo, county, national eller et antall).")
    if table is not None:
        return _table(out, table, has_other_choices=bool(county or on), seed=seed)
    day = on or DEFAULT_DAY
    if not FIRST_DAY <= day <= LAST_DAY:
        raise WrongSize(f"Dagen må ligge mellom {FIRST_DAY:%d.%m.%Y} og {LAST_DAY:%d.%m.%Y}.")
    world = write_world(out, people=people or "", county=county, on=day, seed=seed)
    where = f"{len(world.counties)} fylker" if len(world.counties) > 1 else f"fylke {next(iter(world.counties))}"
    summary = (
        f"{world.people} syntetiske personer i {where}, {world.members} i oppfølgingstjenesten "
        f"per {day:%d.%m.%Y}, skrevet til {out}."
    )
    return SynthReport(out, world.people, world.members, world.rows, summary)


def _table(out: Path, table: str, *, has_other_choices: bool, seed: int) -> SynthReport:
    if table != TABLE:
        raise WrongSize(f"Tabellen «{table}» finnes ikke: bruk {TABLE}.")
    if has_other_choices:
        raise WrongSize(f"--county og --on gjelder ikke sammen med --table {TABLE}: tabellen har sine egne.")
    counts = write_table_2011(out, seed=seed)
    people = sum(counts.values())
    summary = f"{people} syntetiske ungdommer i {len(counts)} filer, skrevet til {out}."
    return SynthReport(out, people, people, counts, summary)
