"""Two registrations side by side: what is known of each, and where they differ."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.selectors import whereabouts
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.views.desk import name_of
from fotfeste.kernel import formats
from fotfeste.people import selectors as people
from fotfeste.people.enums import AddressKind, ContactKind, IdKind, PairSign
from fotfeste.people.selectors import OpenPair

#: A number that follows the person for life; such a registration is the one to keep.
_LASTING = frozenset({IdKind.ORDINARY, IdKind.TENOR, IdKind.NAV_SYNTHETIC})


@dataclass(frozen=True, slots=True)
class Line:
    """One thing known of both. What only one has is no difference: it is what the other lacks."""

    label: str
    first: str
    second: str

    @property
    def differs(self) -> bool:
        """Say whether both are known and are not the same."""
        return bool(self.first and self.second and self.first.casefold() != self.second.casefold())


@dataclass(frozen=True, slots=True)
class Compared:
    """The two sides, what to choose between, and the one proposed to be kept."""

    lines: tuple[Line, ...]
    offered: list[tuple[int, str]]
    proposed: int


def sign_names(pair: OpenPair) -> list[str]:
    """Return what speaks for the two being one, in words."""
    return [str(PairSign(sign).label) for sign in pair.signs]


def compare(pair: OpenPair, *, actor: Actor, today: date) -> Compared:
    """Return the two registrations of a pair side by side, as the actor may see them."""
    ids = [pair.first.pk, pair.second.pk]
    registered = {row.youth_id: row for row in open_registrations().filter(youth_id__in=ids)}
    sides = [_side(youth, registered.get(youth.pk), actor, today) for youth in (pair.first, pair.second)]
    lines = tuple(Line(label, sides[0][label], sides[1][label]) for label in sides[0])
    return Compared(
        lines=lines,
        offered=[(youth.pk, _offer(youth, registered.get(youth.pk))) for youth in (pair.first, pair.second)],
        proposed=_proposed(pair, registered),
    )


def _proposed(pair: OpenPair, registered: dict[int, Any]) -> int:
    """Return the one in the service; of two alike, the one with a lasting number."""
    worth = {
        youth.pk: (youth.pk in registered, youth.id_kind in _LASTING, -youth.pk) for youth in (pair.first, pair.second)
    }
    return max(worth, key=lambda youth_id: worth[youth_id])


def _offer(youth: Any, registration: Any) -> str:
    number = _("med varig nummer") if youth.id_kind in _LASTING else _("uten varig nummer")
    case = _("tilmeldt") if registration else _("ikke tilmeldt")
    return f"{name_of(youth)} ({number}, {case})"


def _side(youth: Any, registration: Any, actor: Actor, today: date) -> dict[str, str]:
    known = people.known_facts(youth_ids=[youth.pk], on=today)
    where = {"actor": actor, "protection": youth.protection, "county_id": youth.county_id}
    tells_unit = whereabouts.may_tell_unit(**where, unit_id=youth.unit_id)
    latest = known.enrolments[0] if known.enrolments else None
    return {
        _("Navn"): name_of(youth),
        _("Født"): formats.short_day(youth.born),
        _("Identitetsnummer"): str(IdKind(youth.id_kind).label) if youth.id_kind else "",
        _("Telefon"): formats.phone(_first(known.contact_details, ContactKind.PHONE)),
        _("E-post"): _first(known.contact_details, ContactKind.EMAIL),
        _("Adresse"): _address(known.addresses) if whereabouts.may_tell_place(**where) else _("Vises ikke"),
        _("Siste skole"): _school(latest) if tells_unit else _("Vises ikke"),
        _("Ansvarlig"): (youth.unit.name if tells_unit else _("Vises ikke")) if registration else "",
        _("Status"): _status(registration),
    }


def _first(details: tuple[Any, ...], kind: ContactKind) -> str:
    return next((detail.value for detail in details if detail.kind == kind), "")


def _address(addresses: tuple[Any, ...]) -> str:
    found = next((each for each in addresses if each.kind == AddressKind.REGISTERED), None)
    return ", ".join(filter(None, (found.street, f"{found.postcode} {found.city}".strip()))) if found else ""


def _school(enrolment: Any) -> str:
    if enrolment is None:
        return ""
    name = enrolment.school.name if enrolment.school else enrolment.school_name
    return ", ".join(filter(None, (name, formats.period(enrolment.first_day, enrolment.last_day))))


def _status(registration: Any) -> str:
    if registration is None:
        return ""
    since = formats.day(registration.status_since)
    return _("{status} siden {day}").format(status=status_name(registration.status_code), day=since)
