"""Routines about units in the words of the user's language."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext as _

from fotfeste.kernel import formats
from fotfeste.spec.routines import list_days


def subject(text: str, *, contacts: Mapping[int, str], started_on: date) -> str:
    """
    Return what a routine about a unit is about there.

    :param contacts: the names of those it may be about, by id.
    """
    kind, _colon, rest = text.partition(":")
    match kind:
        case "contact":
            return _("Etter %(name)s") % {"name": contacts.get(int(rest), formats.NO_VALUE)}
        case "year":
            return rest
        case "list":
            deadline, _colon, day = rest.rpartition(":")
            label = next((each.label for each in list_days() if each.deadline == deadline), "")
            return f"{_(label) if label else ''} · {formats.day(date.fromisoformat(day))}"
        case "otuk-round":
            return _("OTUK-listen fra %(day)s") % {"day": formats.day(_day_of(rest) or started_on)}
        case _:
            return formats.day(started_on)


def _day_of(rest: str) -> date | None:
    day = rest.rpartition(":")[2]
    return date.fromisoformat(day) if "-" in day else None


def contact_of(text: str) -> int | None:
    """Return the named contact a routine is about; None when it is about none."""
    kind, _colon, rest = text.partition(":")
    return int(rest) if kind == "contact" and rest.isdecimal() else None
