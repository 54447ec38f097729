"""What is kept in step with the units from night to night."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import all_counties, system_actor
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.organisations.services import closing


@job("organisations.end_roles")
def end_roles(timestamp: int = 0) -> None:
    """End the roles at units that have closed."""
    with acting_as(system_actor("scheduler", county_ids=all_counties())) as actor:
        closing.end_roles_at_closed(actor=actor, on=clock.today())
