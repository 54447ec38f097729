"""After anything that opens and closes, in any order, everybody sees what the sharing rules say and nothing else."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from fotfeste.access import sharing
from fotfeste.access.actor import Actor
from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.rows import RowAccess, policy_expression
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants, users
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.services import responsibility
from fotfeste.consent.enums import Answer, GivenHow, Purpose
from fotfeste.consent.services import releases
from fotfeste.consent.services.releases import Body, Given
from fotfeste.kernel import clock
from fotfeste.lists.models import OtukRow
from fotfeste.lists.services.rounds import freeze_round
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.people.models import Address
from tests import factories as make

pytestmark = pytest.mark.django_db

_YOUTHS = 2
_ASKED = ", ".join(f"({policy_expression(RowAccess(topic=topic))})" for topic in Topic)
_RELEASED = (Topic.STATUS, Topic.CONTACT, Topic.JOURNAL, Topic.EDUCATION)

youths = st.integers(0, _YOUTHS - 1)
steps = st.one_of(
    st.tuples(st.just("move"), youths, st.integers(0, 2)),
    st.tuples(st.just("release"), youths, st.integers(0, 4), st.sets(st.sampled_from(_RELEASED), min_size=1)),
    st.tuples(st.just("withdraw"), st.integers(0, 3)),
    st.tuples(st.just("list")),
    st.tuples(st.just("wait"), st.sampled_from([1, 8, 29, 31])),
    st.tuples(st.just("end"), st.integers(0, 6)),
)


@dataclass
class Released:
    """A release as it was taken down."""

    youth_id: int
    unit_id: int
    topics: frozenset[Topic]
    last_day: date
    pk: int
    is_withdrawn: bool = False


@dataclass
class Person:
    """Somebody with one role, and the last day of it."""

    actor: Actor
    role: Role
    at: Unit
    last_day: date = date.max


@dataclass
class Told:
    """What has happened, kept apart from everything the product keeps."""

    today: date
    holders: dict[int, list[tuple[int, date]]]
    people: list[Person]
    released: list[Released] = field(default_factory=list)
    listed: dict[int, set[int]] = field(default_factory=dict)

    def grounds(self, person: Person, youth_id: int) -> Iterator[tuple[Ground, frozenset[Topic] | None]]:
        """Yield each ground somebody has by what has happened, with the topics it is limited to."""
        held, unit = self.holders[youth_id], person.at.pk
        yield from ((Ground.COUNTY_COORDINATION, None), (Ground.OVERSIGHT, None))
        if held[-1][0] == unit:
            yield Ground.RESPONSIBLE_UNIT, None
        elif self._had_it_lately(held, unit):
            yield Ground.FORMER_UNIT, None
        if unit in self.listed.get(youth_id, ()):
            yield Ground.OTUK_LIST, None
        for each in self.released:
            is_theirs = (each.youth_id, each.unit_id) == (youth_id, unit)
            if is_theirs and not each.is_withdrawn and self.today <= each.last_day:
                yield Ground.RELEASE, each.topics | {Topic.IDENTITY, Topic.CONSENT}

    def _had_it_lately(self, held: list[tuple[int, date]], unit_id: int) -> bool:
        [days] = [rule.days for rule in sharing.rules_on(self.today) if rule.ground is Ground.FORMER_UNIT]
        ends = [until for (unit, _since), (_next, until) in pairwise(held) if unit == unit_id]
        return any(until <= self.today < until + timedelta(days=days or 0) for until in ends)

    def expected(self, person: Person, youth_id: int) -> set[Topic]:
        """Return what the sharing rules open to somebody, read off the rules line by line."""
        if self.today > person.last_day:
            return set()
        return {
            topic
            for ground, limit in self.grounds(person, youth_id)
            for rule in sharing.rules_on(self.today)
            if rule.ground is ground and person.role.value in rule.receivers
            for topic in rule.topics
            if limit is None or topic in limit
        }


@dataclass
class World:
    """Units that can answer for a youth or be let in, one person for each role there is to see by, and two youths."""

    units: list[Unit]
    people: list[tuple[Role, Unit, Actor]]
    youth_ids: list[int]

    @property
    def admin(self) -> Actor:
        """Whoever coordinates the county."""
        return next(actor for role, _unit, actor in self.people if role is Role.EDUCATION_ADMIN)

    def begin(self) -> Told:
        """Return what has happened when nothing has."""
        first = make.TODAY - timedelta(days=72)
        return Told(
            make.TODAY,
            {youth_id: [(self.units[0].pk, first)] for youth_id in self.youth_ids},
            [Person(actor, role, unit) for role, unit, actor in self.people],
        )


@pytest.fixture
def world() -> World:
    alna = Unit.objects.select_related("nav_office").get(kind=UnitKind.DISTRICT, name="Bydel Alna")
    units = [make.unit(), make.unit(), alna, alna.nav_office, make.unit(UnitKind.OTHER)]
    office = make.education_admin()
    held = [
        (Role.COUNSELLOR, units[0]),
        (Role.COUNSELLOR, units[1]),
        (Role.DISTRICT_CONTACT, alna),
        (Role.NAV_RESPONSIBLE, units[3]),
        (Role.NAV_ADVISER, units[3]),
        (Role.PARTNER, units[4]),
        (Role.UNIT_LEADER, units[0]),
        (Role.EDUCATION_ADMIN, office),
        (Role.SYSTEM_ADMINISTRATOR, office),
        (Role.PRIVACY_OFFICER, office),
    ]
    cases = [make.case(units[0], last_name=f"Nummer{number}") for number in range(_YOUTHS)]
    with acting_as(make.system()):
        for case in cases:
            Address.objects.create(
                youth=case.youth,
                kind="registered",
                district_code=alna.code,
                municipality="0301",
                source="test",
                recorded_at=clock.now(),
            )
    return World(units, [(role, at, make.actor(role, at)) for role, at in held], [each.youth_id for each in cases])


def _do(world: World, told: Told, step: tuple) -> None:
    """Do one thing through the services, and note that it was done."""
    what, *given_ = step
    if what == "wait":
        told.today += timedelta(days=given_[0])
    elif what == "move":
        _move(world, told, world.youth_ids[given_[0]], world.units[given_[1]])
    elif what == "release":
        _release(world, told, world.youth_ids[given_[0]], world.units[given_[1]], frozenset(given_[2]))
    elif what == "withdraw" and told.released:
        _withdraw(world, told, told.released[given_[0] % len(told.released)])
    elif what == "list":
        _list(world, told)
    elif what == "end":
        _end(told, told.people[given_[0]])


def _move(world: World, told: Told, youth_id: int, to: Unit) -> None:
    told.today += timedelta(days=1)  # who answers is told by days
    if told.holders[youth_id][-1][0] != to.pk:
        with clock.frozen(told.today), acting_as(world.admin):
            responsibility.assign(
                actor=world.admin, youth_id=youth_id, holder_id=to.pk, reason="prøve", version=None, on=told.today
            )
        told.holders[youth_id].append((to.pk, told.today))


def _release(world: World, told: Told, youth_id: int, to: Unit, topics: frozenset[Topic]) -> None:
    until = told.today + timedelta(days=20)
    what = Given(
        purpose=Purpose.COOPERATION,
        answer=Answer.YES,
        how=GivenHow.SPOKEN,
        bodies=(Body(topics, unit_id=to.pk),),
        first_day=told.today,
        last_day=until,
        present="Ungdommen",
        language="nb",
    )
    with clock.frozen(told.today), acting_as(world.admin):
        made = releases.record_release(actor=world.admin, youth_id=youth_id, given=what)
    told.released.append(Released(youth_id, to.pk, topics, until, made.pk))


def _withdraw(world: World, told: Told, release: Released) -> None:
    if not release.is_withdrawn and told.today <= release.last_day:
        with clock.frozen(told.today), acting_as(world.admin):
            releases.withdraw_release(actor=world.admin, release_id=release.pk)
        release.is_withdrawn = True


def _list(world: World, told: Told) -> None:
    with clock.frozen(told.today), acting_as(world.admin):
        made = freeze_round(actor=world.admin, county_id=make.OSLO, on=told.today).round
        rows = OtukRow.objects.filter(round=made).select_related("district")
        told.listed = {each.youth_id: {each.district_id, each.district.nav_office_id} for each in rows}
    assert set(told.listed) == set(world.youth_ids)


def _end(told: Told, person: Person) -> None:
    if person.last_day == date.max:
        held = RoleAssignment.objects.get(user_id=person.actor.user_id)
        users.end_role(assignment_id=held.pk, last_day=told.today)
        person.last_day = told.today


def _seen(told: Told, person: Person) -> dict[int, set[Topic]]:
    """Return what PostgreSQL lets somebody read of each youth, by topic."""
    rows = ", ".join(
        f"({youth_id}::bigint, 3::smallint, {held[-1][0]}::bigint)" for youth_id, held in told.holders.items()
    )
    with acting_as(person.actor, on=told.today), connection.cursor() as cursor:
        cursor.execute(f"SELECT youth_id, {_ASKED} FROM (VALUES {rows}) v (youth_id, county_id, unit_id)")
        return {
            youth_id: {topic for topic, is_open in zip(Topic, opened, strict=True) if is_open}
            for youth_id, *opened in cursor.fetchall()
        }


def _differences(told: Told) -> list[tuple[str, str, bool]]:
    """Return what somebody sees and should not, or should and does not, as (role, topic, whether it is seen)."""
    return [
        (str(person.role), str(topic), topic in seen)
        for person in told.people
        for youth_id, seen in _seen(told, person).items()
        for topic in seen ^ told.expected(person, youth_id)
    ]


def test_after_any_sequence_everybody_sees_what_the_sharing_rules_say(world):
    # What fails is short enough to be read as it is; to shorten it would take minutes.
    @settings(max_examples=10, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(steps, min_size=4, max_size=9))
    def after(sequence):
        told, wrong = world.begin(), []
        with transaction.atomic():
            for step in sequence:
                _do(world, told, step)
                # What closes something is looked at as it is done; what opens, when all is done.
                if step[0] in {"withdraw", "list", "end"} or step is sequence[-1]:
                    wrong += _differences(told)
            with clock.frozen(told.today), acting_as(make.system()):
                mended = grants.reconcile(on=told.today)
            transaction.set_rollback(True)
        assert wrong == []
        assert mended == (0, 0)

    after()
