"""The small records about a youth, and what waits to be answered by a unit, as far as the actor may see them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.selectors.judged import is_judged_in_target_group
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.policies import units_with
from fotfeste.collaboration.record_kinds import (
    BETWEEN_PERSONS,
    HANDOVER,
    HANDOVERS,
    IN_OT,
    LAPSED,
    REVOKED,
    VOID,
    RecordKind,
)
from fotfeste.collaboration.selectors.meeting_times import counter_proposals
from fotfeste.collaboration.selectors.newcomers import waiting_for
from fotfeste.consent.selectors import releases_of
from fotfeste.kernel import clock
from fotfeste.kernel.together import Rows
from fotfeste.organisations.enums import UnitKind
from fotfeste.spec import implements

#: Answers after which there is still something to answer.
WAITS = ("", "received")

#: What the person page reads along with the case.
RECORDS = Rows(
    Record,
    "t.youth_id = ANY (%(youth_ids)s)",
    "t.made_at DESC, t.id DESC",
    related=("made_by", "answered_by", "to_unit", "asked_unit", "held_for", "from_user", "to_user"),
)

#: How long before its day somebody is told that what waits for it lacks a permission.
HELD_NEAR = timedelta(days=60)

_SHOWN = ("by_unit", "to_unit", "asked_unit", "held_for", "from_user", "to_user")

_ASKED = frozenset({Role.NAV_RESPONSIBLE, Role.NAV_ADVISER})


@dataclass(frozen=True, slots=True)
class Question:
    """A question asked without telling who it is about: nothing of the youth is here."""

    record_id: int
    text: str
    from_unit: str
    on: date
    due_on: date | None
    version: int


def records_of(*, youth_id: int) -> list[Record]:
    """Return the records about a youth, the newest first."""
    rows = Record.objects.filter(youth_id=youth_id).select_related(*_SHOWN)
    return list(rows.order_by("-on", "-made_at", "-pk"))


def handovers_open() -> QuerySet[Record]:
    """Return the offers of a hand-over nobody has answered; for use inside another query."""
    return Record.objects.filter(kind__in=HANDOVERS, answer="")


def waiting_for_nav() -> QuerySet[Record]:
    """Return what was sent to, or asked of, a Nav office that has not answered; for use inside another query."""
    at_nav = Q(to_unit__kind=UnitKind.NAV_OFFICE) | Q(asked_unit__kind=UnitKind.NAV_OFFICE)
    return Record.objects.filter(at_nav, answer__in=WAITS)


def incoming(*, unit_ids: Iterable[int], user_id: int) -> list[Record]:
    """Return what was sent to some units or offered somebody there and waits, what is due first on top."""
    rows = Record.objects.filter(to_unit_id__in=list(unit_ids), answer__in=WAITS)
    return _waiting(rows.filter(_to(user_id)))


def offered_to(*, user_id: int, unit_ids: Iterable[int]) -> list[Record]:
    """Return what other persons have offered somebody who works at some units, what is due first on top."""
    return _waiting(Record.objects.filter(to_user_id=user_id, to_unit_id__in=list(unit_ids), answer=""))


def offer_between(*, youth_id: int, kind: str) -> Record | None:
    """Return the offer from one person to another that waits for an answer, as far as the actor may see it."""
    return Record.objects.filter(youth_id=youth_id, kind=kind, answer="").select_related("to_user").first()


def between_persons_at(*, unit_id: int) -> int:
    """Return how many offers from one person to another a unit waits for an answer to."""
    return Record.objects.filter(by_unit_id=unit_id, kind__in=BETWEEN_PERSONS, answer="").count()


def released_to(offer: Record) -> list[str]:
    """
    Return what the youth has released to the unit an offer goes to, in words.

    It is looked up as a job would: the unit sees no release but those it has taken down itself.
    """
    assert offer.county_id is not None
    with acting_as(access.system_actor("scheduler", county_ids=(offer.county_id,))):
        found = releases_of(youth_id=offer.youth_id, on=clock.today())
    bodies = (body for each in found for body in each.bodies)
    topics = (topic for _name, unit_id, opened in bodies if unit_id == offer.to_unit_id for topic in opened)
    return [str(topic.label) for topic in dict.fromkeys(topics)]


def answered_offers(*, user_id: int, since: datetime) -> list[Record]:
    """
    Return what somebody offered other persons, or was offered for them, and was answered, or lapsed, since a moment.

    The newest first.
    """
    offered = Q(from_user_id=user_id) | Q(from_user__isnull=False, made_by_id=user_id)
    rows = Record.objects.filter(offered, answered_at__gte=since).exclude(answer=REVOKED)
    return list(rows.select_related("youth", *_SHOWN).order_by("-answered_at", "-pk"))


def ended_offers(*, user_id: int, unit_ids: Iterable[int], since: datetime) -> list[Record]:
    """Return what somebody was offered and that was taken back, or lapsed, since a moment, the newest first."""
    rows = Record.objects.filter(to_user_id=user_id, to_unit_id__in=list(unit_ids), answered_at__gte=since)
    found = rows.filter(answer__in=[REVOKED, LAPSED]).select_related("youth", *_SHOWN)
    return list(found.order_by("-answered_at", "-pk"))


def is_waiting(kinds: Iterable[str], youth_id: int, unit_ids: Iterable[int]) -> bool:
    """Say whether something of some kinds was sent to some units about a youth, and waits for them."""
    rows = Record.objects.filter(youth_id=youth_id, kind__in=list(kinds), to_unit_id__in=list(unit_ids))
    return rows.filter(answer__in=WAITS).exists()


def outgoing(*, unit_ids: Iterable[int], user_id: int, led: Iterable[int] = ()) -> list[Record]:
    """
    Return what some units have sent and nobody has answered, what is due first on top.

    What one person offered another is shown to whoever offered it, and to the leader.

    :param led: the units the reader leads.
    """
    sent = Q(to_unit__isnull=False) | Q(asked_unit__isnull=False)
    rows = Record.objects.filter(sent, by_unit_id__in=list(unit_ids), answer="")
    return _waiting(rows.filter(_from(user_id, led)))


def overdue_offers(*, unit_ids: Iterable[int], today: date) -> list[Record]:
    """Return the offers to take over that some units wait for an answer to, past their day: those of persons too."""
    return _waiting(handovers_open().filter(by_unit_id__in=list(unit_ids), due_on__lt=today))


def is_overdue(record: Record, today: date) -> bool:
    """Say whether an answer should have come."""
    return record.answer == "" and record.due_on is not None and record.due_on < today


def count_waiting(*, actor: Actor, today: date) -> int:
    """
    Return how much waits for the actor's units: what was sent to them, offers of theirs nobody has answered, and other
    times proposed for the meetings the actor has called.
    """
    units = units_with(actor, Permission.TASK_DO)
    overdue = Q(by_unit_id__in=list(units), kind__in=HANDOVERS, answer="", due_on__lt=today)
    offers = overdue & _from(actor.user_id, actor.led_unit_ids)
    lacking = Q(
        by_unit_id__in=list(units), held_for__isnull=False, to_unit__isnull=True, answer="", on__lte=today + HELD_NEAR
    ) & ~Q(said__has_key="permission_on")
    waits = Q(to_unit_id__in=list(units), answer__in=WAITS) & _to(actor.user_id)
    named = Record.objects.filter(offers | lacking | waits).count()
    new = waiting_for(unit_ids=units_with(actor, Permission.ROUTINE_WORK))
    proposed = counter_proposals(user_id=actor.user_id).count()
    return named + len(questions(actor=actor)) + len(new) + proposed


@implements("amb-40", "nc-anonymous")
def questions(*, actor: Actor) -> list[Question]:
    """
    Return what the actor's units are asked without being told who it is about.

    The rows are not open to those units. They are read for them here, and only what is asked is given on.
    """
    units = {each.unit_id for each in actor.assignments if each.role in _ASKED}
    if not units:
        return []
    with acting_as(access.system_actor("scheduler", county_ids=tuple(sorted(actor.county_ids)))):
        rows = Record.objects.filter(asked_unit_id__in=list(units), answer="").select_related("by_unit")
        return [
            Question(row.pk, row.said.get("question", ""), row.by_unit.name, row.on, row.due_on, row.version)
            for row in rows.order_by("due_on", "pk")
        ]


def record_or_none(*, youth_id: int, record_id: int) -> Record | None:
    """Return a record about the youth, or None when there is none the actor may see."""
    rows = Record.objects.filter(pk=record_id, youth_id=youth_id)
    return rows.select_related("by_unit", "to_unit", "held_for", "from_user", "to_user").first()


def so_of(known: RecordKind, youth_id: int) -> frozenset[str]:
    """Return what is so of the youth that decides what a kind of record asks, as far as the actor may know it."""
    asks = {each.asked_if for each in known.fields}
    return frozenset({IN_OT}) if IN_OT in asks and is_judged_in_target_group(youth_id=youth_id) else frozenset()


def records_of_kind(*, youth_id: int, kind: str) -> list[Record]:
    """Return the records of a kind about the youth that stand, the newest first."""
    return [each for each in records_of(youth_id=youth_id) if each.kind == kind and each.answer not in VOID]


def day_of_record(*, record_id: int) -> date | None:
    """Return the day of a record; None when there is none the actor may see."""
    return Record.objects.filter(pk=record_id).values_list("on", flat=True).first()


def has_permission(record: Record, on: date) -> bool:
    """Say whether a record that waits for its day has a permission that stands on it. Source: opplæringslova § 25-1."""
    given = record.said.get("permission_on", "")
    return bool(record.said.get("permission_by")) and bool(given) and date.fromisoformat(given) <= on


def held_back(*, on: date) -> list[Record]:
    """Return what waits for a day that has come, as far as the actor may see it."""
    rows = Record.objects.filter(held_for__isnull=False, to_unit__isnull=True, answer="", on__lte=on)
    return list(rows.select_related("youth").order_by("pk"))


def held_at(*, unit_ids: Iterable[int]) -> list[Record]:
    """Return what some units have prepared and not sent, by the day it is to go."""
    rows = Record.objects.filter(by_unit_id__in=list(unit_ids), held_for__isnull=False, to_unit__isnull=True, answer="")
    return list(rows.select_related("youth", "by_unit", "held_for").order_by("on", "youth__name_key", "pk"))


def open_offer(*, youth_id: int) -> Record | None:
    """Return the offer to take over that waits for an answer, as far as the actor may see it."""
    return Record.objects.filter(youth_id=youth_id, kind=HANDOVER, answer="").select_related("to_unit").first()


def declined_since(*, youth_id: int, since: datetime) -> QuerySet[Record]:
    """Return the offers to take over that were declined since a moment."""
    return Record.objects.filter(youth_id=youth_id, kind=HANDOVER, answer="declined", answered_at__gte=since)


def answered_since(*, youth_id: int, kind: str, answer: str, since: datetime) -> bool:
    """Say whether something of a kind was answered so since a moment."""
    return Record.objects.filter(youth_id=youth_id, kind=kind, answer=answer, answered_at__gte=since).exists()


def said_since(*, youth_id: int, kind: str, since: datetime) -> dict[str, Any]:
    """Return what the newest record of a kind made since a moment says; nothing when there is none."""
    rows = Record.objects.filter(youth_id=youth_id, kind=kind, made_at__gte=since)
    found = rows.exclude(answer__in=VOID).order_by("-made_at", "-pk").first()
    return dict(found.said) if found is not None else {}


def _to(user_id: int) -> Q:
    """Leave out what is offered to somebody else."""
    return Q(to_user__isnull=True) | Q(to_user_id=user_id)


def _from(user_id: int, led: Iterable[int]) -> Q:
    """Leave out what somebody else offers, where one does not lead the unit."""
    return Q(from_user__isnull=True) | Q(from_user_id=user_id) | Q(by_unit_id__in=list(led))


def _waiting(rows: QuerySet[Record]) -> list[Record]:
    found = rows.select_related("youth", *_SHOWN)
    return list(found.order_by("due_on", "made_at", "pk"))
