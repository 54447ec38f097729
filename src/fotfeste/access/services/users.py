"""
Users and the roles they are given.

Whether somebody may give or end a role, and whether a role belongs at a unit, is decided above, where units are known
(``organisations.services.users``).
"""

import secrets
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from fotfeste.access.models import RoleAssignment, User
from fotfeste.access.roles import Role
from fotfeste.access.services.sessions import end_all_of_user


@transaction.atomic
def known_user(*, subject: str, name: str) -> User:
    """Return the user we call ``subject``, made when it is the first time."""
    return User.objects.get_or_create(subject=subject, defaults={"name": name})[0]


@transaction.atomic
def make_user(*, name: str, email: str) -> User:
    """Make a user under a name of ours that tells nothing."""
    return User.objects.create(subject=f"user:{secrets.token_hex(12)}", name=name, email=email)


def lock_user(*, user_id: int) -> None:
    """Let one at a time change the user's roles, until the transaction ends."""
    User.objects.select_for_update().get(pk=user_id)


@transaction.atomic
def give_role(
    *,
    user_id: int,
    role: Role,
    unit_id: int,
    first_day: date,
    last_day: date | None = None,
    granted_by_id: int | None = None,
) -> RoleAssignment:
    """Give a user a role at a unit from a day on; one held already without an end is left as it is."""
    held = RoleAssignment.objects.filter(user_id=user_id, role=role, unit_id=unit_id, last_day__isnull=True).first()
    return held or RoleAssignment.objects.create(
        user_id=user_id,
        role=role,
        unit_id=unit_id,
        first_day=first_day,
        last_day=last_day,
        granted_by_id=granted_by_id,
    )


@transaction.atomic
def end_role(*, assignment_id: int, last_day: date) -> RoleAssignment:
    """End a role after a day. A session of one who has no role left ends by itself."""
    held = RoleAssignment.objects.select_for_update().get(pk=assignment_id)
    held.last_day = last_day
    held.save(update_fields=["last_day"])
    return held


@transaction.atomic
def end_role_at_once(
    *, assignment_id: int, at: datetime, today: date, ended_by_id: int, reason: str
) -> tuple[RoleAssignment, int]:
    """
    End a role from this moment, and every session of a user who has no other; return it, and how many sessions.

    No day is left of it, so neither the row policies nor anything else that asks for the roles of a day finds it.
    """
    held = RoleAssignment.objects.select_for_update().get(pk=assignment_id)
    held.last_day = today - timedelta(1)
    held.ended_at, held.ended_by_id, held.end_reason = at, ended_by_id, reason
    held.save(update_fields=["last_day", "ended_at", "ended_by", "end_reason"])
    left = RoleAssignment.objects.filter(user_id=held.user_id, first_day__lte=today)
    if left.filter(Q(last_day__isnull=True) | Q(last_day__gte=today)).exists():
        return held, 0
    return held, end_all_of_user(user_id=held.user_id)
