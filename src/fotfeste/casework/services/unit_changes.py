"""Judging a county's youths anew when its units change: another place, another answer to who takes responsibility."""

from collections.abc import Callable

from django.db import transaction

from fotfeste.casework.services.rerun import rerun_county
from fotfeste.kernel import clock
from fotfeste.organisations.services.unit_followers import Followed


@transaction.atomic
def follow_units(*, county_id: int, change: Callable[[], None], asked_by: int) -> Followed:
    """
    Change the units of a county and let those whose answer rests on them follow; who was placed by hand stays.

    All are judged by the units as they are before, so that only what the change does is told as its doing. Of those
    under protection it is not told that they move: whoever says in a file where a school lies, and looks at the plan
    without using it, could else try out where somebody is.

    :param asked_by: who changes them, for the log.
    """
    today = clock.today()
    anyway = rerun_county(county_id=county_id, on=today, details={"why": "before_units", "asked_by": asked_by})
    change()
    after = rerun_county(county_id=county_id, on=today, details={"why": "units", "asked_by": asked_by})
    return Followed(
        judged=after.judged,
        moved=sum(many for _before, _after, many in after.units),
        moves=after.units,
        regrouped=after.changed - after.moved,
        anyway=anyway.changed,
    )
