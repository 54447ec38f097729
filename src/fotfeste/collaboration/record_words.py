"""The small records in the words of the user's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.collaboration.record_kinds import CORRECTED, LAPSED, REVOKED, KindField, record_kinds
from fotfeste.collaboration.selectors.records import day_of_record
from fotfeste.kernel import formats
from fotfeste.organisations.selectors import units


def kind_words(kind: str) -> str:
    """Return what a kind of record is called."""
    return _(record_kinds()[kind].label) if kind in record_kinds() else kind


def said_words(kind: str, said: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what a record says, each field with its name."""
    known = record_kinds()[kind]
    return tuple((_(each.label), _words(each, said[each.id])) for each in known.fields if each.id in said)


def answer_words(kind: str, answer: str) -> str:
    """Return what was answered; nothing when nobody has."""
    if answer == REVOKED:
        return _("Trukket tilbake")
    if answer == LAPSED:
        return _("Bortfalt")
    if answer == CORRECTED:
        return _("Rettet")
    given = record_kinds()[kind].answer_given(answer)
    return _(given) if given else ""


def record_label(kind: str, on: date) -> str:
    """Return what one record is called where another refers to it."""
    return _("%(what)s %(day)s") % {"what": kind_words(kind), "day": formats.day(on)}


def _record_words(known: KindField, record_id: int) -> str:
    on = day_of_record(record_id=record_id)
    return record_label(known.of, on) if on is not None else ""


def _words(known: KindField, value: Any) -> str:
    match known.type:
        case "choice":
            return _(known.options[value]) if value in known.options else ""
        case "choices":
            return ", ".join(_(known.options[each]) for each in value if each in known.options)
        case "day":
            return formats.day(date.fromisoformat(value))
        case "confirm":
            return _("Ja")
        case "record":
            return _record_words(known, value)
        case "unit":
            return units.unit_names({value}).get(value, "")
    return str(value)
