"""The contact rule, asked before anything is saved, and the reasons a status stands on."""

from datetime import date
from typing import Any

from fotfeste import codes
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import ContactAttempt, StatusEvent
from fotfeste.casework.selectors.contact_for_law import as_law_contact
from fotfeste.law.chosen_readings import decide_naming
from fotfeste.law.contact import RegisterFact, judge_contact, may_leave_unknown
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.decision import Decision
from fotfeste.law.readings import Readings, ReadingsOnDay
from fotfeste.organisations.selectors.readings import readings_on

_FOLLOWED_UP = "OTOV"


def judge_choices(*, choices: dict[str, Any], on: date, born: date, county_id: int) -> Decision[bool] | None:
    """Return whether what has been picked so far would be contact; None before the oldest law we hold."""
    named = ("channel", "direction", "result", "answered_by", "guardian_told")
    attempt = ContactAttempt(on=on, **{name: choices[name] for name in named if choices.get(name)})
    try:
        readings = readings_on(county_id=county_id, on=on)
    except BeforeOurHorizon:
        return None
    return _judge(attempt, born, readings)


def _judge(attempt: ContactAttempt, born: date, readings: ReadingsOnDay) -> Decision[bool]:
    return decide_naming(lambda asked: judge_contact(as_law_contact(attempt, born=born), asked), readings)


def why_status(
    *, event: StatusEvent, unknown_since: date | None, attempts: tuple[ContactAttempt, ...], born: date, by: Readings
) -> Decision[bool] | None:
    """
    Return why the status is what it is: what ended the unknown activity, or why nothing yet has.

    None where the status rests on something no rule speaks of, such as how the youth came in.

    :param unknown_since: when the activity became unknown, if it is.
    :param by: the readings the youth's county judges by.
    """
    try:
        readings = by.on(event.first_day)
    except BeforeOurHorizon:
        return None
    stands = [each for each in attempts if each.superseded_at is None]
    if event.code == codes.UNKNOWN_ACTIVITY:
        since = unknown_since or event.first_day
        contacts = [as_law_contact(each, born=born) for each in reversed(stands) if each.on >= since]
        return decide_naming(
            lambda asked: may_leave_unknown(new_code=_FOLLOWED_UP, contacts=contacts, readings=asked), readings
        )
    named = next((each for each in stands if each.pk == event.contact_id), None)
    if named is not None:
        return _judge(named, born, readings)
    if event.basis in {Basis.REGISTER, Basis.FEEDBACK} and event.basis_text in list(RegisterFact):
        facts = [RegisterFact(event.basis_text)]
        decision = may_leave_unknown(new_code=event.code, register_facts=facts, readings=readings)
        return decision if decision.outcome else None
    return None
