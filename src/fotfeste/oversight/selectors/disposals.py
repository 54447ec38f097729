"""
What is due to be disposed of on a day, of which kind and by which rule, and the disposals there have been.

What is due is found by the system actor ``overseer``, who sees whom nothing may be disposed of. A county that decides
for the first time has years of former youths: the database looks through them in sets, and the rules are asked once for
all who are alike.
"""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from fotfeste.access.retention import RecordKind, record_kinds
from fotfeste.law.end_dates import last_day_of_service
from fotfeste.law.retention import kept_until, service_ended_on
from fotfeste.organisations.selectors.readings import readings_on
from fotfeste.oversight.about_person import ways_to_youth
from fotfeste.oversight.enums import DisposalState
from fotfeste.oversight.models import Disposal
from fotfeste.oversight.selectors.holds import held_ids

#: As many people as one disposal takes; the rest are due the next time.
MOST = 1000


@dataclass(frozen=True, slots=True)
class DueKind:
    """
    One record kind on a day: how many are due, and why others are not.

    :ivar value: what the county has chosen; ``decided`` says whether anything can be due by it.
    :ivar people: how many people are due; ``youth_ids`` are the first of them, merged registrations with their own,
        and ``all_ids`` those of all.
    :ivar rows: how many rows of each model those have.
    :ivar held: people whose time is up, but who are on hold; ``registered``: who are registered still.
    """

    kind: RecordKind
    on: date
    value: str
    people: int = 0
    in_this: int = 0
    youth_ids: tuple[int, ...] = ()
    rows: tuple[tuple[str, int], ...] = ()
    held: int = 0
    registered: int = 0
    digest: str = ""
    all_ids: frozenset[int] = frozenset()

    @property
    def decided(self) -> bool:
        """Whether the county has decided on a time after which they go."""
        return self.value not in {"undecided", "preserved"}

    @property
    def row_count(self) -> int:
        """Return how many rows would go."""
        return sum(count for _model, count in self.rows)


@dataclass(frozen=True, slots=True)
class _Person:
    youth_ids: tuple[int, ...]
    ended_on: date
    is_registered: bool


def disposable_kinds() -> dict[str, RecordKind]:
    """Return the kinds that go by a disposal, by id."""
    return {each.id: each for each in record_kinds().values() if each.outcome == "dispose"}


def models_that_go(kind: RecordKind) -> list[str]:
    """Return the models whose rows go: a case takes along what is kept shorter."""
    kinds = disposable_kinds().values() if kind.id == "case" else (kind,)
    return [model for each in kinds for model in each.models]


def due_in(*, county_id: int, on: date) -> list[DueKind]:
    """Return what is due in a county on a day, a line for each kind. To be asked as ``overseer``."""
    people = _people(county_id=county_id, on=on)
    held = held_ids(county_id=county_id, on=on)
    return [_due(kind, county_id=county_id, on=on, people=people, held=held) for kind in disposable_kinds().values()]


def _due(kind: RecordKind, *, county_id: int, on: date, people: list[_Person], held: frozenset[int]) -> DueKind:
    readings = readings_on(county_id=county_id, on=on)
    value = readings[kind.term.reading]
    until = {
        ended: kept_until(ended_on=ended, readings=readings, reading=kind.term.reading)
        for ended in {person.ended_on for person in people}
    }
    passed = {ended for ended, last_day in until.items() if last_day is not None and last_day < on}
    over = _with_rows(kind, [person for person in people if person.ended_on in passed])
    registered = [each for each in over if each.is_registered]
    on_hold = [each for each in over if not each.is_registered and held.intersection(each.youth_ids)]
    due = [each for each in over if not each.is_registered and not held.intersection(each.youth_ids)]
    first = due[:MOST]
    ids = tuple(sorted(each for person in first for each in person.youth_ids))
    counted = _counted(kind, ids)
    said = (kind.id, county_id, value, len(due), ids, counted)
    return DueKind(
        kind=kind,
        on=on,
        value=value,
        people=len(due),
        in_this=len(first),
        youth_ids=ids,
        rows=tuple((model, count) for model, count, _newest in counted),
        held=len(on_hold),
        registered=len(registered),
        digest=hashlib.sha256(repr(said).encode()).hexdigest(),
        all_ids=frozenset(each for person in due for each in person.youth_ids),
    )


