"""Saying in a decision that the county reads something otherwise than proposed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from fotfeste.law import sources
from fotfeste.law.decision import Decision, Reason, gettext_noop
from fotfeste.law.facts import YouthFacts
from fotfeste.law.readings import Consulted, Readings, ReadingsOnDay

Outcome = TypeVar("Outcome")
Rule = Callable[[YouthFacts, date, Readings], Decision[Outcome]]


def decide_naming(judge: Callable[[ReadingsOnDay], Decision[Outcome]], readings: ReadingsOnDay) -> Decision[Outcome]:
    """
    Return what a rule decides, with every reading it asked for that is not as proposed named in the reasons.

    A reading that stands in one of the rule's own reasons is named there; another has a reason of its own at the end.
    """
    if not readings.differing:
        return judge(readings)
    consulted = Consulted(readings)
    decision = judge(consulted)
    reasons = tuple(named(reason, consulted) for reason in decision.reasons)
    told = {reason.reading for reason in reasons}
    others = tuple(_own(reading, consulted) for reading in consulted.asked if reading not in told)
    return Decision(decision.outcome, (*reasons, *others))


def ask_naming(rule: Rule[Outcome], facts: YouthFacts, on: date, readings: Readings) -> Decision[Outcome]:
    """
    Ask a rule about facts and a day, and name the readings that are not as proposed.

    :raises BeforeOurHorizon: the day is before the oldest law we hold.
    """
    return decide_naming(lambda consulted: rule(facts, on, _OfOneDay(consulted)), readings.on(on))


def named(reason: Reason, readings: ReadingsOnDay) -> Reason:
    """Return the reason with the county's own value, where its reading is not the proposed one."""
    if reason.reading is None or reason.reading not in readings.differing:
        return reason
    return replace(reason, chosen=dict(readings.values)[reason.reading])


class _OfOneDay(Readings):
    """Readings that are the same whichever day is asked about: those a decision is made by."""

    def __init__(self, readings: ReadingsOnDay) -> None:
        super().__init__()
        object.__setattr__(self, "_readings", readings)

    def on(self, day: date) -> ReadingsOnDay:
        return self._readings  # type: ignore[attr-defined, no-any-return]


def _own(reading: str, readings: Consulted) -> Reason:
    text = gettext_noop("Fylket har valgt en annen lesemåte enn den som er foreslått.")
    return Reason(reading, sources.OWN_READING, text, (), True, reading, readings[reading])
