"""
Who may see what of a youth, and on what ground, told the way the row policies decide it.

The two broad grounds ride on the row (responsible unit, county coordination); the others are grants. Which people hold
the roles is the access administration's business; here it is roles at units.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.topics import Ground, Scope, Topic
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units

# The roles people hold at each kind of unit; the policies look at roles, and nobody holds a counsellor's at a district.
_ROLES_AT: dict[str, tuple[Role, ...]] = {
    UnitKind.UPPER_SECONDARY: (Role.COUNSELLOR, Role.UNIT_LEADER),
    UnitKind.LOWER_SECONDARY: (Role.COUNSELLOR, Role.UNIT_LEADER),
    UnitKind.DISTRICT: (Role.DISTRICT_CONTACT, Role.UNIT_LEADER),
    UnitKind.NAV_OFFICE: (Role.NAV_RESPONSIBLE,),
    UnitKind.APPRENTICESHIP_DEPARTMENT: (Role.APPRENTICESHIP_ADVISER, Role.UNIT_LEADER),
    UnitKind.ADULT_EDUCATION: (Role.ADULT_EDUCATION_ADVISER, Role.UNIT_LEADER),
    UnitKind.SERVICE_CENTRE: (Role.ADULT_EDUCATION_ADVISER, Role.UNIT_LEADER),
    UnitKind.EDUCATION_ADMIN: (Role.EDUCATION_ADMIN,),
}
_COUNTY_ROLES = (Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER)
_NO_CASE = frozenset({Topic.AUDIT})


@dataclass(frozen=True, slots=True)
class Seer:
    """
    A role at a unit that sees something of the youth.

    :ivar unit_id: the unit; the one that answers for the youth may be one the reader is not told.
    :ivar source: what a grant came from, such as ``otuk-round:12``.
    """

    unit_id: int
    unit_name: str
    who: str
    topics: tuple[Topic, ...]
    ground: Ground
    source: str = ""
    first_day: date | None = None
    last_day: date | None = None


def knows(*, actor: Actor, topic: Topic, youth: Any, on: date) -> bool:
    """Say whether a topic of the youth is open to the actor, by unit, county or grant."""
    if actor.knows_in_county(topic, youth.county_id):
        return True
    if any(
        each.unit_id == youth.unit_id and topic in ROLES[each.role].topics.get(Scope.UNIT, frozenset())
        for each in actor.assignments
    ):
        return True
    asked = {
        each.unit_id for each in actor.assignments if topic in ROLES[each.role].topics.get(Scope.GRANTED, frozenset())
    }
    return bool(asked) and bool(asked & access.units_granted(youth_id=youth.pk, topic=topic, on=on))


def who_sees(*, youth: Any, on: date) -> list[Seer]:
    """Return everybody who sees something of the youth on the day, as far as the actor may read the grants."""
    holder = units.unit_or_none(unit_id=youth.unit_id)
    admin = units.education_admin_of(county_id=youth.county_id)
    kind = holder.kind if holder else ""
    found = [
        Seer(youth.unit_id, holder.name if holder else "", str(role.label), topics, Ground.RESPONSIBLE_UNIT)
        for role in _ROLES_AT.get(kind, ())
        if (topics := _ordered(ROLES[role].topics.get(Scope.UNIT, frozenset())))
    ]
    found += [
        Seer(admin.pk, admin.name, str(role.label), topics, Ground.COUNTY_COORDINATION)
        for role in _COUNTY_ROLES
        if (topics := _ordered(ROLES[role].topics.get(Scope.COUNTY, frozenset())))
    ]
    return [*found, *_granted(youth.pk, on)]


def _granted(youth_id: int, on: date) -> list[Seer]:
    opened: dict[tuple[int, str, str, date, date | None], set[Topic]] = defaultdict(set)
    for each in access.grants_about(youth_id=youth_id, on=on):
        key = (each.unit_id, each.ground, each.source, each.first_day, each.last_day)
        opened[key].add(Topic(each.topic))
    names = units.unit_names({key[0] for key in opened})
    kinds = units.unit_kinds({key[0] for key in opened})
    return [
        Seer(unit_id, names.get(unit_id, ""), str(role.label), topics, Ground(ground), source, first_day, last_day)
        for (unit_id, ground, source, first_day, last_day), granted in sorted(opened.items(), key=_by_unit(names))
        for role in _ROLES_AT.get(kinds.get(unit_id, ""), ())
        if (topics := _ordered(granted & ROLES[role].topics.get(Scope.GRANTED, frozenset())))
    ]


def _by_unit(names: dict[int, str]) -> Any:
    return lambda item: (names.get(item[0][0], ""), item[0][3])


def _ordered(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    return tuple(topic for topic in Topic if topic in topics and topic not in _NO_CASE)
