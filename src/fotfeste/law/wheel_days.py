"""How each event of the year falls on days: by a date, at an interval, all year, or after something has happened."""

import calendar
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from fotfeste.law.annual_wheel import Event, Occurrence, Recurrence, event, kept_on, weekend_rule
from fotfeste.law.readings import PROPOSED, Readings
from fotfeste.law.school_year import SchoolYear, school_year_of
from fotfeste.law.wheel_changes import WheelLine
from fotfeste.law.working_days import WeekendRule, next_working_day, shift
from fotfeste.spec import implements

Place = Callable[[Event, SchoolYear, Readings], Iterator[Occurrence]]

_DAY = timedelta(days=1)
#: How long before its day what is done counts: a transfer is made on its day, the rest by it. Our reading (amb-46).
_ON_THE_DAY, _BY_THE_DAY = timedelta(days=7), timedelta(days=30)
_TRANSFERS = frozenset({"dl-prevented-pupils", "dl-no-place-transfer", "dl-nonapplicant-transfer"})
LISTS = ("dl-otuk-list-oct", "dl-otuk-list-nov", "dl-otuk-list-feb", "dl-otuk-list-apr")
REGISTRATIONS = ("dl-registration-nov", "dl-registration-feb", "dl-registration-apr", "dl-registration-jun")
_WEEKDAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4}
#: How many months after its day a meeting that was not held by it counts as that one, late.
_LATE = 3
#: The last day the yearly meeting may be held, by how the county reads it.
_MEETING_BY = {"before_15_september": (9, 14), "by_31_december": (12, 31), "by_30_june": (6, 30)}


def occurrences(each: Event, year: SchoolYear, readings: Readings = PROPOSED) -> tuple[Occurrence, ...]:
    """
    Return the times an event comes in a school year, the first first; none when something else sets it off.

    It belongs to the year of its day as written, also when a day off moves it across 1 August. Nothing is due before
    the document that asks for it. What a county does otherwise reaches the times that lie on or after its first day,
    both by the day they had and by the day they get.
    """
    found = _kept(each, year, readings)
    return tuple(one for one in found if each.first_day is None or one.due >= each.first_day)


@lru_cache(maxsize=2048)
def _kept(each: Event, year: SchoolYear, readings: Readings) -> tuple[Occurrence, ...]:
    proposed = [] if each.is_own else _numbered(each, year, readings)
    found = proposed
    for line in readings.lines_of(each.id):
        own = replace(each, day=line.day, weekend=line.weekend or each.weekend)
        anew = _numbered(own, year, readings) if each.is_own else [_moved(one, line, year) for one in proposed]
        found = _from_its_day(line, found, anew)
    return tuple(found)


def _numbered(each: Event, year: SchoolYear, readings: Readings) -> list[Occurrence]:
    """Return the times as proposed, each with what it is known by: its week, or its number in the year."""
    found = sorted(_how(each)(each, year, readings))
    weekly = _how(each) is _each_week
    return [
        replace(one, turn=one.opens.isoformat() if weekly else f"{year.start_year}-{number}")
        for number, one in enumerate(found)
    ]


def _from_its_day(line: WheelLine, found: Sequence[Occurrence], anew: Sequence[Occurrence]) -> list[Occurrence]:
    """Let a line reach the times it reaches; one whose new day has passed already stays on the day it had."""
    stood = [one for one in found if one.due < line.first_day]
    if not line.is_on:
        return stood
    had = {one.turn: one for one in found if one.due >= line.first_day}
    passed = {one.turn for one in stood}
    placed = [one if one.due >= line.first_day else had.get(one.turn) for one in anew if one.turn not in passed]
    return sorted([*stood, *(one for one in placed if one is not None)])


def _moved(one: Occurrence, line: WheelLine, year: SchoolYear) -> Occurrence:
    """Return a time on the day a county has chosen. What is done late counts for a list until the next one opens."""
    nominal = day_in(year, *line.day) if line.day else one.nominal
    rule = line.weekend or one.rule
    by = nominal - one.nominal
    closes = one.closes if one.event_id in LISTS else one.closes + by
    return replace(one, due=shift(nominal, rule), nominal=nominal, rule=rule, opens=one.opens + by, closes=closes)


def days_of(event_ids: tuple[str, ...], *, around: date, readings: Readings = PROPOSED) -> list[Occurrence]:
    """Return the times some events come in the school year of a day, the one before and the one after, in order."""
    year = school_year_of(around)
    years = (year.previous, year, year.next)
    return sorted(one for each in event_ids for it in years for one in _kept(event(each), it, readings))


def day_kept(event_id: str, year: SchoolYear, readings: Readings) -> date | None:
    """Return the day an event is kept on in a year in which it comes once at most; None when it does not come."""
    return next((one.due for one in _kept(event(event_id), year, readings)), None)


def day_in(year: SchoolYear, month: int, day: int) -> date:
    """Return a day of the calendar inside a school year; 29 February is the 28th when there is none."""
    number = year.start_year if month >= 8 else year.start_year + 1
    return date(number, month, min(day, calendar.monthrange(number, month)[1]))


