"""What somebody answers for at a unit and has open: the work a colleague takes over, or does for them for a while."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from fotfeste.access import selectors as access
from fotfeste.casework.enums import FeedbackState
from fotfeste.casework.models import Feedback, Registration
from fotfeste.casework.selectors.counsellors import counsellors_at
from fotfeste.casework.selectors.feedback import feedback_about
from fotfeste.casework.selectors.needs import NEWS_DAYS
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.organisations.selectors.units import unit_names


@dataclass(frozen=True, slots=True)
class Answering:
    """
    Somebody who answers for youths at some units.

    :ivar is_gone: who follows up at none of the units any more, so that the youths are nobody's.
    """

    user_id: int
    name: str
    youths: int
    is_gone: bool


@dataclass(frozen=True, slots=True)
class AnsweringElsewhere:
    """Somebody who answers for youths at another unit of the county, which chooses who does."""

    unit_id: int
    unit: str
    name: str
    youths: int
    is_gone: bool


@dataclass(frozen=True, slots=True)
class Work:
    """
    One youth somebody answers for, and what is open about it.

    :ivar must_be_confirmed: the day by which the status was to be confirmed, when that has passed.
    :ivar message: what another unit has reported lately, that nobody has answered.
    """

    registration: Registration
    must_be_confirmed: date | None
    message: Feedback | None

    @property
    def is_pressing(self) -> bool:
        """Say whether something is promised, must be confirmed or answered, or nobody knows what the youth does."""
        return _first_day_of(self) != date.max


def youths_of_each(*, unit_ids: Iterable[int]) -> dict[int, int]:
    """Return how many open cases at the units each person answers for, by user; those with none are not there."""
    rows = open_registrations().filter(unit_id__in=list(unit_ids), counsellor__isnull=False).order_by()
    return dict(rows.values("counsellor_id").annotate(youths=Count("pk")).values_list("counsellor_id", "youths"))


def answering_at(*, unit_ids: Iterable[int], on: date) -> list[Answering]:
    """Return those who answer for youths at the units, those who are gone first, then by name."""
    return [each for each in load_at(unit_ids=unit_ids, on=on) if each.youths]


def load_at(*, unit_ids: Iterable[int], on: date) -> list[Answering]:
    """Return everybody who can answer for a youth at the units, and how many open cases each has there, by name."""
    wanted = list(unit_ids)
    counted = youths_of_each(unit_ids=wanted)
    here = {user_id: name for _unit, user_id, name in counsellors_at(unit_ids=wanted, on=on)}
    names = {**access.user_names(counted.keys() - here.keys()), **here}
    everybody = counted.keys() | here.keys()
    found = [Answering(each, names.get(each, ""), counted.get(each, 0), each not in here) for each in everybody]
    return sorted(found, key=lambda each: (not each.is_gone, each.name.casefold(), each.user_id))


def answering_elsewhere(*, county_ids: Iterable[int], besides: Iterable[int], on: date) -> list[AnsweringElsewhere]:
    """
    Return those who answer for youths at other units of the counties, those who are gone first, then by unit.

    Those under protection are not counted: beside the name of a unit that would tell where they are.
    """
    rows = open_registrations().filter(county_id__in=list(county_ids), counsellor__isnull=False)
    rows = rows.filter(youth__protection="none").exclude(unit_id__in=list(besides)).order_by()
    counted = list(rows.values_list("unit_id", "counsellor_id").annotate(Count("pk")))
    places = unit_names({unit_id for unit_id, _user_id, _youths in counted})
    there = counsellors_at(unit_ids=places, on=on)
    here = {(unit_id, user_id) for unit_id, user_id, _name in there}
    names = access.user_names({user_id for _unit_id, user_id, _youths in counted})
    found = [
        AnsweringElsewhere(unit_id, places[unit_id], names.get(user_id, ""), youths, (unit_id, user_id) not in here)
        for unit_id, user_id, youths in counted
    ]
    return sorted(found, key=lambda each: (not each.is_gone, each.unit.casefold(), each.name.casefold()))


def open_work(*, user_id: int, unit_ids: Iterable[int], today: date) -> list[Work]:
    """Return what somebody answers for at the units, by the first day of what is open, then the rest."""
    wanted = sorted(unit_ids)
    since = today - timedelta(NEWS_DAYS)
    waiting = (each for unit_id in wanted for each in feedback_about(unit_id=unit_id, since=since))
    reported = {each.youth_id: each for each in waiting if each.state == FeedbackState.NEW}
    rows = open_registrations().filter(unit_id__in=wanted, counsellor_id=user_id).select_related("youth")
    found = [Work(row, _overdue(row, today), reported.get(row.youth_id)) for row in rows]
    return sorted(found, key=lambda each: (_first_day_of(each), each.registration.pk))


def _overdue(row: Registration, today: date) -> date | None:
    return row.status_confirm_by if row.status_confirm_by is not None and row.status_confirm_by < today else None


def _first_day_of(work: Work) -> date:
    row, message = work.registration, work.message
    days = (row.next_promise_on, work.must_be_confirmed, message.on if message else None, row.unknown_since)
    return min((day for day in days if day is not None), default=date.max)