def _people(*, county_id: int, on: date) -> list[_Person]:
    """Return the people too old for the service, each with the registrations merged into it."""
    age = last_day_of_service(born=date(2000, 1, 1), as_of=on).year - 2000
    born_before = date(on.year - age, 1, 1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT coalesce(y.merged_into_id, y.id) AS person, array_agg(y.id ORDER BY y.id), max(y.born),
                   max(r.last_day), coalesce(bool_or(r.is_open), false)
            FROM people_youth y LEFT JOIN (
              SELECT youth_id, max(last_day) AS last_day, bool_or(last_day IS NULL) AS is_open
              FROM casework_registration WHERE county_id = %s GROUP BY youth_id) r ON r.youth_id = y.id
            WHERE y.county_id = %s AND y.born < %s GROUP BY 1 ORDER BY 1
            """,
            [county_id, county_id, born_before],
        )
        rows = cursor.fetchall()
        # Merged with one who stands elsewhere, or is written as younger: left alone until somebody has looked at it.
        cursor.execute(
            """SELECT merged_into_id FROM people_youth
               WHERE merged_into_id IS NOT NULL AND (county_id <> %s OR born >= %s)""",
            [county_id, born_before],
        )
        apart = {person for (person,) in cursor.fetchall()}
    ends = {
        (born, last): service_ended_on(born=born, registered_until=[last] if last else [], as_of=on)
        for born, last in {(born, last) for _person, _ids, born, last, _registered in rows}
    }
    return [
        _Person(tuple(ids), ends[born, last], registered)
        for person, ids, born, last, registered in rows
        if person in ids and person not in apart
    ]


def _with_rows(kind: RecordKind, people: list[_Person]) -> list[_Person]:
    """Return those of whom anything of the kind stands. Of a case there is always something."""
    if kind.id == "case" or not people:
        return people
    ids = [each for person in people for each in person.youth_ids]
    having: set[int] = set()
    with connection.cursor() as cursor:
        for label in kind.models:
            table = connection.ops.quote_name(apps.get_model(label)._meta.db_table)
            has_any = f"EXISTS (SELECT FROM {table} t WHERE t.youth_id = a.id)"
            cursor.execute(f"SELECT a.id FROM unnest(%s::bigint[]) a(id) WHERE {has_any}", [ids])
            having.update(youth_id for (youth_id,) in cursor.fetchall())
    return [person for person in people if having.intersection(person.youth_ids)]


def _counted(kind: RecordKind, ids: tuple[int, ...]) -> tuple[tuple[str, int, int], ...]:
    """Return how many rows of each model the youths have, and the newest, so that a new one is noticed."""
    found = []
    for label in models_that_go(kind):
        model: Any = apps.get_model(label)
        condition = Q()
        for way in ways_to_youth(model):
            condition |= Q(**{way: ids})
        if not ids:
            continue
        seen = model._default_manager.filter(condition).aggregate(count=Count("pk"), newest=Max("pk"))
        if seen["count"]:
            found.append((label, seen["count"], seen["newest"]))
    return tuple(found)


def disposals_in(*, county_id: int) -> QuerySet[Disposal]:
    """Return the disposals of a county the actor may see, the latest first."""
    rows = Disposal.objects.filter(county_id=county_id).select_related("proposed_by", "decided_by")
    return rows.order_by("-proposed_at", "-pk")


def disposals_to_approve(*, county_id: int, user_id: int) -> int:
    """Return how many proposals in a county wait for the user, who has not made them oneself."""
    waiting = Disposal.objects.filter(county_id=county_id, state=DisposalState.PROPOSED)
    return waiting.exclude(proposed_by_id=user_id).count()


def disposal_or_none(*, disposal_id: int) -> Disposal | None:
    """Return the disposal, or None when there is none the actor may see."""
    return Disposal.objects.select_related("proposed_by", "decided_by").filter(pk=disposal_id).first()
