"""What oversight does by the clock."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import all_counties, system_actor
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.oversight.services import flags


@job("oversight.flag_readings")
def flag_readings(timestamp: int = 0) -> None:
    """Look over the last whole week's reading in every county."""
    today = clock.today()
    with acting_as(system_actor("overseer", county_ids=all_counties()), on=today) as overseer:
        flags.flag_week(actor=overseer, week=flags.week_before(today))
