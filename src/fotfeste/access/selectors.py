"""Actors and users, read from the tables."""

from datetime import date

from django.db.models import Q

from fotfeste.access.actor import Actor, Assignment, permissions_of
from fotfeste.access.models import AccessGrant, RoleAssignment, User
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.topics import Topic


def assignments_of(*, user_id: int, on: date) -> tuple[Assignment, ...]:
    """Return the roles the user holds on the day, the oldest first."""
    rows = (
        RoleAssignment.objects.filter(user_id=user_id, user__is_active=True, first_day__lte=on)
        .filter(Q(last_day__isnull=True) | Q(last_day__gte=on))
        .order_by("first_day", "pk")
        .values_list("role", "unit_id", "unit__name", "unit__county_id")
    )
    return tuple(Assignment(Role(role), unit, name, county) for role, unit, name, county in rows)


def actor_for(*, user_id: int, on: date) -> Actor | None:
    """Return the person as actor on a day, or None when there is no such active user."""
    user = User.objects.filter(pk=user_id, is_active=True, is_system=False).first()
    if user is None:
        return None
    assignments = assignments_of(user_id=user.pk, on=on)
    return Actor(user.pk, user.name, assignments, permissions=permissions_of(assignments))


def system_actor(name: str, *, county_ids: tuple[int, ...]) -> Actor:
    """
    Return the named system actor, working for the given counties.

    :raises User.DoesNotExist: no such system actor; ``fotfeste migrate`` makes them.
    """
    user = User.objects.get(subject=f"system:{name}", is_system=True)
    everything = frozenset(Permission) - {Permission.AUDIT_READ, Permission.ACCESS_MANAGE}
    return Actor(user.pk, user.name, is_system=True, system_counties=county_ids, permissions=everything)


def user_names(ids: set[int]) -> dict[int, str]:
    """Return the names of users by id, for showing who did what."""
    return dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))


def units_granted(*, youth_id: int, topic: Topic, on: date) -> frozenset[int]:
    """Return the units a topic of the youth is opened to by a grant on the day, among those the actor may see."""
    grants = AccessGrant.objects.filter(youth_id=youth_id, topic=topic, first_day__lte=on)
    return frozenset(grants.filter(Q(last_day__isnull=True) | Q(last_day__gte=on)).values_list("unit_id", flat=True))


def grants_about(*, youth_id: int, on: date) -> list[AccessGrant]:
    """Return what is opened of the youth on the day, among the grants the actor may see."""
    grants = AccessGrant.objects.filter(youth_id=youth_id, first_day__lte=on)
    return list(grants.filter(Q(last_day__isnull=True) | Q(last_day__gte=on)).order_by("first_day", "unit_id", "pk"))
