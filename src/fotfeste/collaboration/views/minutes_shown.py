"""Signed minutes in the words of the user's language."""

from typing import Any

from fotfeste.collaboration.enums import Confirmed, Contributes
from fotfeste.collaboration.forms.minutes import read_day
from fotfeste.collaboration.minutes_fields import fields_of
from fotfeste.collaboration.selectors import minutes as selectors
from fotfeste.kernel import formats


def signed_shown(meeting: Any) -> dict[str, Any] | None:
    """Return the last signed minutes in words, or None when there are none to read."""
    signed = selectors.signed_of(meeting)
    if signed is None:
        return None
    fields = fields_of(meeting.kind)
    return {
        "number": signed.number,
        "signed_at": signed.signed_at,
        "said": [
            (each.label, _said(each, signed.answers[each.name])) for each in fields if each.name in signed.answers
        ],
        "parts": [_part(each) for each in signed.parts],
    }


def _said(field: Any, value: Any) -> str:
    labels = dict(field.options)
    if field.kind == "choices":
        return ", ".join(str(labels.get(each, each)) for each in value)
    if field.kind == "day":
        return formats.day(read_day(value))
    return str(labels.get(value, value))


def _part(said: dict[str, Any]) -> dict[str, Any]:
    due = read_day(said["due_on"]) if said["due_on"] else None
    return {
        "name": said["name"],
        "was_there": said["was_there"],
        "confirms": Confirmed(said["confirms"]).label if said["confirms"] else "",
        "contributes": Contributes(said["contributes"]).label if said["contributes"] else "",
        "contribution": said["contribution"],
        "due": formats.short_day(due) if due else "",
    }
