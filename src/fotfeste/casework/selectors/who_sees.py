"""
Who may see what of a youth, and on what ground, told the way the row policies decide it.

The two broad grounds ride on the row (responsible unit, county coordination); the others are grants. Which people hold
the roles is the access administration's business; here it is roles at units.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fotfeste.access import selectors as access
from fotfeste.access import sharing
from fotfeste.access.actor import Actor
from fotfeste.access.roles import ROLES, Role
from fotfeste.access.topics import Ground, Scope, Topic
from fotfeste.organisations.selectors import units

_COUNTY_ROLES = (Role.EDUCATION_ADMIN, Role.PROTECTED_HANDLER)
_NO_CASE = frozenset({Topic.AUDIT})


@dataclass(frozen=True, slots=True)
class Seer:
    """
    A role at a unit, or one person, that sees something of the youth.

    :ivar unit_id: the unit; the one that answers for the youth may be one the reader is not told. None of a person.
    :ivar source: what a grant came from, such as ``otuk-round:12``.
    :ivar closes_at: when what is opened to a person closes.
    """

    unit_id: int | None
    unit_name: str
    who: str
    topics: tuple[Topic, ...]
    ground: Ground
    source: str = ""
    first_day: date | None = None
    last_day: date | None = None
    closes_at: datetime | None = None


def knows(*, actor: Actor, topic: Topic, youth: Any, on: date) -> bool:
    """Say whether a topic of the youth is open to the actor, by unit, county or grant."""
    return bool(known_among(actor=actor, asked=[(youth, topic)], on=on))


def topics_known(*, actor: Actor, asked: Iterable[Topic], youth: Any, on: date) -> frozenset[Topic]:
    """Return which topics of the youth are open to the actor, by unit, county or grant: what is opened is read once."""
    known = known_among(actor=actor, asked=[(youth, topic) for topic in asked], on=on)
    return frozenset(topic for _youth_id, topic in known)


def known_among(*, actor: Actor, asked: Iterable[tuple[Any, Topic]], on: date) -> frozenset[tuple[int, Topic]]:
    """
    Return which topics of which youths are open to the actor, by unit, county or grant, each by the youth's id.

    :param asked: youths, each with a topic.
    """
    wanted = list(asked)
    by_place = {(youth.pk, topic) for youth, topic in wanted if rides_on_place(actor, topic, youth)}
    others = {(youth.pk, topic) for youth, topic in wanted} - by_place
    topics = {topic for a in actor.assignments for topic in a.topics(Scope.GRANTED)}
    by_grant = {(youth_id, topic) for youth_id, topic in others if topic in topics}
    if not by_grant:
        return frozenset(by_place)
    opened = access.grants_about_all(youth_ids={youth_id for youth_id, _topic in by_grant}, on=on)
    found = {
        (grant.youth_id, Topic(grant.topic))
        for grant in opened
        for each in actor.assignments
        if grant.unit_id == each.unit_id or grant.user_id == actor.user_id
        if grant.topic in each.topics(Scope.GRANTED) & sharing.knows_by(each.role, Ground(grant.ground), on=on)
    }
    return frozenset(by_place | (by_grant & found))


def rides_on_place(actor: Actor, topic: Topic, youth: Any) -> bool:
    """
    Say whether a topic of the youth is open to the actor by the unit that answers or the county, and not by a grant.

    Of some topics a grant opens only what the unit has written itself (``RowAccess.written_by``).
    """
    return actor.knows_in_county(topic, youth.county_id) or any(
        each.unit_id == youth.unit_id and topic in each.topics(Scope.UNIT) for each in actor.assignments
    )


@dataclass(frozen=True, slots=True)
class Closed:
    """A topic of the youth the reader does not see, and what would open it: the purpose and condition of each rule."""

    topic: Topic
    ways_in: tuple[sharing.SharingRule, ...]


def closed_to(*, actor: Actor, youth: Any, on: date) -> list[Closed]:
    """Return the topics closed to the actor, each with the rules by which it could be opened to such a role."""
    roles = [each.role for each in actor.assignments]
    of_case = [topic for topic in Topic if topic not in _NO_CASE]
    known = topics_known(actor=actor, asked=of_case, youth=youth, on=on)
    return [
        Closed(topic, tuple(rule for rule in sharing.ways_in(roles=roles, topic=topic, on=on)))
        for topic in of_case
        if topic not in known
    ]


def who_sees(*, youth: Any, on: date) -> list[Seer]:
    """Return everybody who sees something of the youth on the day, as far as the actor may read the grants."""
    holder = units.unit_or_none(unit_id=youth.unit_id)
    admin = units.education_admin_of(county_id=youth.county_id)
    kind = holder.kind if holder else ""
    found = [
        Seer(youth.unit_id, holder.name if holder else "", str(role.label), topics, Ground.RESPONSIBLE_UNIT)
        for role in _roles_at(kind)
        if (topics := _ordered(sharing.topics_of(role, Scope.UNIT, on=on)))
    ]
    found += [
        Seer(admin.pk, admin.name, str(role.label), topics, Ground.COUNTY_COORDINATION)
        for role in _COUNTY_ROLES
        if (topics := _ordered(sharing.topics_of(role, Scope.COUNTY, on=on)))
    ]
    return [*found, *_granted(youth.pk, on)]


def _granted(youth_id: int, on: date) -> list[Seer]:
    opened: dict[tuple[int, str, str, date, date | None], set[Topic]] = defaultdict(set)
    found = access.grants_about(youth_id=youth_id, on=on)
    for each in found:
        if each.unit_id is None:
            continue
        key = (each.unit_id, each.ground, each.source, each.first_day, each.last_day)
        opened[key].add(Topic(each.topic))
    names = units.unit_names({key[0] for key in opened})
    kinds = units.unit_kinds({key[0] for key in opened})
    seers = [
        Seer(unit_id, names.get(unit_id, ""), str(role.label), topics, Ground(ground), source, first_day, last_day)
        for (unit_id, ground, source, first_day, last_day), granted in sorted(opened.items(), key=_by_unit(names))
        for role in _roles_at(kinds.get(unit_id, ""))
        if (topics := _ordered(granted & sharing.knows_by(role, Ground(ground), on=on)))
    ]
    return [*seers, *_to_persons([each for each in found if each.unit_id is None])]


def _to_persons(found: Iterable[Any]) -> list[Seer]:
    """Return what is opened to single persons, in an emergency; they hold no role by it."""
    opened: dict[tuple[int, str, str, date, date | None, datetime | None], set[Topic]] = defaultdict(set)
    for each in found:
        key = (each.user_id, each.ground, each.source, each.first_day, each.last_day, each.closes_at)
        opened[key].add(Topic(each.topic))
    names = access.user_names({key[0] for key in opened}) if opened else {}
    return [
        Seer(None, "", names.get(user_id, ""), _ordered(topics), Ground(ground), source, first_day, last_day, closes)
        for (user_id, ground, source, first_day, last_day, closes), topics in opened.items()
    ]


def _roles_at(kind: str) -> list[Role]:
    return [role for role, definition in ROLES.items() if kind in definition.held_at]


def _by_unit(names: dict[int, str]) -> Any:
    return lambda item: (names.get(item[0][0], ""), item[0][3])


def _ordered(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    return tuple(topic for topic in Topic if topic in topics and topic not in _NO_CASE)
