"""Users and the roles they are given."""

from datetime import date

from django.db import transaction

from fotfeste.access.models import RoleAssignment, User
from fotfeste.access.roles import Role


@transaction.atomic
def known_user(*, subject: str, name: str) -> User:
    """Return the user we call ``subject``, made when it is the first time."""
    return User.objects.get_or_create(subject=subject, defaults={"name": name})[0]


@transaction.atomic
def give_role(*, user_id: int, role: Role, unit_id: int, first_day: date) -> RoleAssignment:
    """Give a user a role at a unit from a day on; one held already is left as it is."""
    held = RoleAssignment.objects.filter(user_id=user_id, role=role, unit_id=unit_id, last_day__isnull=True).first()
    return held or RoleAssignment.objects.create(user_id=user_id, role=role, unit_id=unit_id, first_day=first_day)
