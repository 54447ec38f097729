"""Who is acting: a person with the roles held today, or a named system actor."""

from dataclasses import dataclass, field
from datetime import date

from fotfeste.access import sharing
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.topics import Scope, Topic


@dataclass(frozen=True, slots=True)
class Assignment:
    """One role held on a day at one unit."""

    role: Role
    unit_id: int
    unit_name: str
    county_id: int
    on: date | None = None

    def topics(self, scope: Scope) -> frozenset[Topic]:
        """Return what the sharing rules of the day let the role know within a scope."""
        return sharing.topics_of(self.role, scope, on=self.on)


@dataclass(frozen=True, slots=True)
class Actor:
    """
    Somebody on whose behalf things happen.

    :ivar assignments: the roles held on the day; empty for a system actor.
    :ivar system_counties: counties a system actor works for; empty for people.
    :ivar must_confirm: somebody with a role who has not confirmed to know the rules of privacy, and so holds none yet.
    """

    user_id: int
    name: str
    assignments: tuple[Assignment, ...] = ()
    is_system: bool = False
    system_counties: tuple[int, ...] = ()
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    must_confirm: bool = False

    def has(self, permission: Permission) -> bool:
        """Say whether any role held today allows the act."""
        return permission in self.permissions

    @property
    def unit_ids(self) -> frozenset[int]:
        """The units at which the actor holds a role."""
        return frozenset(a.unit_id for a in self.assignments)

    @property
    def led_unit_ids(self) -> frozenset[int]:
        """The units the actor leads."""
        return frozenset(a.unit_id for a in self.assignments if a.role is Role.UNIT_LEADER)

    @property
    def county_ids(self) -> frozenset[int]:
        """The counties of those units, or those a system actor works for."""
        return frozenset(a.county_id for a in self.assignments) | frozenset(self.system_counties)

    @property
    def role(self) -> Role | None:
        """The role whose home screen the actor is shown: the first held."""
        return self.assignments[0].role if self.assignments else None

    @property
    def unit_id(self) -> int | None:
        """The unit of that role."""
        return self.assignments[0].unit_id if self.assignments else None

    @property
    def unit_name(self) -> str:
        """Its name, for the page header."""
        return self.assignments[0].unit_name if self.assignments else ""

    def may_at(self, permission: Permission, *, unit_id: int, county_id: int) -> bool:
        """
        Say whether a role held at this unit, or one reaching over the whole county, allows the act.

        A person may be counsellor at one school and leader at another: the permission must come from the right one.
        """
        if self.is_system:
            return county_id in self.system_counties and permission in self.permissions
        return any(
            permission in ROLES[a.role].permissions
            and (a.unit_id == unit_id or (a.county_id == county_id and bool(a.topics(Scope.COUNTY))))
            for a in self.assignments
        )

    def knows_in_county(self, topic: Topic, county_id: int) -> bool:
        """Say whether a role opens the topic for the whole county."""
        return county_id in self.system_counties or any(
            a.county_id == county_id and topic in a.topics(Scope.COUNTY) for a in self.assignments
        )

    def counties_with(self, permission: Permission) -> frozenset[int]:
        """Return the counties in which a role allows the act: held there, and not another role held elsewhere."""
        if self.is_system:
            return frozenset(self.system_counties) if permission in self.permissions else frozenset()
        return frozenset(a.county_id for a in self.assignments if permission in ROLES[a.role].permissions)

    def reach_of(self, topic: Topic) -> frozenset[Scope]:
        """Return how far the roles held open a topic, all of them taken together."""
        if self.is_system:
            return frozenset({Scope.COUNTY})
        return frozenset(scope for scope in Scope if any(topic in a.topics(scope) for a in self.assignments))


def permissions_of(assignments: tuple[Assignment, ...]) -> frozenset[Permission]:
    """Return the union of what the roles allow."""
    return frozenset(p for a in assignments for p in ROLES[a.role].permissions)
