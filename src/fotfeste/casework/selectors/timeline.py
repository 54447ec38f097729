"""What has happened in a case, merged into one line of days, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fotfeste.casework.enums import CounsellorGround, FeedbackState
from fotfeste.casework.selectors.person_page import PersonPage

PAGE = 30
#: Nobody answering, when it only follows from a move or an end that stands on the line itself.
_FOLLOWS = frozenset({CounsellorGround.MOVED, CounsellorGround.CLOSED})


class Happening(StrEnum):
    """What kind of thing happened."""

    REGISTERED = "registered"
    CLOSED = "closed"
    STATUS = "status"
    CONFIRMED = "confirmed"
    RESPONSIBILITY = "responsibility"
    COUNSELLOR = "counsellor"
    CONTACT = "contact"
    NOTE = "note"
    FEEDBACK = "feedback"
    ENROLLED = "enrolled"
    LEFT_SCHOOL = "left_school"
    COOPERATION = "cooperation"
    SHARED_NOTE = "shared_note"


@dataclass(frozen=True, slots=True)
class Entry:
    """
    One thing that happened.

    :ivar on: the day it is about.
    :ivar recorded_at: when it was written down.
    :ivar row: what is to be shown of it: a registration, status event, contact attempt, note and so on.
    :ivar is_struck: withdrawn or corrected since; shown as such, never hidden.
    """

    on: date
    recorded_at: datetime
    kind: Happening
    row: Any
    by_id: int | None = None
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A portion of the line, and whether there is more."""

    entries: tuple[Entry, ...]
    total: int
    has_more: bool


def timeline(
    page: PersonPage,
    *,
    start: int = 0,
    count: int = PAGE,
    kinds: frozenset[Happening] | None = None,
    besides: Iterable[Entry] = (),
) -> TimelinePage:
    """
    Return a portion of what has happened, from what the person page has already read.

    :param besides: what apps above know of; their rows are what is told.
    """
    entries = [entry for entry in (*_all(page), *besides) if kinds is None or entry.kind in kinds]
    entries.sort(key=lambda entry: (entry.on, entry.recorded_at), reverse=True)
    return TimelinePage(tuple(entries[start : start + count]), len(entries), len(entries) > start + count)


def _all(page: PersonPage) -> Iterator[Entry]:
    for registration in page.registrations:
        yield Entry(registration.first_day, registration.recorded_at, Happening.REGISTERED, registration)
        if registration.last_day is not None:
            yield Entry(registration.last_day, registration.recorded_at, Happening.CLOSED, registration)
    yield from _statuses(page)
    for held in page.responsibilities:
        yield Entry(held.first_day, held.recorded_at, Happening.RESPONSIBILITY, held, held.decided_by_id)
    for chosen in page.counsellor_periods:
        if chosen.superseded_at is None and chosen.ground not in _FOLLOWS:
            yield Entry(chosen.first_day, chosen.recorded_at, Happening.COUNSELLOR, chosen, chosen.chosen_by_id)
    for said in page.confirmations:
        yield Entry(said.confirmed_on, said.recorded_at, Happening.CONFIRMED, said, said.confirmed_by_id)
    for attempt in page.attempts:
        is_struck = attempt.superseded_at is not None
        yield Entry(attempt.on, attempt.recorded_at, Happening.CONTACT, attempt, attempt.registered_by_id, is_struck)
    for note in page.notes:
        is_struck = note.superseded_at is not None
        yield Entry(note.written_on, note.recorded_at, Happening.NOTE, note, note.written_by_id, is_struck)
    for sent in page.feedback:
        is_struck = sent.state == FeedbackState.WITHDRAWN
        yield Entry(sent.on, sent.sent_at, Happening.FEEDBACK, sent, sent.sent_by_id, is_struck)
    for enrolment in page.known.enrolments:
        if enrolment.first_day is not None:
            yield Entry(enrolment.first_day, enrolment.recorded_at, Happening.ENROLLED, enrolment)
        if enrolment.last_day is not None:
            yield Entry(enrolment.last_day, enrolment.recorded_at, Happening.LEFT_SCHOOL, enrolment)


def _statuses(page: PersonPage) -> Iterator[Entry]:
    """Give each status once: a move to another unit or a new school year goes on with the one before."""
    for event, before in zip(page.status_events, [*page.status_events[1:], None], strict=False):
        goes_on = (
            before is not None
            and before.code == event.code
            and before.youth_id == event.youth_id
            and before.last_day is not None
            and (event.first_day - before.last_day).days == 1
        )
        if not goes_on:
            yield Entry(event.first_day, page.recorded_first[event.pk], Happening.STATUS, event, event.set_by_id)
