"""Signed minutes in the words of a language: on the screen and on paper."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.collaboration.enums import Contributes
from fotfeste.collaboration.minutes_fields import MinutesField, fields_of, read_day
from fotfeste.kernel import formats


def said_in(signed: Any, *, kind: str) -> list[tuple[str, str]]:
    """Return what the minutes say, field by field, in the order of the form."""
    return [
        (str(each.label), _said(each, signed.answers[each.name]))
        for each in fields_of(kind)
        if each.name in signed.answers
    ]


def parts_in(signed: Any, *, told: frozenset[int] | None) -> list[dict[str, Any]]:
    """
    Return what each who was called said.

    :param told: the units that may be named; None for all. Where a protected youth is, the name of a unit tells.
    """
    return [_part(each, told) for each in signed.parts]


def _said(field: MinutesField, value: Any) -> str:
    labels = dict(field.options)
    if field.kind == "choices":
        return ", ".join(str(labels.get(each, each)) for each in value)
    if field.kind == "day":
        return formats.day(read_day(value))
    return str(labels.get(value, value))


def _part(said: Mapping[str, Any], told: frozenset[int] | None) -> dict[str, Any]:
    due = read_day(said["due_on"]) if said["due_on"] else None
    is_hidden = told is not None and said["unit"] is not None and said["unit"] not in told
    return {
        "guest": said["guest"],
        "name": _("En enhet") if is_hidden else _name(said),
        "was_there": said["was_there"],
        "contributes": Contributes(said["contributes"]).label if said["contributes"] else "",
        "contribution": said["contribution"],
        "due": formats.short_day(due) if due else "",
    }


def _name(said: Mapping[str, Any]) -> str:
    """Return who it is: a unit by its name, and the youth in the reader's language."""
    return said["name"] if said["unit"] is not None else _(said["name"])
