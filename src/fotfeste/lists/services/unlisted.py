"""Who was unknown when the last lists were made and stood on none of them, without a reason. Writes nothing."""

from dataclasses import dataclass

from fotfeste.access.scope import acting_as
from fotfeste.casework.selectors.unowned import unknown_then
from fotfeste.kernel import clock
from fotfeste.lists.selectors.otuk import current_round
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


def unlisted(*, county_id: int) -> Unlisted:
    """
    Return those who are unknown and were so when the last lists were made, and stood on no list.

    Who became unknown after it, or was written down as such later, has a reason, and so has who no district could be
    found for. A list is frozen for the district the youth then lived in; who has moved since stands on that one.
    """
    made = current_round(county_id=county_id)
    if made is None:
        return Unlisted()
    rows = unknown_then(county_id=county_id, on=made.on, known_at=made.known_at).order_by()
    unknown = set(rows.values_list("youth_id", flat=True))
    if not unknown:
        return Unlisted()
    with acting_as(list_maker((county_id,)), on=clock.today()):
        missed = unknown - set(made.rows.values_list("youth_id", flat=True))
    reasons = set(left_out_of(made)) if missed else set()
    return Unlisted(tuple(sorted(missed - reasons)), len(missed & reasons))
