"""
Counting on behalf of the service, for figures that must come out the same whoever asks, and later.

A youth who has moved is no longer seen by the old school or county, but still counts in the figures of the days before.
So counts are made by the named system actor, over all counties, and only numbers leave the scope. What may be
counted for whom is decided beforehand: see ``policies.reaches`` and ``policies.may_make_report``.
"""

import contextlib
from collections.abc import Iterator
from contextvars import ContextVar

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as, current_actor
from fotfeste.access.selectors import system_actor
from fotfeste.kernel import clock
from fotfeste.organisations.selectors.counties import counties_on, county_names

NAME = "reporter"

_counting: ContextVar[Actor | None] = ContextVar("fotfeste_reporter", default=None)


@contextlib.contextmanager
def as_reporter() -> Iterator[Actor]:
    """Act as the reporter for every county there is or was; inside the reporter's scope, go on in it."""
    reporter = _counting.get()
    if reporter is not None and current_actor() is reporter:
        yield reporter
        return
    with acting_as(system_actor(NAME, county_ids=_counties())) as actor:
        token = _counting.set(actor)
        try:
            yield actor
        finally:
            _counting.reset(token)


def _counties() -> tuple[int, ...]:
    """Return all counties, those of today first: the row policy looks through them in this order, for every row."""
    of_today = [county.pk for county in counties_on(on=clock.today())]
    return (*of_today, *sorted(set(county_names()) - set(of_today)))
