"""What is known of those who are written to, when the letter is made: names, where it goes, who may be called."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation

from fotfeste.access import selectors as access
from fotfeste.casework.selectors.receivers import counsellors_of
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.correspondence.carriers import PostalAddress
from fotfeste.kernel import formats
from fotfeste.law.contact import MAJORITY_AGE
from fotfeste.organisations.selectors.contacts import contacts_on
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.organisations.selectors.units import education_admin_of, units
from fotfeste.people import selectors as people
from fotfeste.people.enums import AddressKind, ContactKind
from fotfeste.spec import implements

#: Where somebody stays goes before where they are registered.
_ORDER = (AddressKind.STAY, AddressKind.INSTITUTION, AddressKind.REGISTERED)


@dataclass(frozen=True, slots=True)
class ReceiverFacts:
    """
    What one letter may need.

    :ivar postal: where the youth is written to; None when no address is known, or it is not for every eye.
    :ivar home: the registered address, where guardians of one under 18 are written to.
    :ivar known_at: when that address was recorded.
    :ivar email: the newest one, of somebody under no protection.
    :ivar guardians: (id, name).
    """

    youth: Any
    is_protected: bool
    postal: PostalAddress | None
    home: PostalAddress | None
    known_at: datetime | None
    email: str
    guardians: tuple[tuple[int, str], ...]
    contact: str
    contact_details: str
    unit: str

    def is_minor(self, on: date) -> bool:
        """Say whether the youth is under 18 on a day."""
        return people.age_on(born=self.youth.born, day=on) < MAJORITY_AGE

    @implements("nal-contact")
    def said(self, *, on: date, county: str, language: str) -> dict[str, str]:
        """Return what the fields every letter has are filled in with."""
        with translation.override(language):
            return {
                "fornavn": self.youth.first_name,
                "navn": f"{self.youth.first_name} {self.youth.last_name}",
                "dato": formats.day(on),
                "enhet": self.unit,
                "kontaktperson": self.contact,
                "kontakt": self.contact_details,
                "fylke": county,
            }


def receiver_facts(*, youth_ids: Iterable[int], county_id: int, on: date) -> dict[int, ReceiverFacts]:
    """Return what is known of each; of somebody under protection neither address nor unit."""
    youths = people.youths_by_id(youth_ids)
    postal = _postal(youths, on)
    guardians: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for each in people.guardians_of(youth_ids=youths, on=on):
        guardians[each.youth_id].append((each.pk, each.name))
    reach = _reach(youths, county_id, on)
    mail = {each.youth_id: each.value for each in reversed(_emails(youths, on))}
    found = {}
    for pk, youth in youths.items():
        hidden = is_protected(youth.protection)
        contact, details, unit = reach[0 if hidden else pk]
        own = {} if hidden else postal.get(pk, {})
        chosen = next((own[kind] for kind in _ORDER if kind in own), None)
        found[pk] = ReceiverFacts(
            youth=youth,
            is_protected=hidden,
            postal=chosen[0] if chosen else None,
            home=own[AddressKind.REGISTERED][0] if AddressKind.REGISTERED in own else None,
            known_at=chosen[1] if chosen else None,
            email="" if hidden else mail.get(pk, ""),
            guardians=tuple(guardians[pk]),
            contact=contact,
            contact_details=details,
            unit=unit,
        )
    return found


def own_channel_address(*, youth_id: int, on: date) -> PostalAddress | None:
    """Return where somebody under protection is written to, to whoever may see it."""
    youths = people.youths_by_id([youth_id])
    own = _postal(youths, on, hidden=True).get(youth_id, {})
    return next((own[kind][0] for kind in _ORDER if kind in own), None)


def sender_of(*, county_id: int) -> list[str]:
    """Return who a letter is from: the county's education administration, by name and address."""
    unit = education_admin_of(county_id=county_id)
    lines = [county_names()[county_id], unit.name, unit.street, f"{unit.postcode} {unit.city}".strip()]
    return [line for line in dict.fromkeys(lines) if line]


def _emails(youths: Mapping[int, Any], on: date) -> list[Any]:
    """Return the e-mail addresses, the newest first."""
    return list(people.contact_details_of(youth_ids=youths, on=on).filter(kind=ContactKind.EMAIL))


def _postal(
    youths: Mapping[int, Any], on: date, *, hidden: bool = False
) -> dict[int, dict[str, tuple[PostalAddress, datetime]]]:
    found: dict[int, dict[str, tuple[PostalAddress, datetime]]] = defaultdict(dict)
    for each in people.addresses_of(youth_ids=youths, on=on):
        youth = youths[each.youth_id]
        if (each.is_protected and not hidden) or not (each.street and each.postcode):
            continue
        name = f"{youth.first_name} {youth.last_name}"
        to = PostalAddress(name, each.street, each.postcode, each.city)
        found[each.youth_id].setdefault(each.kind, (to, each.recorded_at))
    return found


def _reach(youths: Mapping[int, Any], county_id: int, on: date) -> dict[int, tuple[str, str, str]]:
    """Return (who to ask for, how to reach them, unit) by youth; under 0 the administration's own."""
    admin = education_admin_of(county_id=county_id)
    unit_ids = {youth.unit_id for youth in youths.values()} | {admin.pk}
    names = dict(units().filter(pk__in=unit_ids).values_list("pk", "name"))
    contacts = contacts_on(unit_ids=unit_ids, on=on)
    counsellors = counsellors_of(youth_ids=youths)
    people_names = access.user_names(set(counsellors.values()))

    def at(unit_id: int, person: str) -> tuple[str, str, str]:
        named = contacts.get(unit_id, [])
        same = next((each for each in named if each.name == person), named[0] if named else None)
        details = (formats.phone(same.phone) if same.phone else "", same.email) if same else ("", "")
        return person or (same.name if same else ""), ", ".join(filter(None, details)), names.get(unit_id, "")

    known = {pk: at(youth.unit_id, people_names.get(counsellors.get(pk, 0), "")) for pk, youth in youths.items()}
    return {0: at(admin.pk, ""), **known}
