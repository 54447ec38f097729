"""Actors and users, read from the tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from django.db import connection
from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from fotfeste.access.actor import Actor, Assignment, permissions_of
from fotfeste.access.knowledge import version_on
from fotfeste.access.models import AccessGrant, KnowledgeConfirmation, LoginIdentity, RoleAssignment, Session, User
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.session_store import lapsed_before
from fotfeste.access.system_names import shown_name
from fotfeste.access.topics import Ground, Topic
from fotfeste.kernel import clock
from fotfeste.kernel.seen import mark_of
from fotfeste.kernel.together import names_of, read_together
from fotfeste.kernel.written import Day, Named, Written

# Asked by every request, so it is one statement, written out.
_ACTOR = """
SELECT w.name, a.role, a.unit_id, u.name, u.county_id, EXISTS (
  SELECT FROM access_knowledge_confirmation k
  WHERE k.user_id = w.id AND k.version = %(version)s AND %(on)s BETWEEN k.first_day AND k.last_day)
FROM access_user w
LEFT JOIN access_role_assignment a
  ON a.user_id = w.id AND a.first_day <= %(on)s AND (a.last_day IS NULL OR a.last_day >= %(on)s)
LEFT JOIN organisations_unit u ON u.id = a.unit_id
WHERE w.id = %(user)s AND w.is_active AND NOT w.is_system
ORDER BY a.first_day, a.id
"""

# Asked by every job, and by most of what is written, so it is written out as well.
_SYSTEM_ACTOR = "SELECT id, name FROM access_user WHERE subject = %s AND is_system"
_SYSTEM_PERMISSIONS = frozenset(Permission) - {Permission.AUDIT_READ, Permission.ACCESS_MANAGE}


def actor_for(*, user_id: int, on: date) -> Actor | None:
    """
    Return the person as actor on a day, the oldest role first, or None when there is no such active user.

    Whoever has not confirmed to know the rules of privacy holds no role until they have (opplæringsforskrifta § 20-2).
    """
    with connection.cursor() as cursor:
        cursor.execute(_ACTOR, {"user": user_id, "on": on, "version": version_on(on)})
        rows = cursor.fetchall()
    if not rows:
        return None
    held = tuple(
        Assignment(Role(role), unit_id, unit_name, county_id, on)
        for _name, role, unit_id, unit_name, county_id, _confirmed in rows
        if role is not None
    )
    if held and not rows[0][5]:
        waiting = frozenset({Permission.KNOWLEDGE_CONFIRM})
        return Actor(user_id, rows[0][0], permissions=waiting, must_confirm=True)
    return Actor(user_id, rows[0][0], held, permissions=permissions_of(held))


def system_actor(name: str, *, county_ids: tuple[int, ...]) -> Actor:
    """
    Return the named system actor, working for the given counties.

    :raises User.DoesNotExist: no such system actor; ``fotfeste migrate`` makes them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SYSTEM_ACTOR, [f"system:{name}"])
        row = cursor.fetchone()
    if row is None:
        raise User.DoesNotExist(name)
    user_id, shown = row
    return Actor(user_id, shown, is_system=True, system_counties=county_ids, permissions=_SYSTEM_PERMISSIONS)


def user_names(ids: set[int]) -> dict[int, str]:
    """Return the names of users by id, for showing who did what."""
    return {pk: shown_name(name) for pk, name in names_of(User, ids).items()}


def name_of(field: str) -> QuerySet[User, str]:
    """Return the name of the user a field of another table points at, as part of a query of that table's."""
    return User.objects.filter(pk=OuterRef(field)).values_list("name", flat=True)


def knowledge_until(*, user_ids: Iterable[int], on: date) -> dict[int, date]:
    """Return until when those who have confirmed the text in use on the rules of privacy have done so, by user."""
    rows = _confirmed(on).filter(user_id__in=list(user_ids), version=version_on(on))
    return dict(rows.values("user_id").annotate(until=Max("last_day")).values_list("user_id", "until"))


def has_confirmed_earlier_text(*, user_id: int, on: date) -> bool:
    """Say whether the user has confirmed a text that has been replaced since, and would still count but for that."""
    return _confirmed(on).filter(user_id=user_id).exclude(version=version_on(on)).exists()


def _confirmed(on: date) -> QuerySet[KnowledgeConfirmation]:
    return KnowledgeConfirmation.objects.filter(first_day__lte=on, last_day__gte=on)


