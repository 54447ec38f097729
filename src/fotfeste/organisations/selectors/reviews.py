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
from fotfeste.organisations.review_rounds import ReviewRound, round_of

NOBODY = 0  # the id of no user


@dataclass(frozen=True, slots=True)
class UnitReview:
    """
    How far one unit has come in a round.

    :ivar left: how many roles wait for the one who asks.
    :ivar own_left: how many of that one's own roles wait, for somebody else.
    """

    unit_id: int
    name: str
    total: int
    left: int
    own_left: int
    state: ReviewState

    @property
    def done(self) -> int:
        """How many roles somebody has gone through."""
        return self.total - self.left - self.own_left


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

    :param but_of: the user who asks, whose own roles are counted apart, since others go through them.
    """
    rows = _to_review(round_=round_, on=on, county_ids=county_ids, unit_ids=unit_ids)
    own = Q(user_id=but_of if but_of is not None else NOBODY)
    looked_at = Exists(RoleReview.objects.filter(assignment_id=OuterRef("pk"), round=round_.key))
    counted = (
        rows.order_by()
        .annotate(looked_at=looked_at)
        .values_list("unit_id", "unit__name")
        .annotate(
            total=Count("pk"),
            left=Count("pk", filter=Q(looked_at=False) & ~own),
            own_left=Count("pk", filter=Q(looked_at=False) & own),
        )
    )
    late = ReviewState.OVERDUE if round_.is_overdue(on) else ReviewState.OPEN
    found = [
        UnitReview(unit_id, name, total, left, own_left, late if left or own_left else ReviewState.DONE)
        for unit_id, name, total, left, own_left in counted
    ]
    return sorted(found, key=lambda each: (-each.left, -each.own_left, each.name.casefold(), each.unit_id))


def roles_to_review(*, unit_id: int, round_: ReviewRound, on: date) -> list[RoleRow]:
    """Return the roles at a unit that are gone through in the round, by the user's name, and last those it ended."""
    held = list(_to_review(round_=round_, on=on, unit_ids=[unit_id]))
    ended = reviews_at(unit_id=unit_id, key=round_.key).filter(outcome=ReviewOutcome.ENDED)
    held += [each.assignment for each in ended.exclude(assignment_id__in=[each.pk for each in held])]
    latest = latest_reviews(assignment_ids=[each.pk for each in held], round_=round_)
    return [RoleRow(each, latest.get(each.pk), mark_of_role(each, latest.get(each.pk))) for each in held]


def rounds_at(*, unit_id: int, but: str) -> list[ReviewRound]:
    """Return the rounds in which something was decided at the unit, except one, the latest first."""
    keys = RoleReview.objects.filter(assignment__unit_id=unit_id).exclude(round=but).values_list("round", flat=True)
    found = (round_of(key) for key in keys.order_by("round").distinct())
    return sorted((each for each in found if each is not None), key=lambda each: each.opens, reverse=True)


def reviews_at(*, unit_id: int, key: str) -> QuerySet[RoleReview]:
    """Return what was decided at the unit in a round, by the user's name and as it was decided."""
    rows = RoleReview.objects.filter(assignment__unit_id=unit_id, round=key)
    return rows.select_related("assignment__user", "decided_by").order_by("assignment__user__name", "decided_at", "pk")


def latest_reviews(*, assignment_ids: Iterable[int], round_: ReviewRound) -> dict[int, RoleReview]:
    """Return what was decided last in the round, by role."""
    rows = RoleReview.objects.filter(assignment_id__in=list(assignment_ids), round=round_.key)
    return {each.assignment_id: each for each in rows.select_related("decided_by").order_by("decided_at", "pk")}


def mark_of_role(assignment: Any, review: RoleReview | None) -> str:
    """Return what a form carries to tell whether somebody has decided or ended the role since."""
    return mark_of(assignment.pk, assignment.last_day, review.pk if review else None)
