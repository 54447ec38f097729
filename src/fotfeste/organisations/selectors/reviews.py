"""Going through who has access: how far each unit has come, and the roles at one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from fotfeste.access import selectors as access
from fotfeste.kernel.seen import mark_of
from fotfeste.organisations.enums import ReviewOutcome, ReviewState
from fotfeste.organisations.models import RoleReview
from fotfeste.organisations.review_rounds import ReviewRound


@dataclass(frozen=True, slots=True)
class UnitReview:
    """How far one unit has come in a round."""

    unit_id: int
    name: str
    total: int
    left: int
    state: ReviewState

    @property
    def done(self) -> int:
        """How many roles somebody has gone through."""
        return self.total - self.left


@dataclass(frozen=True, slots=True)
class RoleRow:
    """One role at a unit, what was decided about it in the round, and the mark of how it stands."""

    assignment: Any
    review: RoleReview | None
    mark: str

    @property
    def is_ended(self) -> bool:
        """Say whether the round has ended it, so that nothing is left to decide."""
        return self.review is not None and self.review.outcome == ReviewOutcome.ENDED


def _to_review(
    *, round_: ReviewRound, on: date, county_ids: Iterable[int] = (), unit_ids: Iterable[int] = ()
) -> QuerySet[Any]:
    """Return the roles held on the day that were held when the round opened; later ones were just decided."""
    return access.roles_at(on=on, county_ids=county_ids, unit_ids=unit_ids).filter(first_day__lt=round_.opens)


def unit_reviews(
    *,
    round_: ReviewRound,
    on: date,
    county_ids: Iterable[int] = (),
    unit_ids: Iterable[int] = (),
    but_of: int | None = None,
) -> list[UnitReview]:
    """
    Return how far each unit with a role to go through has come, those with most left first.

    :param but_of: a user whose own roles are not counted, since others go through them.
    """
    rows = _to_review(round_=round_, on=on, county_ids=county_ids, unit_ids=unit_ids).exclude(user_id=but_of)
    looked_at = Exists(RoleReview.objects.filter(assignment_id=OuterRef("pk"), round=round_.key))
    counted = (
        rows.order_by()
        .annotate(looked_at=looked_at)
        .values_list("unit_id", "unit__name")
        .annotate(total=Count("pk"), left=Count("pk", filter=Q(looked_at=False)))
    )
    late = ReviewState.OVERDUE if round_.is_overdue(on) else ReviewState.OPEN
    found = [
        UnitReview(unit_id, name, total, left, late if left else ReviewState.DONE)
        for unit_id, name, total, left in counted
    ]
    return sorted(found, key=lambda each: (-each.left, each.name.casefold(), each.unit_id))


def roles_to_review(*, unit_id: int, round_: ReviewRound, on: date) -> list[RoleRow]:
    """Return the roles at a unit that are gone through in the round, by the user's name."""
    held = list(_to_review(round_=round_, on=on, unit_ids=[unit_id]))
    latest = latest_reviews(assignment_ids=[each.pk for each in held], round_=round_)
    return [RoleRow(each, latest.get(each.pk), mark_of_role(each, latest.get(each.pk))) for each in held]


def latest_reviews(*, assignment_ids: Iterable[int], round_: ReviewRound) -> dict[int, RoleReview]:
    """Return what was decided last in the round, by role."""
    rows = RoleReview.objects.filter(assignment_id__in=list(assignment_ids), round=round_.key)
    return {each.assignment_id: each for each in rows.select_related("decided_by").order_by("decided_at", "pk")}


def mark_of_role(assignment: Any, review: RoleReview | None) -> str:
    """Return what a form carries to tell whether somebody has decided or ended the role since."""
    return mark_of(assignment.pk, assignment.last_day, review.pk if review else None)