def users_of(*, county_ids: Iterable[int]) -> dict[int, str]:
    """Return everybody who holds or has held a role in the counties, and the system actors, by id."""
    held = RoleAssignment.objects.filter(unit__county_id__in=list(county_ids)).values("user_id")
    found = User.objects.filter(Q(pk__in=held) | Q(is_system=True))
    return dict(found.order_by("name", "pk").values_list("pk", "name"))


def units_granted(*, youth_id: int, topic: Topic, on: date, ground: Ground | None = None) -> frozenset[int]:
    """
    Return the units a topic of the youth is opened to by a grant on the day, among those the actor may see.

    :param ground: only grants on this ground; on any unless given.
    """
    return units_granted_of_each(youth_ids=[youth_id], topic=topic, on=on, ground=ground).get(youth_id, frozenset())


def units_granted_of_each(
    *, youth_ids: Iterable[int], topic: Topic, on: date, ground: Ground | None = None
) -> dict[int, frozenset[int]]:
    """Return the same for each of several youths; of a youth opened to none, nothing."""
    rows = _open_grants(on).filter(youth_id__in=list(youth_ids), topic=topic)
    if ground is not None:
        rows = rows.filter(ground=ground)
    found: dict[int, set[int]] = {}
    for youth_id, unit_id in rows.values_list("youth_id", "unit_id"):
        if unit_id is not None:
            found.setdefault(youth_id, set()).add(unit_id)
    return {youth_id: frozenset(unit_ids) for youth_id, unit_ids in found.items()}


def grants_about(*, youth_id: int, on: date) -> list[AccessGrant]:
    """Return what is opened of the youth on the day, among the grants the actor may see."""
    return grants_about_all(youth_ids=[youth_id], on=on)


def grants_about_all(*, youth_ids: Iterable[int], on: date) -> list[AccessGrant]:
    """Return what is opened of some youths on the day, among the grants the actor may see."""
    return list(_open_grants(on).filter(youth_id__in=list(youth_ids)).order_by("first_day", "unit_id", "pk"))


def youths_granted(*, unit_id: int, topic: Topic, source: str, on: date) -> list[int]:
    """Return the youths of whom a source opens a topic to the unit on the day, among the grants the actor may see."""
    still = _open_grants(on).filter(unit_id=unit_id, topic=topic, source=source)
    return list(still.order_by("youth_id").values_list("youth_id", flat=True).distinct())


def youths_open_to(*, ground: Ground, on: date, unit_ids: Iterable[int] | None = None) -> frozenset[int]:
    """Return the youths something is opened of on a ground, to some units or to any, among the grants seen."""
    rows = _open_grants(on).filter(ground=ground)
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    return frozenset(rows.values_list("youth_id", flat=True))


def youths_opened(*, unit_id: int, user_id: int, on: date) -> dict[int, list[AccessGrant]]:
    """Return the grants that open a youth to the unit or to the person on the day, by youth."""
    rows = _open_grants(on).filter(Q(unit_id=unit_id) | Q(user_id=user_id), topic=Topic.IDENTITY)
    found: dict[int, list[AccessGrant]] = {}
    for grant in rows.order_by("youth_id", "pk"):
        found.setdefault(grant.youth_id, []).append(grant)
    return found


@cache
def _people_with(permission: Permission) -> Written:
    """Return the query for those who hold a role with a permission at some units on a day."""
    roles = [role for role, definition in ROLES.items() if permission in definition.permissions]
    there = Q(unit_id__in=Named("unit_ids", each=True), role__in=roles)
    return Written(
        lambda: _held(Named("on")).filter(there).values_list("unit_id", "user_id", "user__name"), is_open=True
    )


def people_at(*, unit_ids: Iterable[int], permission: Permission, on: date) -> list[tuple[int, int, str]]:
    """Return those who on the day hold a role with the permission at any of the units: (unit, user, name), by name."""
    [rows] = read_together(_people_with(permission), values={"unit_ids": list(unit_ids), "on": on})
    return sorted(set(rows), key=lambda each: (each[2].casefold(), each[1], each[0]))


