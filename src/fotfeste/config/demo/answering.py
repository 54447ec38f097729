"""Answers the made-up districts and Nav have given on the round that is out: the demo is in the middle of one."""

from datetime import date

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.kernel import clock
from fotfeste.lists.selectors import otuk
from fotfeste.lists.services.answers import answer_row

# Of each so many youths on a list, one is answered for.
ANSWERED = 3
_DISTRICT = (
    (FeedbackCategory.FOLLOWED_UP, "", "Ny samtale neste uke, bydelen"),
    (FeedbackCategory.IN_ACTIVITY, "OTAR", ""),
    (FeedbackCategory.STILL_UNKNOWN, "", ""),
    (FeedbackCategory.REACHED, "", ""),
    (FeedbackCategory.MOVED, "", ""),
)
_NAV = (
    (FeedbackCategory.FOLLOWED_UP, "", ""),
    (FeedbackCategory.STILL_UNKNOWN, "", ""),
)


def answer_some(*, actor: Actor, on: date, for_nav: bool) -> int:
    """Answer for some of the youths the actor's unit is asked about; return how many."""
    with acting_as(actor, on=on):
        made = otuk.current_round(county_id=min(actor.county_ids))
        if made is None or actor.unit_id is None:
            return 0
        if for_nav:
            rows = otuk.nav_board(made=made, unit_id=actor.unit_id, today=on)
        else:
            rows = otuk.board(made=made, unit_id=actor.unit_id)
        asked = rows[::ANSWERED]
        answers = _NAV if for_nav else _DISTRICT
        for number, row in enumerate(asked):
            category, code, next_step = answers[number % len(answers)]
            answer_row(
                actor=actor,
                made=made,
                unit_id=actor.unit_id,
                youth_id=row.youth_id,
                category=category,
                on=min(on, clock.today()),
                activity_code=code,
                next_step=next_step,
            )
    return len(asked)
