"""Short ways to say what is known about a youth. All dates and references are made up."""

from datetime import date

from fotfeste.law.facts import (
    Application,
    Enrolment,
    EnrolmentEnd,
    EnrolmentKind,
    Level,
    Placement,
    RegisteredStatus,
    YouthFacts,
)
from fotfeste.law.groups import GroupResult
from fotfeste.law.membership import matched_groups
from fotfeste.law.readings import PROPOSED, Readings

AUTUMN = date(2026, 11, 2)
SPRING = date(2027, 3, 1)
HORIZON = date(2010, 8, 1)


def youth(born: date = date(2008, 5, 17), *enrolments: Enrolment, **known: object) -> YouthFacts:
    """Return a youth with finished compulsory school, and whatever else is said."""
    known.setdefault("finished_compulsory", True)
    return YouthFacts(born=born, enrolments=enrolments, **known)


def enrolled(
    kind: EnrolmentKind, first_day: date, last_day: date | None = None, why: EnrolmentEnd | None = None, **said: object
) -> Enrolment:
    """Return an enrolment at a unit; one that has ended was broken off unless something else is said."""
    said.setdefault("unit_ref", "A")
    end = why or (EnrolmentEnd.UNKNOWN if last_day is None else EnrolmentEnd.QUIT)
    return Enrolment(kind, first_day, last_day, end_reason=end, **said)


def pupil(
    first_day: date = date(2026, 8, 17), last_day: date | None = None, why: EnrolmentEnd | None = None, **said: object
) -> Enrolment:
    """Return an enrolment in upper secondary school."""
    return enrolled(EnrolmentKind.PUPIL, first_day, last_day, why, **said)


def lower(last_day: date = date(2026, 6, 19), **said: object) -> Enrolment:
    """Return the years in lower secondary school, left at the end of tenth grade."""
    said.setdefault("unit_ref", "L")
    first_day = date(last_day.year - 3, 8, 15)
    return enrolled(EnrolmentKind.LOWER_SECONDARY, first_day, last_day, EnrolmentEnd.YEAR_ENDED, **said)


def apprentice(
    first_day: date = date(2025, 9, 1), last_day: date | None = None, why: EnrolmentEnd | None = None, **said: object
) -> Enrolment:
    """Return an apprenticeship contract."""
    return enrolled(EnrolmentKind.APPRENTICE, first_day, last_day, why, **said)


def reading(reading_id: str, value: str) -> Readings:
    """Return the proposed readings with one of them changed."""
    return PROPOSED.override(reading_id, value, first_day=HORIZON)


def result(rule_id: str, facts: YouthFacts, on: date, readings: Readings = PROPOSED) -> GroupResult:
    """Return what one group rule says."""
    found = [item for item in matched_groups(facts, on, readings) if item.rule.id == rule_id]
    assert len(found) == 1
    return found[0]


def status(code: str, list_name: str = "current") -> RegisteredStatus:
    """Return a registered status."""
    return RegisteredStatus(code, list_name)


__all__ = [
    "AUTUMN",
    "HORIZON",
    "SPRING",
    "Application",
    "Enrolment",
    "EnrolmentEnd",
    "EnrolmentKind",
    "Level",
    "Placement",
    "YouthFacts",
    "apprentice",
    "enrolled",
    "lower",
    "pupil",
    "reading",
    "result",
    "status",
    "youth",
]
