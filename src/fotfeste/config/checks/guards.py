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
    names, counties = county_names(), counties_in_use(on=clock.today())
    for guard in GUARDS:
        problems = (_problem(guard, county_id, names.get(county_id, "")) for county_id in counties)
        yield Result(guard.name, str(guard.title), tuple(each for each in problems if each))


def _problem(guard: Guard, county_id: int, county: str) -> Problem | None:
    standing = Standing(guard, guard.look(CountyDay(county_id, clock.today())))
    if standing.found.holds:
        return None
    said = " ".join(filter(None, (f"{county}: {standing.sentence}", standing.excuse)))
    return Problem(said, tuple(standing.found.youth_ids[:SHOWN]), is_fault=guard.is_fault)
