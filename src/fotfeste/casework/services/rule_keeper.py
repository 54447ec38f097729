"""
Judging with all the facts in view, whoever's act made it needed.

The rules read the whole school history and where a youth lives. One who may set a status need not know that, and half
the facts would give another answer; so what follows from the rules is worked out by the system actor.
"""

import contextlib
from collections.abc import Iterable, Iterator

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.casework import policies
from fotfeste.people import selectors as people


@contextlib.contextmanager
def with_all_facts(*, actor: Actor, youth_ids: Iterable[int]) -> Iterator[None]:
    """Go on as the actor where it knows all the facts of these youths, else as the system actor."""
    youths = people.youths_by_id(youth_ids).values()
    if all(policies.may_explain(actor=actor, unit_id=each.unit_id, county_id=each.county_id) for each in youths):
        yield
        return
    with acting_as(system_actor("scheduler", county_ids=tuple({each.county_id for each in youths}))):
        yield
