"""What needs the one who looks, a line for each youth, with the buttons that answer it in one step."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.casework.selectors.labels import reason_name, status_name
from fotfeste.casework.selectors.needs import Need, Needing
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.views.desk import name_of
from fotfeste.casework.views.feedback_desk import answer_of
from fotfeste.kernel import formats, opaque
from fotfeste.people.selectors import age_on

#: More than this is a list, not a morning: the rest is behind the counters.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Line:
    """
    One youth and what to do.

    :ivar answer: which buttons stand on the line: "contact", "status", "confirm", "report" or none.
    """

    key: str
    youth_id: int
    name: str
    age: int
    what: str
    due: str
    is_overdue: bool
    answer: str
    version: int


def has_youths(found: Sequence[Needing], *, unit_id: int) -> bool:
    """Say whether the unit answers for anybody at all; when it does not, there is nothing to be glad of either."""
    return bool(found) or open_registrations().filter(unit_id=unit_id).exists()


def lines(needing: Iterable[Needing], *, actor: Actor, today: date) -> list[Line]:
    """Return a line for each youth, in the same order."""
    return [line(each, actor=actor, today=today) for each in needing]


def line(each: Needing, *, actor: Actor, today: date) -> Line:
    """Return the line of one youth."""
    row = each.registration
    return Line(
        key=opaque.encode(row.youth_id),
        youth_id=row.youth_id,
        name=name_of(each.youth),
        age=age_on(born=each.youth.born, day=today),
        what=_WORDS[each.need](each, today),
        due=_due(each, today),
        is_overdue=each.need in _DATED and each.since < today,
        answer=_answer(each, actor),
        version=row.version,
    )


_DATED = frozenset({Need.PROMISED, Need.CONFIRM})


def _due(each: Needing, today: date) -> str:
    if each.need in _DATED:
        return _("frist {day}").format(day=formats.relative_day(each.since, today))
    unknown_since = each.registration.unknown_since
    if unknown_since is None:
        return _("kom {day}").format(day=formats.relative_day(each.since, today))
    return _("ukjent i {span}").format(span=formats.days((today - unknown_since).days))


def _answer(each: Needing, actor: Actor) -> str:
    """Return the buttons that answer the need, among those the actor's role at the youth's unit allows."""
    place = {"unit_id": each.registration.unit_id, "county_id": each.registration.county_id}
    sets_status = actor.may_at(Permission.STATUS_SET, **place)
    reports = actor.may_at(Permission.FEEDBACK_SEND, **place)
    if each.is_registered_for:
        return "confirm" if each.need is Need.CONFIRM else ""
    if each.need is Need.REACHED:
        return "status" if sets_status else "report" if reports else ""
    if each.need is Need.CONFIRM:
        return "confirm" if actor.may_at(Permission.STATUS_CONFIRM, **place) else "report" if reports else ""
    if each.need is Need.REPORTED:
        return ""
    return "contact" if actor.may_at(Permission.CONTACT_REGISTER, **place) else ""


def _promised(each: Needing, today: date) -> str:
    return _("Du har lovet å ta kontakt.")


def _reached(each: Needing, today: date) -> str:
    return _("Nådd {day}. Statusen er ikke satt ennå.").format(day=formats.relative_day(each.since, today))


def _never_tried(each: Needing, today: date) -> str:
    return _("Ingen har forsøkt å ta kontakt. {reason}.").format(reason=reason_name(each.registration.reason))


def _only_attempts(each: Needing, today: date) -> str:
    count = each.registration.attempts
    tried = ngettext("{count} forsøk, ingen kontakt. Sist {day}.", "{count} forsøk, ingen kontakt. Sist {day}.", count)
    return tried.format(count=formats.number(count), day=formats.relative_day(each.since, today))


def _unknown_again(each: Needing, today: date) -> str:
    last = each.registration.last_contact_on
    return _("Ukjent på nytt. Siste kontakt {day}.").format(day=formats.day(last))


def _confirm(each: Needing, today: date) -> str:
    row = each.registration
    since = formats.day(row.status_since)
    return _("{status} siden {day}. Stemmer det fortsatt?").format(status=status_name(row.status_code), day=since)


def _new(each: Needing, today: date) -> str:
    row = each.registration
    return _("Ny hos deg: {reason}. Status: {status}.").format(
        reason=reason_name(row.reason), status=status_name(row.status_code)
    )


def _reported(each: Needing, today: date) -> str:
    if each.message is None:
        return ""
    return _("{unit} har meldt: {answer}.").format(unit=each.message.from_unit.name, answer=answer_of(each.message))


_WORDS: Mapping[Need, Callable[[Needing, date], Any]] = {
    Need.PROMISED: _promised,
    Need.REACHED: _reached,
    Need.NEVER_TRIED: _never_tried,
    Need.ONLY_ATTEMPTS: _only_attempts,
    Need.UNKNOWN_AGAIN: _unknown_again,
    Need.CONFIRM: _confirm,
    Need.NEW: _new,
    Need.REPORTED: _reported,
}
