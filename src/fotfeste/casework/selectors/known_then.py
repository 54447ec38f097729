"""How a case stood as it was known at a moment, whatever has been recorded, corrected or merged since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from fotfeste.casework.selectors.changes import CaseHistory
from fotfeste.casework.selectors.person_page import PersonPage
from fotfeste.casework.selectors.status_changes import known_at
from fotfeste.people.selectors import KnownIdentity, identity_at


@dataclass(frozen=True, slots=True)
class Known:
    """A fact as it was known: the row, and the days it was known to hold in. No last day is until further notice."""

    row: Any
    first_day: date
    last_day: date | None


@dataclass(frozen=True, slots=True)
class KnownCase:
    """
    A case as it was known at a moment; each list the latest first.

    :ivar identity: None when the reader may not know who the youth was known as.
    """

    at: datetime
    identity: KnownIdentity | None
    registrations: tuple[Known, ...]
    statuses: tuple[Known, ...]
    units: tuple[Known, ...]
    people: tuple[Known, ...]
    attempts: int
    last_contact_on: date | None

    @property
    def is_empty(self) -> bool:
        """Say whether nothing was known of the case yet."""
        return not (self.registrations or self.statuses or self.units)


def known_then(page: PersonPage, history: CaseHistory, *, at: datetime, tells_identity: bool) -> KnownCase:
    """
    Return the case as it was known at a moment, from what its history has already read.

    :param tells_identity: whether the reader may know what the youth was called before.
    """
    attempts = known_at(page.attempts, at)
    contacts = [row.on for row in attempts if row.is_contact]
    chosen = [row for row in known_at(page.counsellor_periods, at) if row.counsellor_id is not None]
    registered = [row for row in page.registrations if row.recorded_at <= at]
    return KnownCase(
        at=at,
        identity=identity_at(youth=page.youth, changes=history.identity, at=at) if tells_identity else None,
        registrations=_dated(registered, at, "closed_at"),
        statuses=_dated(known_at(history.statuses, at), at, "recorded_at"),
        units=_dated(known_at(history.responsibilities, at), at, "ended_at"),
        people=_dated(chosen, at, "recorded_at"),
        attempts=len(attempts),
        last_contact_on=max(contacts, default=None),
    )


def _dated(rows: Iterable[Any], at: datetime, ended: str) -> tuple[Known, ...]:
    found = [Known(row, row.first_day, _last_day_known(row, at, getattr(row, ended))) for row in rows]
    return tuple(sorted(found, key=lambda known: (known.first_day, known.row.pk), reverse=True))


def _last_day_known(row: Any, at: datetime, ended_at: datetime | None) -> date | None:
    """
    Return the last day as far as it was known; a day ahead of the moment was not, whatever the row says now.

    Nor was the one of a row that had no day left when it was superseded later on.
    """
    is_ahead = row.last_day is None or row.last_day > at.date() or (ended_at is not None and ended_at > at)
    had_no_day_left = ended_at is None and getattr(row, "superseded_at", None) is not None
    return None if is_ahead or had_no_day_left else row.last_day