def reviewers_of_each(*, unit_ids: Iterable[int], permission: Permission, on: date) -> dict[int, list[tuple[str, str]]]:
    """Return the name and e-mail of those who on the day hold a role with the permission at each unit, by name."""
    roles = [role for role, definition in ROLES.items() if permission in definition.permissions]
    rows = _held(on).filter(unit_id__in=list(unit_ids), role__in=roles).order_by("user__name", "user_id")
    found: dict[int, list[tuple[str, str]]] = {}
    for unit_id, name, email, _user_id in rows.values_list(
        "unit_id", "user__name", "user__email", "user_id"
    ).distinct():
        found.setdefault(unit_id, []).append((name, email))
    return found


def without_knowledge(*, on: date, unit_id: int | None = None, county_id: int | None = None) -> list[str]:
    """Return the names of those who hold a role at a unit, or in a county, and have not confirmed the rules in use."""
    rows = _held(on).filter(**{"unit_id": unit_id} if unit_id is not None else {"unit__county_id": county_id})
    counts = _confirmed(on).filter(user_id=OuterRef("user_id"), version=version_on(on))
    names = rows.filter(~Exists(counts)).values_list("user__name", flat=True)
    return sorted(set(names), key=str.casefold)


def roles_held(*, on: date) -> list[tuple[str, int]]:
    """Return each role with how many people hold it on the day, in the order of the role table."""
    rows = _held(on).values("role").annotate(people=Count("user", distinct=True)).values_list("role", "people")
    counted = dict(rows)
    return [(str(role.label), counted.get(role.value, 0)) for role in Role]


def roles_ending(*, on: date, before: date) -> list[RoleAssignment]:
    """Return the roles held on the day that end before another, the nearest first."""
    rows = _held(on).filter(last_day__lt=before).select_related("user", "unit")
    return list(rows.order_by("last_day", "user__name", "pk"))


def roles_of(*, user_id: int, on: date) -> list[RoleAssignment]:
    """Return the roles a user holds on a day, the oldest first; none for one who may not log in."""
    return list(_held(on).filter(user_id=user_id).select_related("unit", "user").order_by("first_day", "pk"))


def users_with_email(addresses: Iterable[str]) -> dict[str, User]:
    """Return the active users with some e-mail addresses, by the address in small letters."""
    wanted = {address.lower() for address in addresses}
    rows = User.objects.filter(is_active=True, is_system=False).exclude(email="")
    lower = rows.annotate(small=Lower("email")).filter(small__in=wanted).order_by("pk")
    return {user.email.lower(): user for user in lower}


def _held(on: Day) -> QuerySet[RoleAssignment]:
    rows = RoleAssignment.objects.filter(user__is_active=True, user__is_system=False, first_day__lte=on)
    return rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=on))


def assignments_in(
    *, county_ids: Iterable[int], user_id: int | None = None, user_ids: Iterable[int] | None = None
) -> QuerySet[RoleAssignment]:
    """Return the roles at units of the counties, past ones too, by the user's name and the latest first."""
    rows = RoleAssignment.objects.filter(user__is_system=False, unit__county_id__in=list(county_ids))
    if user_id is not None:
        rows = rows.filter(user_id=user_id)
    if user_ids is not None:
        rows = rows.filter(user_id__in=list(user_ids))
    return rows.select_related("user", "unit", "granted_by", "ended_by").order_by(
        "user__name", "user_id", "-first_day", "-pk"
    )


def roles_held_at(*, unit_ids: Iterable[int], on: date) -> list[RoleAssignment]:
    """Return the roles at some units that hold on a day or later."""
    rows = RoleAssignment.objects.filter(Q(last_day__isnull=True) | Q(last_day__gte=on), unit_id__in=list(unit_ids))
    return list(rows.select_related("unit").order_by("pk"))


@dataclass(frozen=True, slots=True)
class UserFilter:
    """Which users to find: those with access now or later; ``past``: those without any more, or None for both."""

    words: str = ""
    role: Role | None = None
    unit_id: int | None = None
    past: bool | None = False


