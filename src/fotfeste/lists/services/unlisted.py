"""Who was unknown when the last lists were made and stood on none of them, without a reason. Writes nothing."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Subquery

from fotfeste.access.scope import acting_as
from fotfeste.casework.selectors.unowned import unknown_then
from fotfeste.kernel import clock
from fotfeste.kernel.written import Named, Written
from fotfeste.lists.models import OtukRound
from fotfeste.lists.services.rounds import left_out_of, list_maker


@dataclass(frozen=True, slots=True)
class Unlisted:
    """
    What came of looking for youths the last lists passed by.

    :ivar youth_ids: those on no list, with no reason.
    :ivar left_out: how many no district could be found for, with the reason beside the round.
    """

    youth_ids: tuple[int, ...] = ()
    left_out: int = 0


def _unknown_then() -> QuerySet[Any, int]:
    county_id = Named("county_id")
    newest = OtukRound.objects.filter(county_id=county_id).order_by("-on")[:1]
    on, known_at = Subquery(newest.values("on")), Subquery(newest.values("known_at"))
    rows = unknown_then(county_id=county_id, on=on, known_at=known_at).order_by()
    return rows.values_list("youth_id", flat=True)


#: Who is unknown, and was so when a county's last lists were made; for ``read_together`` with ``county_id``.
UNKNOWN_THEN = Written(_unknown_then)


def unlisted(*, made: OtukRound | None, unknown: Collection[int]) -> Unlisted:
    """
    Return those who are unknown and were so when the last lists were made, and stood on no list.

    Who became unknown after it, or was written down as such later, has a reason, and so has who no district could be
    found for. A list is frozen for the district the youth then lived in; who has moved since stands on that one.

    :param made: the round that is out with the districts. :param unknown: those found by ``UNKNOWN_THEN``.
    """
    if made is None or not unknown:
        return Unlisted()
    with acting_as(list_maker((made.county_id,)), on=clock.today()):
        missed = set(unknown) - set(made.rows.values_list("youth_id", flat=True))
    reasons = set(left_out_of(made)) if missed else set()
    return Unlisted(tuple(sorted(missed - reasons)), len(missed & reasons))
