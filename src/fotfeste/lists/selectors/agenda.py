"""What the forum of a district is told of the lists that are washed with Nav: how many, and nobody."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fotfeste.casework.enums import FeedbackCategory
from fotfeste.collaboration.selectors.agenda import agenda_part
from fotfeste.kernel import formats
from fotfeste.lists.selectors.wash import Wash, open_sessions, wash_of

#: Fewer than so many are not told as a number: the minutes are read in the whole county.
FEW = 5


@agenda_part
def washes_in_short(district_id: int) -> Iterator[str]:
    """Tell how far each open wash of a district has come."""
    for session in open_sessions(district_id=district_id):
        found = wash_of(session)
        yield _(
            "Listevask med %(office)s, runde %(day)s: uten svar %(left)s, ikke ivaretatt %(not_taken)s, "
            "flyttet uten neste eier %(moved)s."
        ) % {
            "office": session.office.name,
            "day": formats.day(session.round.on),
            "left": _told(found.left),
            "not_taken": _told(_number(found, FeedbackCategory.STILL_UNKNOWN)),
            "moved": _told(_number(found, FeedbackCategory.MOVED, without_owner=True)),
        }


def _number(found: Wash, category: FeedbackCategory, *, without_owner: bool = False) -> int:
    said = (row for row in found.rows if row.wants_owner and row.answer and row.answer.category == category)
    return sum(row.asks_owner or not without_owner for row in said)


def _told(number: int) -> str:
    return _("færre enn %(few)s") % {"few": FEW} if 0 < number < FEW else formats.number(number)
