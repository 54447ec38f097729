"""What ends by itself when a unit closes: the roles people hold there."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.services import users
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.organisations.models import Unit


@transaction.atomic
def end_roles_at_closed(*, actor: Actor, on: date) -> int:
    """
    End the roles that go on at units that have closed, on the last day of the unit. Twice does it once.

    Nobody is to see youths by a role at a place that is no more. Source: opplæringsforskrifta § 20-2.

    :returns: how many were ended.
    """
    rows = Unit.objects.filter(last_day__lt=on)
    closed = {each.pk: each.last_day for each in rows if each.last_day is not None}
    held = access.roles_held_at(unit_ids=closed, on=on)
    for each in held:
        if each.first_day <= closed[each.unit_id]:
            users.end_role(assignment_id=each.pk, last_day=closed[each.unit_id])
        else:  # it was to begin when the unit was no more, and has no day at all
            users.end_role_at_once(
                assignment_id=each.pk,
                at=clock.now(),
                today=on,
                ended_by_id=actor.user_id,
                reason=_("Enheten er lagt ned."),
            )
        details = {"user": each.user_id, "role": each.role, "unit": each.unit_id}
        audit.record("role.ended", by=actor.user_id, county=each.unit.county_id, details=details)
    return len(held)
