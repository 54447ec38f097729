"""Working out a county's OTUK lists for a day as it was known at a moment. Writes nothing, so it can be done again."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fotfeste import codes
from fotfeste.casework.selectors.unknown import UnknownYouth, unknown_on
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.organisations.selectors import units
from fotfeste.people.selectors.dated_facts import addresses_of, contact_details_of
from fotfeste.people.selectors.youths import youths_by_id
from fotfeste.spec import implements


class LeftOut(StrEnum):
    """Why no district is asked about a youth."""

    NO_ADDRESS = "no_address"
    NO_DISTRICT = "no_district"
    NOT_HERE = "not_here"


@dataclass(frozen=True, slots=True)
class Listed:
    """One row as it would be frozen. ``unit_id`` is the district, or the administration for a protected youth."""

    youth_id: int
    unit_id: int
    number: int
    fields: dict[str, Any]
    is_protected: bool
    times_listed: int


@dataclass(slots=True)
class Listing:
    """The lists of a day: the rows, and those no district could be found for, with why."""

    rows: list[Listed] = field(default_factory=list)
    left_out: dict[int, LeftOut] = field(default_factory=dict)


@implements("amb-37")
def listing_on(*, county_id: int, on: date, known_at: datetime, times: dict[int, int]) -> Listing:
    """
    Return the lists for the day as the register knew it at the moment, within what the actor's scope shows.

    The place of stay goes before the registered address (amb-28); an institution is never told to a district. A
    youth who is protected stands on a list of the administration's own, numbered apart, so that not even a missing
    number tells a district of them, and without address.

    :param times: how many lists in a row each youth had been on before this one.
    """
    unknown = unknown_on(county_id=county_id, on=on, known_at=known_at)
    ids = [one.youth_id for one in unknown]
    people = youths_by_id(ids)
    details = contact_details_of(youth_ids=ids, on=on, known_at=known_at)
    phones = {detail.youth_id: detail.value for detail in details if detail.kind == "phone"}
    places = _places(ids, on, known_at)
    districts = {d.code: d.unit_id for d in units.districts(county_id=county_id, on=on)}
    admin = units.education_admin_of(county_id=county_id).pk
    schools = units.unit_names({one.holder_id for one in unknown if one.holder_id})
    listing = Listing()
    numbers: dict[int, int] = defaultdict(int)
    present = [one for one in unknown if one.youth_id in people]
    for one in sorted(present, key=lambda one: (people[one.youth_id].name_key, one.youth_id)):
        youth = people[one.youth_id]
        hidden = is_protected(youth.protection)
        place = None if hidden else places.get(one.youth_id)
        unit_id = admin if hidden else districts.get(place.district_code) if place else None
        if unit_id is None:
            listing.left_out[one.youth_id] = _why(place)
            continue
        numbers[unit_id] += 1
        listing.rows.append(
            Listed(
                youth_id=one.youth_id,
                unit_id=unit_id,
                number=numbers[unit_id],
                fields=_fields(one, youth, place, "" if hidden else phones.get(one.youth_id, ""), schools),
                is_protected=hidden,
                times_listed=times.get(one.youth_id, 0) + 1,
            )
        )
    return listing


def _places(ids: list[int], on: date, known_at: datetime) -> dict[int, Any]:
    """Return the address that decides the district: with a district before without, a stay before the registered."""
    places: dict[int, Any] = {}
    ranks: dict[int, tuple[bool, bool]] = {}
    for address in addresses_of(youth_ids=ids, on=on, known_at=known_at):
        rank = (bool(address.district_code), address.kind == "stay")
        if address.kind != "institution" and (address.youth_id not in places or rank > ranks[address.youth_id]):
            places[address.youth_id], ranks[address.youth_id] = address, rank
    return places


def _why(place: Any) -> LeftOut:
    if place is None:
        return LeftOut.NO_ADDRESS
    return LeftOut.NOT_HERE if place.district_code else LeftOut.NO_DISTRICT


def _fields(one: UnknownYouth, youth: Any, place: Any, phone: str, schools: dict[int, str]) -> dict[str, Any]:
    """Return the minimum of fields a list holds (form-otuk-list)."""
    city = f"{place.postcode} {place.city}".strip() if place else ""
    return {
        "name": f"{youth.last_name}, {youth.first_name}",
        "born": youth.born.isoformat(),
        "address": ", ".join(filter(None, (place.street, city))) if place else "",
        "phone": phone.removeprefix("+47"),
        "school": schools.get(one.holder_id or 0, ""),
        "since": one.since.isoformat(),
        "reason": _reason(one.reason),
        "attempts": one.attempts,
    }


def _reason(reason: str) -> str:
    return next((text.name_nb for key, text in codes.reason_texts().items() if key.value == reason), reason)
