"""
Where the youth lives, as far as the case shows it: the district that follows, and what protection hides.

Addresses, protection and school history are people's; whoever changes them goes through here, so the case keeps up.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from fotfeste.access.actor import Actor
from fotfeste.audit import followers
from fotfeste.casework.models import Registration
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.selectors.finding_unit import UnitFinder
from fotfeste.casework.services import registrars
from fotfeste.kernel import clock
from fotfeste.people import selectors as people
from fotfeste.people.enums import ADDRESS_PROTECTING, AddressKind
from fotfeste.people.services import addresses, enrolments, identity
from fotfeste.people.services.addresses import Place
from fotfeste.spec import implements

#: What those who follow the acts about a youth are told when another district is shown, after the address is logged.
DISTRICT_SHOWN = "district.shown"


@dataclass(frozen=True, slots=True)
class Moved:
    """
    What a new address led to.

    :ivar points_elsewhere: the unit the rules now point to when it is another than the one responsible; nothing moves
        by itself, the education administration re-assigns (unit-change).
    """

    address_id: int
    points_elsewhere: int | None


@implements("amb-28")
def district_shown(*, youth_id: int, protection: str) -> str:
    """Return the district a case is sorted under: of stay, else of the registered address; none when protected."""
    if protection in ADDRESS_PROTECTING:
        return ""
    codes = {a.kind: a.district_code for a in people.addresses_of(youth_ids=[youth_id], on=clock.today())}
    return codes.get(AddressKind.STAY) or codes.get(AddressKind.REGISTERED) or ""


@transaction.atomic
def set_address(
    *, actor: Actor, youth_id: int, kind: str, place: Place, first_day: date, source: str, seen_id: int | None
) -> Moved:
    """
    Record a new address, and say whether the rules now point to another unit.

    :raises NotAllowed: the youth is another unit's, or the address is protected.
    :raises EditConflict: another address was recorded in between.
    :raises Invalid: the new one begins before the one it replaces.
    """
    address = addresses.set_address(
        actor=actor, youth_id=youth_id, kind=kind, place=place, first_day=first_day, source=source, seen_id=seen_id
    )
    youth = people.youths_by_id([youth_id])[youth_id]
    _show(actor, youth_id, district_shown(youth_id=youth_id, protection=youth.protection))
    return Moved(address.pk, _unit_elsewhere(youth_id, youth.unit_id))


@transaction.atomic
def correct_enrolment(*, actor: Actor, youth_id: int, **correction: Any) -> bool:
    """
    Correct a stretch of school, and say whether the rules now point to another unit. Nothing moves by itself.

    :param correction: what ``people.services.enrolments.correct_enrolment`` takes.
    :raises NotAllowed: the youth is another unit's.
    :raises EditConflict: it has been ended or corrected since it was shown.
    :raises Invalid: there is no such stretch, it would end before it begins, or nothing is changed.
    """
    enrolments.correct_enrolment(actor=actor, youth_id=youth_id, **correction)
    registrars.refresh(youth_ids=[youth_id])
    youth = people.youths_by_id([youth_id])[youth_id]
    return youth.protection not in ADDRESS_PROTECTING and _unit_elsewhere(youth_id, youth.unit_id) is not None


@transaction.atomic
def set_protection(*, actor: Actor, youth_id: int, grade: str) -> None:
    """
    Record a grade of address protection, and hide the district in the case with it, in former ones too.

    :raises NotAllowed: only the named handler and the register's import may.
    """
    youth = identity.set_protection(actor=actor, youth_id=youth_id, grade=grade)
    if youth.protection in ADDRESS_PROTECTING:
        Registration.objects.filter(youth_id=youth_id).update(district_code="")
        followers.tell(followers.Act(DISTRICT_SHOWN, youth_id, actor.user_id))
    else:
        _show(actor, youth_id, district_shown(youth_id=youth_id, protection=youth.protection))
    registrars.refresh(youth_ids=[youth_id])


def _show(actor: Actor, youth_id: int, district_code: str) -> None:
    rows = Registration.objects.filter(youth_id=youth_id, last_day=None).exclude(district_code=district_code)
    if rows.update(district_code=district_code):
        followers.tell(followers.Act(DISTRICT_SHOWN, youth_id, actor.user_id))


def _unit_elsewhere(youth_id: int, unit_id: int) -> int | None:
    today = clock.today()
    decided = decisions_for(youth_ids=[youth_id], on=today).get(youth_id)
    if decided is None:
        return None
    found = UnitFinder(today).find(decided[0], decided[1].unit.outcome).unit_id
    return found if found not in {None, unit_id} else None