def users_found(*, county_ids: Iterable[int], on: date, chosen: UserFilter) -> QuerySet[User]:
    """Return the users who hold, will hold or have held a role in the counties, narrowed by what was chosen."""
    roles = RoleAssignment.objects.filter(user_id=OuterRef("pk"), unit__county_id__in=list(county_ids))
    not_over = Q(last_day__isnull=True) | Q(last_day__gte=on)
    wanted = roles.filter(not_over) if chosen.past is False else roles
    if chosen.role is not None:
        wanted = wanted.filter(role=chosen.role)
    if chosen.unit_id is not None:
        wanted = wanted.filter(unit_id=chosen.unit_id)
    found = User.objects.filter(Exists(wanted), is_system=False)
    if chosen.past:
        found = found.filter(~Exists(roles.filter(not_over)))
    for word in chosen.words.split():
        found = found.filter(Q(name__icontains=word) | Q(email__icontains=word))
    return found.order_by("name", "pk")


def roles_at(*, on: date, county_ids: Iterable[int] = (), unit_ids: Iterable[int] = ()) -> QuerySet[RoleAssignment]:
    """Return the roles held on the day in some counties or at some units, by the unit's and the user's name."""
    rows = _held(on).filter(Q(unit__county_id__in=list(county_ids)) | Q(unit_id__in=list(unit_ids)))
    return rows.select_related("user", "unit", "granted_by").order_by("unit__name", "unit_id", "user__name", "pk")


def holds_role(*, user: str, unit: str, on: Day) -> Exists:
    """Return the condition that the user one field of a row names holds a role on the day at the unit another names."""
    return Exists(_held(on).filter(user_id=OuterRef(user), unit_id=OuterRef(unit)))


def assignment_or_none(*, assignment_id: int) -> RoleAssignment | None:
    """Return a role somebody was given."""
    return RoleAssignment.objects.select_related("user", "unit").filter(pk=assignment_id).first()


def identities_of(*, user_ids: Iterable[int]) -> list[LoginIdentity]:
    """Return the ways the users log in, the last used first."""
    rows = LoginIdentity.objects.filter(user_id__in=list(user_ids)).select_related("connected_by")
    return list(rows.order_by(F("last_login_at").desc(nulls_last=True), "pk"))


def counties_of(*, user_id: int) -> frozenset[int]:
    """Return the counties in which the user holds or has held a role."""
    rows = RoleAssignment.objects.filter(user_id=user_id)
    return frozenset(rows.values_list("unit__county_id", flat=True))


def open_sessions(*, user_id: int, now: datetime) -> list[Session]:
    """Return the sessions in which the user is logged in, the last used first."""
    return list(Session.objects.filter(user_id=user_id).exclude(lapsed_before(now)).order_by("-seen_at", "-pk"))


def last_unit_of(*, user_id: int, on: date) -> tuple[str, list[str]]:
    """Return the unit at which the user last held a role, and who leads it on the day; empty when there was none."""
    rows = RoleAssignment.objects.filter(user_id=user_id, first_day__lte=on).select_related("unit")
    last = rows.order_by(F("last_day").desc(nulls_first=True), "-first_day", "-pk").first()
    if last is None:
        return "", []
    leaders = _held(on).filter(unit_id=last.unit_id, role=Role.UNIT_LEADER).exclude(user_id=user_id)
    return last.unit.name, sorted(set(leaders.values_list("user__name", flat=True)))


def all_counties() -> tuple[int, ...]:
    """Return the numbers of every county there is or was, for system actors that work for all of them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM organisations_county ORDER BY id")
        return tuple(number for (number,) in cursor.fetchall())


def _open_grants(on: date) -> QuerySet[AccessGrant]:
    rows = AccessGrant.objects.filter(first_day__lte=on, closed_at__isnull=True)
    still = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=on))
    return still.filter(Q(closes_at__isnull=True) | Q(closes_at__gt=clock.now()))


def emails_of(
    *, roles: Iterable[Role], on: date, unit_ids: Iterable[int] | None = None, county_ids: Iterable[int] | None = None
) -> list[str]:
    """Return the addresses of those who hold one of the roles on the day, at some units or in some counties."""
    rows = _held(on).filter(role__in=[role.value for role in roles]).exclude(user__email="")
    if unit_ids is not None:
        rows = rows.filter(unit_id__in=list(unit_ids))
    if county_ids is not None:
        rows = rows.filter(unit__county_id__in=list(county_ids))
    return list(rows.order_by("user__email").values_list("user__email", flat=True).distinct())


def roles_seen(assignments: Iterable[RoleAssignment]) -> str:
    """Return what a form about a user's roles carries, to tell whether somebody has changed them since."""
    return mark_of(*sorted(f"{each.pk} {each.last_day}" for each in assignments))
