"""Judging a county's youths anew when its units change: another place, another answer to who takes responsibility."""

from collections.abc import Callable
from functools import partial

from django.db import transaction

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.casework.selectors.resting_on_units import youths_resting_on
from fotfeste.casework.services import intake
from fotfeste.casework.services.rerun import rerun_county
from fotfeste.kernel import clock
from fotfeste.organisations.services.unit_followers import Changing, Followed
from fotfeste.people.selectors import count_in_the_open


@transaction.atomic
def follow_units(*, county_id: int, changing: Changing, change: Callable[[], None], asked_by: int) -> Followed:
    """
    Change the units of a county and let those whose answer rests on them follow; who was placed by hand stays.

    Only those are judged whose answer may rest on the units. They are judged by the units as they are before, so that
    only what the change does is told as its doing. Those under protection are not counted: whoever says in a file where
    a school lies, and looks at the plan without using it, could else try out where somebody is.

    :param changing: the units somebody's answer may rest on.
    :param asked_by: who changes them, for the log.
    """
    today = clock.today()
    intake.wait_for_turn(county_id)
    with acting_as(system_actor("scheduler", county_ids=(county_id,)), on=today):
        youth_ids = youths_resting_on(county_id=county_id, changing=changing)
        known = count_in_the_open(county_id=county_id)
    judge = partial(rerun_county, county_id=county_id, on=today, youth_ids=youth_ids)
    anyway = judge(details={"why": "before_units", "asked_by": asked_by})
    change()
    after = judge(details={"why": "units", "asked_by": asked_by})
    return Followed(
        known=known,
        moved=sum(many for _before, _after, many in after.units),
        moves=after.units,
        regrouped=after.changed - after.moved,
        anyway=anyway.changed,
    )
