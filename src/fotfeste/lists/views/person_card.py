"""What the lists hang on the person page: who begins with a youth whose activity is unknown."""

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.views.person_parts import Card
from fotfeste.law.unit_duties import initiative_for_outside

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage
    from fotfeste.casework.views.header import Header


def who_begins_card(_actor: Actor, page: "PersonPage", header: "Header", today: date) -> Card | None:
    """
    Say who begins, the school or the district too, and by which list days nothing had been found out.

    The rows of the lists are the districts' alone. This is told from what the reader knows already: since when the
    activity is unknown, and on what days the county has made its lists (amb-30).
    """
    case = page.registration
    if case is None or not header.sees_status or not header.is_open or case.unknown_since is None:
        return None
    days = [made.on for made in page.besides["otuk rounds"] if case.unknown_since <= made.on <= today]
    judged = initiative_for_outside(lists_remained_on=max(len(days) - 1, 0), on=today, readings=page.readings)
    return Card("lists/_who_begins_card.html", {"who": _(judged.reasons[0].text), "days": days})
