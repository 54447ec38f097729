"""The records of meetings that show a step is done, and the checkpoints of the staircase they fill."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from fotfeste.collaboration.enums import Contributes, GuestKind, MeetingKind, MeetingState
from fotfeste.collaboration.models import ArchivedMinutes, Guest, Meeting, MinutesVersion
from fotfeste.collaboration.selectors.evidence import Record, evidence
from fotfeste.collaboration.selectors.meetings import bodies_of
from fotfeste.collaboration.selectors.staircase import Looked, checkpoint
from fotfeste.spec import implements

#: kind of meeting -> the record its minutes are.
MINUTES_OF = {
    MeetingKind.CLARIFICATION: "form-clarification-minutes",
    MeetingKind.COOPERATION: "form-clarification-minutes",
    MeetingKind.EXIT: "form-exit-conversation",
    MeetingKind.THREE_WAY: "form-three-way-conversation",
    MeetingKind.INTAKE: "form-more-training-intake",
}


@implements("rut-at-risk-s05", "rut-leaves-s05", "rut-outside-s05")
@evidence("form-invitation")
def _called(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    # The closing talk and the intake conversation are steps of their own, and no invitation to meet with others.
    rows = Meeting.objects.filter(youth_id__in=youth_ids, called_at__gte=since).exclude(
        kind__in=[MeetingKind.EXIT, MeetingKind.INTAKE]
    )
    for row in rows.order_by("called_at", "pk").prefetch_related("guests"):
        day, met = row.called_at.date(), _others(row, lambda _guest: True)
        source = f"meeting:{row.pk}"
        yield Record(row.youth_id, "form-invitation", row.called_at, day, source, row.called_by_id, with_units=met)


@implements("rut-three-way-s01")
@evidence("preparation-note")
def _prepared(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    for row in Meeting.objects.filter(youth_id__in=youth_ids, prepared_at__gte=since).order_by("prepared_at", "pk"):
        assert row.prepared_at is not None
        day = row.prepared_at.date()
        yield Record(row.youth_id, "preparation-note", row.prepared_at, day, f"meeting:{row.pk}", row.prepared_by_id)


@implements(
    "rut-at-risk-s06",
    "rut-at-risk-s07",
    "rut-leaves-s01",
    "rut-leaves-s08",
    "rut-apprentice-at-risk-s06",
    "rut-apprentice-leaves-s06",
    "rut-exit-agreement-s01",
    "rut-three-way-s02",
)
@evidence(*sorted(set(MINUTES_OF.values())))
def _minutes(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    rows = MinutesVersion.objects.filter(youth_id__in=youth_ids, signed_at__gte=since).order_by("signed_at", "pk")
    for row in rows.select_related("minutes__meeting").prefetch_related("minutes__meeting__guests"):
        meeting = row.minutes.meeting
        kind, day = MINUTES_OF[MeetingKind(meeting.kind)], meeting.starts_at.date()
        met = None if meeting.kind in {MeetingKind.EXIT, MeetingKind.INTAKE} else _others(meeting, _took_part)
        yield Record(row.youth_id, kind, row.signed_at, day, f"minutes:{row.pk}", row.signed_by_id, with_units=met)


def _took_part(guest: Guest) -> bool:
    # Who was not there and has said what it can do, or that it cannot, has had its part clarified too.
    return guest.was_there or bool(guest.contributes)


def _others(meeting: Meeting, counts: Callable[[Guest], bool]) -> frozenset[int]:
    """Return the unit that called and those it called, of those that count; 0 for a partner. None met: empty."""
    bodies = {GuestKind.UNIT, GuestKind.PARTNER}
    there = (guest for guest in meeting.guests.all() if guest.kind in bodies and guest.removed_at is None)
    called = {guest.body_id or 0 for guest in there if counts(guest)}
    return frozenset(called | {meeting.called_by_unit_id} if called else ())


@implements("rut-apprentice-at-risk-s05")
@evidence("contribution-line")
def _contributions(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    rows = Guest.objects.filter(youth_id__in=youth_ids, part_at__gte=since).exclude(contributes="")
    for row in rows.order_by("part_at", "pk"):
        assert row.part_at is not None
        day, source = row.part_at.date(), f"guest:{row.pk}"
        yield Record(row.youth_id, "contribution-line", row.part_at, day, source, row.part_by_id, row.body_id)


@implements("rut-leaves-s03")
@evidence("archive-reference")
def _archived(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    rows = ArchivedMinutes.objects.filter(youth_id__in=youth_ids, archived_at__gte=since)
    for row in rows.order_by("archived_at", "pk"):
        assert row.archived_at is not None
        day, source = row.archived_at.date(), f"archive:{row.pk}"
        yield Record(row.youth_id, "archive-reference", row.archived_at, day, source, row.archived_by_id)


@implements("cp-s2-meeting-held")
@checkpoint("cp-s2-meeting-held")
def _is_held(looked: Looked) -> bool:
    """Minutes of a meeting with others stand signed, and say who was there."""
    return _with_others(looked) is not None


@implements("cp-s2-contributions")
@checkpoint("cp-s2-contributions")
def _is_answered(looked: Looked) -> bool:
    """Each body that was called to the last such meeting has said what it can do, or that it cannot."""
    meeting = _with_others(looked)
    if meeting is None:
        return False
    return all(guest.contributes in set(Contributes) for guest in bodies_of(meeting))


def _with_others(looked: Looked) -> Meeting | None:
    found: Meeting | None = looked.once("meeting with others", lambda: _last_with_others(looked.person))
    return found


def _last_with_others(person: Iterable[int]) -> Meeting | None:
    held = Meeting.objects.filter(youth_id__in=person, state=MeetingState.HELD).exclude(kind=MeetingKind.EXIT)
    there = Guest.objects.filter(kind__in=[GuestKind.UNIT, GuestKind.PARTNER], removed_at=None, was_there=True)
    return held.filter(pk__in=there.values("meeting_id")).order_by("-starts_at", "-pk").first()
