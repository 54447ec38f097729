"""Keeping the tasks of the year in step."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.annualwheel.services.tasks import keep_tasks
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.organisations.selectors.counties import county_names


@job("annualwheel.keep_tasks")
def keep_year_tasks(timestamp: int = 0) -> None:
    """Make, give, move, pass on and close the tasks of the year in each county. Run twice on a day it does it once."""
    today = clock.today()
    for county_id in county_names():
        with acting_as(system_actor("scheduler", county_ids=(county_id,)), on=today) as worker:
            keep_tasks(county_id=county_id, by_id=worker.user_id, on=today)
