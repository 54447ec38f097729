"""The secret addresses at which people's calendars read the days of their roles: made, renewed and taken away."""

import secrets

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.annualwheel.models import CalendarFeed
from fotfeste.annualwheel.selectors.feeds import digest_of
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid


@transaction.atomic
def make_feed(*, actor: Actor, role: Role) -> str:
    """
    Make an address for one of the actor's roles, and return its secret, which is kept nowhere. An older one ends.

    :raises Invalid: the actor does not hold the role.
    """
    if role not in {each.role for each in actor.assignments}:
        raise Invalid(_("Velg en rolle du har."))
    _end(actor, role)
    secret = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(user_id=actor.user_id, role=role, digest=digest_of(secret), made_at=clock.now())
    audit.record("wheel.feed_made", by=actor.user_id, details={"role": role.value})
    return secret


@transaction.atomic
def revoke_feed(*, actor: Actor, role: Role) -> bool:
    """Take the address of one of one's roles away; return whether there was one."""
    ended = _end(actor, role)
    if ended:
        audit.record("wheel.feed_revoked", by=actor.user_id, details={"role": role.value})
    return ended


def _end(actor: Actor, role: Role) -> bool:
    rows = CalendarFeed.objects.filter(user_id=actor.user_id, role=role, revoked_at=None)
    return rows.update(revoked_at=clock.now()) > 0
