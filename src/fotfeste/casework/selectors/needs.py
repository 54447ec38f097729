"""Which of a unit's youths need somebody today, why, and in which order."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum
from typing import Any

from django.db.models import Q

from fotfeste import codes
from fotfeste.casework.models import Feedback, Registration
from fotfeste.casework.selectors.feedback import feedback_about, waiting_reports
from fotfeste.casework.selectors.opened_to import youths_registered_for
from fotfeste.casework.selectors.worklist import QUICK, open_registrations
from fotfeste.spec import implements

#: A promise is shown so many days before it is due, and a message so many days after it came.
AHEAD_DAYS = 7
NEWS_DAYS = 14


class Need(IntEnum):
    """Why a youth needs somebody, the most pressing first: what is promised, then what the law asks, then news."""

    PROMISED = 1
    REACHED = 2
    NEVER_TRIED = 3
    ONLY_ATTEMPTS = 4
    UNKNOWN_AGAIN = 5
    CONFIRM = 6
    NEW = 7
    REPORTED = 8


@dataclass(frozen=True, slots=True)
class Needing:
    """
    One youth who needs somebody, and the most pressing reason.

    :ivar since: the day it goes by: due, or waiting from.
    :ivar message: what another unit has reported, when that is the reason.
    :ivar is_registered_for: another unit is responsible, and this one registers the status (amb-33).
    """

    registration: Registration
    youth: Any
    need: Need
    since: date
    message: Feedback | None = None
    is_registered_for: bool = False

    @property
    def order(self) -> tuple[int, date, int]:
        """Return what the list is sorted by."""
        return self.need, self.since, self.registration.pk


def needing(*, unit_id: int, today: date) -> list[Needing]:
    """Return the unit's youths who need somebody, the most pressing first and each once."""
    reported = {each.youth_id: each for each in feedback_about(unit_id=unit_id, since=today - timedelta(NEWS_DAYS))}
    pressing = (
        Q(status_code=codes.UNKNOWN_ACTIVITY)
        | Q(next_promise_on__lte=today + timedelta(AHEAD_DAYS))
        | QUICK["must_be_confirmed"](today)
        | QUICK["new"](today)
        | Q(youth_id__in=list(reported))
    )
    rows = open_registrations().filter(pressing, unit_id=unit_id, is_preventive=False).select_related("youth")
    found = [_needing(row, reported.get(row.youth_id), today) for row in rows]
    found += _registered_for(unit_id, today)
    return sorted((each for each in found if each is not None), key=lambda each: each.order)


@implements("amb-33")
def _registered_for(unit_id: int, today: date) -> list[Needing]:
    """Return those whose status the unit registers for another: what that one reports, and what must be confirmed."""
    ids = youths_registered_for(unit_ids=[unit_id], on=today)
    if not ids:
        return []
    reported = {each.youth_id: each for each in waiting_reports(youth_ids=ids)}
    found: list[Needing] = []
    for row in open_registrations().filter(youth_id__in=ids).select_related("youth"):
        message = reported.get(row.youth_id)
        if message is not None:
            found.append(Needing(row, row.youth, Need.REPORTED, message.on, message, is_registered_for=True))
        elif row.status_confirm_by is not None and row.status_confirm_by < today:
            found.append(Needing(row, row.youth, Need.CONFIRM, row.status_confirm_by, is_registered_for=True))
    return found


def need_of(*, youth_id: int, today: date) -> Needing | None:
    """Return why one youth needs somebody now, or None when nothing presses."""
    row = open_registrations().filter(youth_id=youth_id).select_related("youth").first()
    return _needing(row, None, today) if row is not None else None


def _needing(row: Registration, message: Feedback | None, today: date) -> Needing | None:
    need, since = _why(row, message, today)
    return Needing(row, row.youth, need, since, message) if need is not None and since is not None else None


def _why(row: Registration, message: Feedback | None, today: date) -> tuple[Need | None, date | None]:
    if row.next_promise_on is not None and row.next_promise_on <= today + timedelta(AHEAD_DAYS):
        return Need.PROMISED, row.next_promise_on
    if row.unknown_since is not None:
        return _why_unknown(row, row.unknown_since)
    if row.status_confirm_by is not None and row.status_confirm_by < today:
        return Need.CONFIRM, row.status_confirm_by
    if row.first_day >= today - timedelta(NEWS_DAYS):
        return Need.NEW, row.first_day
    return (Need.REPORTED, message.on) if message is not None else (None, None)


def _why_unknown(row: Registration, unknown_since: date) -> tuple[Need, date]:
    if row.last_contact_on is not None and row.last_contact_on >= unknown_since:
        return Need.REACHED, row.last_contact_on
    if row.last_attempt_on is None:
        return Need.NEVER_TRIED, unknown_since
    if row.last_contact_on is None:
        return Need.ONLY_ATTEMPTS, row.last_attempt_on
    return Need.UNKNOWN_AGAIN, unknown_since
