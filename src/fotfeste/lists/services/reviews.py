"""Letting the youths on the list that is out come to the step where it is gone through, in sets by a job."""

from datetime import date

from fotfeste.collaboration.services import unit_starting
from fotfeste.collaboration.services.starting import leave_unlisted, listed_since, start_for_listed
from fotfeste.collaboration.services.unit_work import advance_unit_runs
from fotfeste.lists.models import OtukRound
from fotfeste.lists.selectors.otuk import current_round
from fotfeste.spec import implements

REVIEW_JOB = "lists.start_reviews"


@implements("rut-outside-s08")
def start_reviews(*, county_id: int, by_id: int, on: date, limit: int) -> int:
    """
    Start the step for a set of the youths on the county's list, and leave it for those who are on it no more.

    What is left to do is worked out each time from how the steps stand, so whatever stops it loses nothing. Nothing is
    started for youths under protection, whom no district is told of. Called in a scope that sees the county.

    :returns: how many youths were seen to; none when there is no more to do.
    """
    made = current_round(county_id=county_id)
    if made is None:
        return 0
    listed = list(_rows(made))
    there = listed_since(county_id=county_id, listed_at=made.known_at)
    waiting = [youth_id for youth_id in listed if youth_id not in there][:limit]
    begun = start_for_listed(
        youth_ids=waiting,
        source=made.source,
        listed_at=made.known_at,
        due_on=made.respond_by,
        by_id=by_id,
        on=on,
    )
    return begun or leave_unlisted(county_id=county_id, listed=listed, by_id=by_id, limit=limit)


def _rows(made: OtukRound) -> list[int]:
    rows = made.rows.filter(is_protected=False, youth__merged_into=None)
    return list(rows.order_by("district_id", "number").values_list("youth_id", flat=True))


def start_washes(*, county_id: int, by_id: int) -> None:
    """Let each district on the list that is out go through it with its Nav office. Twice does it once."""
    made = current_round(county_id=county_id)
    if made is None:
        return
    on_list = made.rows.filter(is_protected=False).order_by("district_id")
    subject = f"{made.source}:{made.on.isoformat()}"
    districts = list(on_list.values_list("district_id", flat=True).distinct())
    unit_starting.start_washes(unit_ids=districts, subject=subject, due_on=made.respond_by, by_id=by_id)
    advance_unit_runs(county_id=county_id, by_id=by_id)
