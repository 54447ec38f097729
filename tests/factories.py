"""
Made-up people, units and cases for tests: plain functions with explicit defaults.

Everything about a youth is made inside a system actor's scope, since no other scope could see it.
Numbers are of the Tenor series (month + 80) and never belong to anybody.
"""

import itertools
from datetime import date, datetime

from fotfeste.access.actor import Actor
from fotfeste.access.knowledge import version_on
from fotfeste.access.models import AccessGrant, KnowledgeConfirmation, RoleAssignment, User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for, system_actor
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.models import Registration, Responsibility, StatusEvent
from fotfeste.kernel import clock
from fotfeste.law.status_rules import reconfirmation_due
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import County, Unit
from fotfeste.people.models import Youth

OSLO = 3
TODAY = date(2026, 11, 23)
_numbers = itertools.count(1)


def county(code: int = OSLO, name: str = "Oslo") -> County:
    """Return the county, made when the reference data has not brought it."""
    return County.objects.get_or_create(pk=code, defaults={"name": name})[0]


def education_admin(code: int = OSLO) -> Unit:
    """Return the county's education administration, whose queue holds youths nobody else answers for."""
    return Unit.objects.get_or_create(
        kind=UnitKind.EDUCATION_ADMIN,
        county=county(code),
        defaults={"name": "Utdanningsadministrasjonen", "vigo_number": f"{code:02}000"},
    )[0]


def unit(kind: UnitKind = UnitKind.UPPER_SECONDARY, *, name: str = "", county_id: int = OSLO, **fields: object) -> Unit:
    """Make a unit."""
    number = next(_numbers)
    county(county_id)
    defaults = {"takes_responsibility": kind in {UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY}}
    return Unit.objects.create(
        kind=kind, county_id=county_id, name=name or f"Prøve skole {number}", **{**defaults, **fields}
    )


def user(name: str = "", *, knows_the_rules: bool = True) -> User:
    """Make a person who may log in, without any role, and has confirmed to know the rules of privacy."""
    number = next(_numbers)
    made = User.objects.create(subject=f"test-{number}", name=name or f"Ansatt {number}")
    if knows_the_rules:
        know_the_rules(made)
    return made


def know_the_rules(person: User, *, until: date = date(2100, 1, 1)) -> None:
    """Let somebody have confirmed to know the rules of privacy."""
    KnowledgeConfirmation.objects.create(
        user=person,
        version=version_on(clock.today()),
        first_day=date(2000, 1, 1),
        last_day=until,
        confirmed_at=clock.now(),
    )


def assign(
    person: User, role: Role, at: Unit, *, first_day: date = date(2020, 1, 1), last_day: date | None = None
) -> RoleAssignment:
    """Give a person a role at a unit."""
    return RoleAssignment.objects.create(user=person, role=role, unit=at, first_day=first_day, last_day=last_day)


def actor(role: Role, at: Unit, *, name: str = "", on: date = TODAY) -> Actor:
    """Make a person with one role and return the actor."""
    person = user(name)
    assign(person, role, at)
    made = actor_for(user_id=person.pk, on=on)
    assert made is not None
    return made


def system(*counties: int) -> Actor:
    """Return the importer as actor for the counties (Oslo unless told)."""
    person, _ = User.objects.get_or_create(subject="system:importer", defaults={"name": "Innlesing", "is_system": True})
    return system_actor(person.subject.removeprefix("system:"), county_ids=counties or (OSLO,))


def tenor_number(born: date, serial: int) -> str:
    """Return a synthetic number of the Tenor series for a birth date; a serial without valid digits is passed over."""
    series = 500 if born.year >= 2000 else 0
    for running in itertools.count(serial):
        # Round again after the last of the series: 999 has no successor, and 499's belongs to another century.
        stem = f"{born.day:02}{born.month + 80:02}{born.year % 100:02}{series + running % 500:03}"
        first = 11 - sum(int(d) * w for d, w in zip(stem, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True)) % 11
        first = 0 if first == 11 else first
        second = (
            11 - sum(int(d) * w for d, w in zip(f"{stem}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False)) % 11
        )
        second = 0 if second == 11 else second
        if first < 10 and second < 10:
            break
    return f"{stem}{first}{second}"


def unused_number(born: date, *, besides: str | None = None) -> str:
    """Return a synthetic number of a birth date that is not the one given."""
    # A serial that is passed over would give the same number as the next one; the first hundred are those tests name.
    while True:
        serial = next(_numbers)
        number = tenor_number(born, serial)
        if serial % 500 >= 100 and int(number[6:9]) % 500 == serial % 500 and number != besides:
            return number


def youth(
    responsible: Unit,
    *,
    first_name: str = "Amina",
    last_name: str = "Prøvesen",
    born: date = date(2008, 5, 14),
    national_id: str | None = "",
    **fields: object,
) -> Youth:
    """Make a youth whose responsible unit is given; no registration. ``national_id=None`` makes one without number."""
    if national_id == "":
        national_id = unused_number(born)
    with acting_as(system(responsible.county_id)):
        return Youth.objects.create(
            county_id=responsible.county_id,
            unit_id=responsible.pk,
            first_name=first_name,
            last_name=last_name,
            born=born,
            national_id=national_id,
            id_kind="tenor" if national_id else "",
            recorded_at=clock.now(),
            **fields,
        )


def case(
    responsible: Unit,
    *,
    status: str = "OTUK",
    since: date = date(2026, 9, 12),
    reason: str = "quit_school",
    recorded_at: datetime | None = None,
    **youth_fields: object,
) -> Registration:
    """Make a youth with an open registration, a responsible unit and a status, all since the same day."""
    person = youth(responsible, **youth_fields)
    worker = system(responsible.county_id)
    recorded_at = recorded_at or clock.now()
    with acting_as(worker):
        registration = Registration.objects.create(
            youth=person,
            school_year=since.year if since.month >= 8 else since.year - 1,
            reason=reason,
            first_day=since,
            source="test",
            recorded_at=recorded_at,
            status_code=status,
            status_since=since,
            status_confirmed_on=since,
            status_confirm_by=reconfirmation_due(since),
            unknown_since=since if status == "OTUK" else None,
        )
        Responsibility.objects.create(
            youth=person,
            holder=responsible,
            first_day=since,
            ground="rule",
            rule="unit-vgs-former",
            decided_by_id=worker.user_id,
            recorded_at=recorded_at,
        )
        StatusEvent.objects.create(
            youth=person,
            registration=registration,
            code_list="current",
            code=status,
            first_day=since,
            recorded_at=recorded_at,
            basis="intake",
            county_then=responsible.county_id,
            unit_then=responsible.pk,
            set_by_id=worker.user_id,
        )
        registration.refresh_from_db()
        registration.youth = person
    return registration


def grant(
    person: Youth,
    to: Unit,
    *topics: Topic,
    ground: Ground | None = None,
    first_day: date = TODAY,
    last_day: date | None = None,
) -> None:
    """
    Open topics of a youth to a unit.

    Unless a ground is given it is a place on the unit's OTUK list, and the youth's release for what no list opens.
    """
    listed = {Topic.IDENTITY, Topic.CONTACT, Topic.ADDRESS, Topic.LIST_ROW, Topic.FEEDBACK}
    with acting_as(system(person.county_id)):
        AccessGrant.objects.bulk_create(
            AccessGrant(
                youth_id=person.pk,
                unit=to,
                topic=topic,
                ground=ground or (Ground.OTUK_LIST if topic in listed else Ground.RELEASE),
                source="test",
                first_day=first_day,
                last_day=last_day,
                recorded_at=clock.now(),
            )
            for topic in topics
        )
