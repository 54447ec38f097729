"""What of the going-through of accesses is left, for the morning of those who do it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from fotfeste.organisations.review_rounds import ReviewRound, round_on
from fotfeste.organisations.selectors.reviews import unit_reviews


@dataclass(frozen=True, slots=True)
class ReviewLeft:
    """How many roles, at how many units, wait to be gone through in the round."""

    round: ReviewRound
    roles: int
    units: int
    is_overdue: bool


def review_left(
    *, today: date, user_id: int, county_ids: Iterable[int] = (), unit_ids: Iterable[int] = ()
) -> ReviewLeft | None:
    """Return what is left for the user, whose own roles others go through; None when nothing is."""
    round_ = round_on(today)
    if round_ is None:
        return None
    found = unit_reviews(round_=round_, on=today, county_ids=county_ids, unit_ids=unit_ids, but_of=user_id)
    left = [each.left for each in found if each.left]
    return ReviewLeft(round_, sum(left), len(left), round_.is_overdue(today)) if left else None
