"""What stands in a field about a person, in the words of the language in use; no code of ours is left as it is kept."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from fotfeste import codes
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.enums import EndReason
from fotfeste.casework.selectors.labels import end_name, membership_words, reason_name, source_name, status_label
from fotfeste.kernel import formats
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.oversight.copy_words import said


def in_words(key: str, value: Any) -> str:
    """
    Return what stands in a field, as people say it.

    :param key: model and field, as in access/field_classes.csv.
    """
    name = key.rpartition(".")[2]
    if isinstance(value, bool):
        return _("ja") if value else _("nei")
    if isinstance(value, datetime):
        return formats.moment(value)
    if isinstance(value, date):
        return formats.day(value)
    if isinstance(value, list | tuple):
        return ", ".join(in_words(key.removesuffix("s"), each) for each in value)
    if key == "lists.OtukRow.fields":
        return "; ".join(_listed(field, each) for field, each in value.items() if each not in (None, ""))
    words = _BY_KEY.get(key) or _BY_NAME.get(name)
    return words(value) if words else str(value)


def _listed(field: str, value: Any) -> str:
    """Return a field of a list as it was frozen: its name, and what stood there."""
    shown = formats.day(date.fromisoformat(value)) if field in {"born", "since"} else str(value)
    return f"{said(_LISTED.get(field, field))}: {shown}"


def _topic(value: str) -> str:
    return str(Topic(value).label) if value in Topic.values else value


def _ground(value: str) -> str:
    return str(Ground(value).label) if value in Ground.values else value


def _reason(value: str) -> str:
    return reason_name(value) if value in {each.value for each in codes.RegistrationReason} else value


def _end_of_registration(value: str) -> str:
    return str(EndReason(value).label) if value in EndReason.values else value


def _district(code: str) -> str:
    found = units.unit_with_code(kind=UnitKind.DISTRICT, code=code)
    return found.name if found else code


#: What a list's frozen fields are called in bokmål.
_LISTED = {
    "name": "navn",
    "born": "fødselsdato",
    "address": "adresse",
    "phone": "telefon",
    "school": "skole",
    "since": "ukjent siden",
    "reason": "årsak",
    "attempts": "forsøk",
}

#: Where it is the model that tells what a field means.
_BY_KEY: Mapping[str, Callable[[Any], str]] = {
    "casework.Registration.end_reason": _end_of_registration,
    "casework.Registration.reason": _reason,
    "casework.MembershipDecision.statutory": membership_words,
    "casework.MembershipDecision.local": membership_words,
    "people.Enrolment.end_reason": end_name,
}

#: The others, by the name of the field alone.
_BY_NAME: Mapping[str, Callable[[Any], str]] = {
    "topic": _topic,
    "ground": _ground,
    "source": source_name,
    "code": status_label,
    "status_code": status_label,
    "activity_code": status_label,
    "district_code": _district,
    "county_then": lambda value: county_names().get(value, str(value)),
    "language": lambda value: str(dict(settings.LANGUAGES).get(value, value)),
}
