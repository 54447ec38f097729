"""Nobody and nothing is forgotten: the coverage guard, county by county."""

from collections.abc import Iterator

from fotfeste.access.actor import Actor
from fotfeste.config.checks.result import Problem, Result
from fotfeste.kernel import clock
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.oversight.selectors.guards import GUARDS, CountyDay, Guard, Standing, counties_in_use

SHOWN = 20


def look(actor: Actor) -> Iterator[Result]:
    """Ask every guard of every county in use."""
    names, today = county_names(), clock.today()
    days = [CountyDay(county_id, today) for county_id in counties_in_use(on=today)]
    for guard in GUARDS:
        problems = (_problem(guard, day, names.get(day.county_id, "")) for day in days)
        yield Result(guard.name, str(guard.title), tuple(each for each in problems if each))


def _problem(guard: Guard, day: CountyDay, county: str) -> Problem | None:
    standing = Standing(guard, guard.look(day))
    if standing.found.holds:
        return None
    said = " ".join(filter(None, (f"{county}: {standing.sentence}", standing.excuse)))
    return Problem(said, tuple(standing.found.youth_ids[:SHOWN]), is_fault=guard.is_fault)
