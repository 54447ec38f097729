"""Attempts to reach a youth: soon at first, then rarer, until somebody answers or the day the world is seen."""

from datetime import date, timedelta
from math import exp, log
from random import Random

from fotfeste.integrations.synthetic.draw import Weighted
from fotfeste.integrations.synthetic.person import Attempt
from fotfeste.integrations.synthetic.year import working_day

MEDIAN_DAYS, SPREAD = 12.5, 1.05
MOST_ATTEMPTS = 9
NEVER_TRIED = 0.1
GUARDIAN_ANSWERS = 0.08

_FAILED = Weighted(
    {
        ("sms", "sent"): 28,
        ("call", "no_answer"): 30,
        ("call", "left_message"): 12,
        ("letter", "sent"): 12,
        ("email", "sent"): 8,
        ("call", "wrong_number"): 5,
        ("visit", "no_answer"): 3,
        ("message", "sent"): 2,
    }
)
_REACHED = Weighted(
    {
        ("call", "out"): 46,
        ("sms", "out"): 16,
        ("meeting", "out"): 14,
        ("call", "in"): 8,
        ("sms", "in"): 5,
        ("visit", "out"): 5,
        ("email", "in"): 3,
        ("message", "out"): 3,
    }
)


def days_to_contact(rng: Random, at_most: int) -> int:
    """
    Return days until first real contact, never more than ``at_most``, with a long tail.

    With those not reached until the next school year, half of all first contacts come within about 16 days.
    """
    for _ in range(12):
        days = round(exp(rng.gauss(log(MEDIAN_DAYS), SPREAD)))
        if 1 <= days <= at_most:
            return days
    return max(1, int(at_most * rng.random()) + 1) if at_most > 1 else at_most


def reached(rng: Random, start: date, on: date) -> list[Attempt]:
    """Return the attempts from ``start`` that ended with real contact on ``on``."""
    return [*_failed(rng, start, on - timedelta(days=1)), talk(rng, on)]


def talk(rng: Random, on: date) -> Attempt:
    """Return real contact with the youth on a day."""
    channel, direction = _REACHED.draw(rng)
    return Attempt(on, channel, "answered", direction, "youth")


def not_reached(rng: Random, start: date, until: date, *, is_minor: bool) -> list[Attempt]:
    """Return attempts that led nowhere; now and then a guardian answered, which is not contact with the youth."""
    if rng.random() < NEVER_TRIED:
        return []
    attempts = _failed(rng, start, until)
    if attempts and is_minor and rng.random() < GUARDIAN_ANSWERS * 3:
        attempts[-1] = Attempt(attempts[-1].on, "call", "answered", "out", "guardian")
    return attempts


def follow_up(rng: Random, start: date, until: date) -> list[Attempt]:
    """Return the talks and missed calls after first contact."""
    attempts: list[Attempt] = []
    day = start
    for _ in range(int(rng.expovariate(0.6))):
        day += timedelta(days=7 + int(rng.expovariate(1 / 25)))
        day = working_day(day, at_latest=date.max)
        if day > until or len(attempts) == MOST_ATTEMPTS:
            break
        if rng.random() < 0.65:
            attempts.append(talk(rng, day))
        else:
            attempts.append(Attempt(day, *_FAILED.draw(rng)))
    return attempts


def _failed(rng: Random, start: date, until: date) -> list[Attempt]:
    attempts: list[Attempt] = []
    wait = 1 + rng.expovariate(1 / 4)
    day = working_day(start + timedelta(days=int(wait)), at_latest=date.max)
    while day <= until and len(attempts) < MOST_ATTEMPTS:
        attempts.append(Attempt(day, *_FAILED.draw(rng)))
        wait = min(60.0, wait * 1.4 + 2 + rng.expovariate(1 / 4))
        day = working_day(day + timedelta(days=int(wait)), at_latest=date.max)
    return attempts