@implements("dl-prevented-pupils", "dl-no-place-transfer", "dl-count-date", "dl-alternative-offer")
@implements("dl-national-report-nov", "dl-internal-report-nov", "dl-national-report-jun", "dl-internal-report-jun")
@implements("dl-registration-nov", "dl-registration-feb", "dl-registration-apr", "dl-registration-jun")
@implements("dl-year-end-24", "dl-nonapplicant-transfer", "dl-nonapplicant-letter")
@implements("dl-status-snapshot-january", "dl-survey-wave", "amb-46", "amb-49")
def _on_its_day(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """
    Place an event on its date. A transfer is made on the day, the rest by it.

    Source: Oslostandarden kap. 6.3.1, Samarbeidsavtalen kap. 2 og 4; the rule for days off is ours (amb-47).
    """
    nominal = day_in(year, *(each.day or (8, 1)))
    before = _ON_THE_DAY if each.id in _TRANSFERS else _BY_THE_DAY
    yield _made(each, nominal, readings, opens=nominal - before, closes=months_after(nominal, 12) - before - _DAY)


@implements("dl-otuk-list-oct", "dl-otuk-list-nov", "dl-otuk-list-feb", "dl-otuk-list-apr")
def _list_day(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """
    Place a list on its date. Made up to a week before, it is that list; later, it is late until the next one opens.

    Source: Oslostandarden kap. 6.3.1.
    """
    days = _all_list_days(year)
    nominal = day_in(year, *(each.day or (8, 1)))
    following = days[days.index(nominal) + 1]
    yield _made(each, nominal, readings, opens=nominal - _ON_THE_DAY, closes=following - _ON_THE_DAY - _DAY)


@lru_cache(maxsize=64)
def _all_list_days(year: SchoolYear) -> tuple[date, ...]:
    """Return the days of all lists of a year and the next, in order."""
    return tuple(sorted(day_in(it, *(event(one).day or (8, 1))) for one in LISTS for it in (year, year.next)))


@implements("dl-private-school-report", "amb-50")
def _in_its_month(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """Place a month on its last working day, or earlier where the county has named a day. Source: our reading."""
    last = day_in(year, each.month or 8, 31)
    named = readings.on(last)["amb-50"]
    nominal = last if named == "end_of_month" else last.replace(day=15)
    yield _made(each, nominal, readings, opens=last.replace(day=1), closes=year.last_day)


@implements("dl-weekly-leavers", "dl-weekly-pupil-services", "amb-54")
def _each_week(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """
    Place a weekly event in every week that begins in the school year, on Mondays unless the county has another day.

    On a day off it is kept the next working day of the week, and in a week without any it is left out.
    """
    monday = year.first_day + timedelta(days=-year.first_day.weekday() % 7)
    while monday <= year.last_day:
        weekday = _WEEKDAYS[readings.on(monday)["amb-54"]] if each.id == "dl-weekly-leavers" else 4
        nominal, sunday = monday + timedelta(days=weekday), monday + timedelta(days=6)
        due = next_working_day(nominal)
        if due > sunday:
            due = next_working_day(monday)
        if due <= sunday:
            yield Occurrence(due, nominal, each.id, monday, sunday, WeekendRule.NEXT_WORKING_DAY)
        monday += timedelta(days=7)


@implements("dl-clarification-continuous", "dl-transfer-continuous", "dl-nav-contact-list")
def _all_year(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """Divide what goes on all the time into months, so that a month without anything shows as a gap."""
    for number in range(12):
        month = (7 + number) % 12 + 1
        last = day_in(year, month, 31)
        yield Occurrence(last, last, each.id, last.replace(day=1), last)


@implements("dl-list-review")
def _after_each_list(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """
    Place the review of each list on the schools' next registration deadline, which it must serve to be of use.

    Source: Samarbeidsavtalen kap. 4 OT-kontakt i bydel; the day is our reading, since none is given.
    """
    for list_id, deadline_id in zip(LISTS, REGISTRATIONS, strict=True):
        sent, deadline = (next(iter(_kept(event(one), year, readings)), None) for one in (list_id, deadline_id))
        if sent is None or deadline is None:
            continue
        yield Occurrence(deadline.due, deadline.nominal, each.id, sent.opens, sent.closes, deadline.rule)


@implements("dl-network-meetings", "dl-nav-ot-leader-meetings", "dl-study-workshop-start")
def _twice_a_year(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """
    Place what comes twice in a calendar year once in each half of it. Source: amb-51, our reading.

    One that was not held is late for some months into the next half; see ``held_in_halves``.
    """
    for nominal, opens in ((day_in(year, 12, 31), day_in(year, 8, 1)), (day_in(year, 6, 30), day_in(year, 1, 1))):
        first = opens.replace(month=7) if opens.month == 8 else opens
        due = kept_on(WeekendRule.PREVIOUS_WORKING_DAY, nominal, readings)
        rule = weekend_rule(WeekendRule.PREVIOUS_WORKING_DAY, nominal, readings)
        yield Occurrence(due, nominal, each.id, first, months_after(nominal, _LATE), rule)


@implements("dl-network-meetings", "amb-51")
def held_in_halves(times: Sequence[Occurrence], days: Sequence[date]) -> list[tuple[date, date | None]]:
    """
    Return of each half of a year the day it was held: the first day in it, or what made good that there was none.

    What is held in a half counts for that half first. A second one counts for the half before, when that is late.

    :param days: all the days it was held, in order.
    """
    held = []
    for one in times:
        own = [day for day in days if one.opens <= day <= one.nominal]
        after = [day for day in days if one.nominal < day <= one.closes]
        held.append((one.due, own[0] if own else after[1] if len(after) > 1 else None))
    return held


@implements("dl-yearly-agreement-meeting", "amb-55")
def _once_by_a_day(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """
    Place the yearly meeting before 15 September, when the agreement was signed, or by the county's own day.

    Source: Samarbeidsavtalen kap. 7; it gives no month.
    """
    nominal = day_in(year, *_MEETING_BY[readings.on(year.first_day)["amb-55"]])
    due = kept_on(WeekendRule.PREVIOUS_WORKING_DAY, nominal, readings)
    rule = weekend_rule(WeekendRule.PREVIOUS_WORKING_DAY, nominal, readings)
    # A meeting held in the months after its day is that one, late, and not the next one early.
    last = months_after(nominal, _LATE)
    yield Occurrence(due, nominal, each.id, _year_before(last) + _DAY, last, rule)


@implements("dl-nav-employer-survey")
def _once_a_year(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """Place what comes yearly, without a month, at the end of the calendar year."""
    nominal = day_in(year, 12, 31)
    yield Occurrence(nominal, nominal, each.id, day_in(year, 12, 31).replace(month=1, day=1), nominal)


@implements("dl-agreement-revision", "dl-standard-revision", "dl-contact-change", "dl-plan-end", "dl-age-entry-16")
@implements("dl-nav-activity-plan-one-month", "dl-practice-3-plus-3", "dl-workplace-follow-up-monthly")
@implements("dl-nav-ot-adviser-meetings", "dl-monthly-hard-cases-forum", "dl-newgiv-gatherings")
def _when_it_happens(each: Event, year: SchoolYear, readings: Readings) -> Iterator[Occurrence]:
    """Place nothing: it is set off by something that happens, or agreed locally. See ``due_after``."""
    yield from ()


@implements("dl-contact-change", "dl-plan-end", "dl-age-entry-16")
@implements("dl-nav-activity-plan-one-month", "dl-practice-3-plus-3", "dl-workplace-follow-up-monthly")
def due_after(event_id: str, happened_on: date) -> date | None:
    """
    Return the day something is due after what sets it off; None when no document or reading gives a time.

    A new contact is told of the same working day (amb-52, a target). A plan is gone through by its last day. The
    months of older practice are targets, never duties.
    """
    if event_id == "dl-contact-change":
        return next_working_day(happened_on)
    months = {"dl-nav-activity-plan-one-month": 1, "dl-practice-3-plus-3": 3, "dl-workplace-follow-up-monthly": 1}
    if event_id in months:
        return months_after(happened_on, months[event_id])
    return happened_on if event_id in {"dl-plan-end", "dl-age-entry-16"} else None


def months_after(day: date, months: int) -> date:
    """Return the same day of the month some months later, or the last of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    number = day.year + year
    return date(number, month + 1, min(day.day, calendar.monthrange(number, month + 1)[1]))


def _year_before(day: date) -> date:
    return months_after(day, -12)


def _made(each: Event, nominal: date, readings: Readings, *, opens: date, closes: date) -> Occurrence:
    rule = weekend_rule(each.weekend, nominal, readings)
    return Occurrence(kept_on(each.weekend, nominal, readings), nominal, each.id, opens, closes, rule)


_HOW: Mapping[str, Place] = {
    **dict.fromkeys(LISTS, _list_day),
    "dl-weekly-leavers": _each_week,
    "dl-weekly-pupil-services": _each_week,
    "dl-list-review": _after_each_list,
    "dl-network-meetings": _twice_a_year,
    "dl-nav-ot-leader-meetings": _twice_a_year,
    "dl-study-workshop-start": _twice_a_year,
    "dl-yearly-agreement-meeting": _once_by_a_day,
    "dl-nav-employer-survey": _once_a_year,
}
_BY_RECURRENCE: Mapping[Recurrence, Place] = {
    Recurrence.DATE: _on_its_day,
    Recurrence.WINDOW: _in_its_month,
    Recurrence.CONTINUOUS: _all_year,
}


def _how(each: Event) -> Place:
    if each.recurrence is Recurrence.HISTORY and each.day:
        return _on_its_day
    return _HOW.get(each.id) or _BY_RECURRENCE.get(each.recurrence, _when_it_happens)
