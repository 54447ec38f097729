"""
``history.jsonl``: what was done with each youth with the service, so that a demo can show figures over time.

One JSON object a line, in the order of the other files::

    {"person":        {"national_id": "…" or null, "id_type": "" or "fiktivt", "first_name", "last_name", "born"},
     "responsible":   {"unit": "<number in VIGO>", "rule": "unit-…"},
     "registrations": [{"school_year": 2026, "reason": "quit_school", "raw_reason": "OESL", "first_day": "2026-10-12",
                        "last_day": null, "end_reason": "",
                        "statuses": [{"code": "OTUK", "first_day": "2026-10-12", "basis": "intake", "text": ""}]}],
     "attempts":      [{"on": "2026-10-14", "channel": "call", "direction": "out", "result": "no_answer",
                        "answered_by": ""}],
     "confirmed_on":  "2026-11-02"}

Registrations and statuses are in order and do not overlap; a status holds until the next one, or to the end of its
registration. ``reason`` is one of `fotfeste.codes.registration_reason`; ``basis``, ``channel``, ``direction``,
``result`` and ``answered_by`` are the values of casework's own enums. The last registration is open for those in
``vigo-ot.json`` and closed for those who are back in education. ``confirmed_on`` is the day somebody last said that
the status holds. Dates are ISO 8601.
"""

from typing import Any

from fotfeste.integrations.synthetic.person import Attempt, Case, Person, Registration


def told_as_json(person: Person, case: Case) -> dict[str, Any]:
    """Return the line of one youth."""
    return {
        "person": {
            "national_id": person.national_id or None,
            "id_type": person.id_type,
            "first_name": person.first_name,
            "last_name": person.last_name,
            "born": person.born.isoformat(),
        },
        "responsible": {"unit": case.responsible.number, "rule": case.rule},
        "registrations": list(map(_registration, case.registrations)),
        "attempts": list(map(_attempt, case.attempts)),
        "confirmed_on": case.confirmed_on.isoformat() if case.confirmed_on else None,
    }


def _registration(registration: Registration) -> dict[str, Any]:
    return {
        "school_year": registration.school_year,
        "reason": registration.reason,
        "raw_reason": registration.raw_reason,
        "first_day": registration.first_day.isoformat(),
        "last_day": registration.last_day.isoformat() if registration.last_day else None,
        "end_reason": registration.end_reason,
        "statuses": [
            {"code": step.code, "first_day": step.first_day.isoformat(), "basis": step.basis, "text": step.text}
            for step in registration.statuses
        ],
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    return {
        "on": attempt.on.isoformat(),
        "channel": attempt.channel,
        "direction": attempt.direction,
        "result": attempt.result,
        "answered_by": attempt.answered_by,
    }
