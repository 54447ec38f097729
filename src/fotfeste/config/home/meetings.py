"""What is left about meetings: minutes the unit has not confirmed, and leavers nobody talked with before."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.actor import Assignment
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES
from fotfeste.collaboration.selectors.exits import not_talked_with
from fotfeste.collaboration.selectors.minutes import to_confirm
from fotfeste.kernel.ui import Link


def left_over(at: Assignment, today: date) -> list[Link]:
    """Return what there is of each at the unit, with where it stands; nothing for a role that does neither."""
    here, allowed = reverse("collaboration:my_meetings"), ROLES[at.role].permissions
    found = []
    if Permission.MEETING_SEE in allowed:
        count = len(to_confirm(unit_ids=[at.unit_id]))
        found.append(Link(_("Referater dere ikke har bekreftet"), f"{here}#unread", count=count))
    if Permission.MEETING_CALL in allowed:
        count = len(not_talked_with(unit_ids=[at.unit_id], today=today))
        found.append(Link(_("Sluttet uten sluttsamtale"), f"{here}#quit-alone", count=count))
    return [each for each in found if each.count]
