"""
Who must agree to release others from confidentiality, and for how long it may be given.

A release is not the legal basis for keeping the case; it lets those bound by confidentiality speak together.
Source: forvaltningsloven § 13 a nr. 1; opplæringslova § 24-5; barnelova §§ 31-33, 47.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources

import yaml

from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.readings import ReadingsOnDay
from fotfeste.spec import implements

_RULE = "consent-age"


class ReleasePurpose(StrEnum):
    """What the release is for. Source: Oslostandarden § 5 figur 1."""

    COOPERATION = "cooperation"
    COLLECT = "collect"
    SHARE = "share"


class Giver(StrEnum):
    """Whose yes it takes."""

    YOUTH = "youth"
    YOUTH_AND_GUARDIANS = "youth_and_guardians"


@dataclass(frozen=True, slots=True)
class ConsentAge:
    """The ages that hold for one purpose from a day on; for one county, or for all where ``county`` is None."""

    purpose: ReleasePurpose
    special: bool
    alone_from: int
    guardians_told_until: int
    first_day: date
    source: sources.Source
    county: int | None = None


@cache
def ages() -> tuple[ConsentAge, ...]:
    """Return every line of ages there is or was."""
    raw = yaml.safe_load(resources.files("fotfeste.law").joinpath("consent_ages.yaml").read_text(encoding="utf-8"))
    return tuple(
        ConsentAge(
            purpose=ReleasePurpose(each["purpose"]),
            special=each["special"],
            alone_from=each["alone_from"],
            guardians_told_until=each["guardians_told_until"],
            first_day=each["first_day"],
            source=sources.by_id(each["sources"][0]),
            county=each.get("county"),
        )
        for each in raw
    )


def age_line(*, purpose: ReleasePurpose, special: bool, on: date, county: int | None = None) -> ConsentAge:
    """Return the ages that hold for a purpose on a day: the county's own line before the common one."""
    lines = [each for each in ages() if (each.purpose, each.special) == (purpose, special) and each.first_day <= on]
    lines = [each for each in lines if each.county in {None, county}]
    return max(lines, key=lambda each: (each.county is not None, each.first_day))


@implements("con-age", "con-guardian")
def who_must_agree(
    *, born: date, purpose: ReleasePurpose, special: bool, on: date, county: int | None = None
) -> Decision[Giver]:
    """
    Return whose yes a release takes on a day, and why.

    Source: opplæringslova § 24-5 and barnelova § 32 (15 years in matters of education); the age for health and other
    special information is our reading and a line of data.
    """
    line, age = age_line(purpose=purpose, special=special, on=on, county=county), age_on(born, on)
    facts = (("age", str(age)), ("limit", str(line.alone_from)))
    if age >= line.alone_from:
        text = gettext_noop("Ungdommen er {age} år og bestemmer dette selv fra {limit} år.")
        return Decision(Giver.YOUTH, (Reason(_RULE, line.source, text, facts),))
    text = gettext_noop("Ungdommen er {age} år. Til {limit} år må de som har foreldreansvaret, også si ja.")
    return Decision(Giver.YOUTH_AND_GUARDIANS, (Reason(_RULE, line.source, text, facts),))


def guardians_must_be_told(*, born: date, purpose: ReleasePurpose, on: date, county: int | None = None) -> bool:
    """Say whether the guardians are to be told that the youth has released others, because the youth is a minor."""
    line = age_line(purpose=purpose, special=False, on=on, county=county)
    return age_on(born, on) < line.guardians_told_until


@implements("amb-42", "con-to")
def latest_last_day(*, first_day: date, readings: ReadingsOnDay) -> date | None:
    """Return the last day a release may be given for, by the county's reading; None where there is no limit."""
    value = readings["amb-42"]
    return first_day + timedelta(days=int(value[5:])) if value.startswith("days:") else None


def age_on(born: date, day: date) -> int:
    """Return the age in whole years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
