"""Keeping the lists safe between rounds."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.lists.services.rounds import withdraw_protected
from fotfeste.organisations.selectors.counties import county_names


@job("lists.withdraw_protected")
def withdraw_protected_youths(timestamp: int = 0) -> None:
    """Take youths who have become protected since they were listed off the districts' lists."""
    with acting_as(system_actor("scheduler", county_ids=tuple(county_names())), on=clock.today()):
        withdraw_protected()
