"""Starting the routines of youths who have come in."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.collaboration.services.starting import start_for_registrations
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.organisations.selectors.counties import county_names


@job("collaboration.start_routines")
def start_routines(timestamp: int = 0) -> None:
    """Start the routine of each youth who came in since last, county by county. Twice does it once."""
    for county_id in county_names():
        worker = system_actor("scheduler", county_ids=(county_id,))
        with acting_as(worker):
            start_for_registrations(county_id=county_id, by_id=worker.user_id, on=clock.today())
