"""Keeping what is open to what the rules open, and forgetting sessions whose time is up."""

from datetime import timedelta

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import all_counties, system_actor
from fotfeste.access.services import attempts, grants, sessions
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job


@job("access.reconcile_grants")
def reconcile_grants(timestamp: int = 0) -> None:
    """Close what no fact opens any longer, and open what a rule that begins today opens."""
    today = clock.today()
    with acting_as(system_actor("scheduler", county_ids=all_counties()), on=today):
        grants.reconcile(on=today)


@job("access.forget_sessions")
def forget_sessions(timestamp: int = 0) -> None:
    """Take away sessions that have passed a limit. They are no good to anybody; this only clears them out."""
    sessions.forget_lapsed()


@job("access.forget_attempts")
def forget_attempts(timestamp: int = 0) -> None:
    """Take away counts of tries that no limit looks at any longer."""
    attempts.forget(before=clock.now() - timedelta(days=1))
