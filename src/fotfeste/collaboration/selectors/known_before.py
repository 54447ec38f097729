"""What may be known of a youth before anybody has talked with them: nobody is to tell the story twice."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from fotfeste.collaboration.enums import ActorBody, ActorPart
from fotfeste.collaboration.selectors.actors import ShownActor
from fotfeste.organisations.selectors.contacts import contacts_on

#: Where a unit is several bodies, the release says to invite the one the documents call in.
_INVITED = frozenset(ActorBody) - {ActorBody.NAV_ADVISER, ActorBody.NAV_IN_SCHOOL, ActorBody.NAV_YOUTH_TEAM}


def proposed(*, actors: Iterable[ShownActor], since: date | None, counsellor: str, on: date) -> list[ShownActor]:
    """
    Return how each stands, and for those nobody has marked what is known of them already.

    The unit that answers is with, since it took over; whoever the youth has released is to be invited; and the contact
    a unit has named stands as who to speak to.

    :param since: since when the unit has answered.
    :param counsellor: who answers for the youth there.
    """
    found = list(actors)
    named = contacts_on(unit_ids={each.unit.pk for each in found if each.unit is not None}, on=on)
    return [each if each.part else _proposed(each, since, counsellor, named) for each in found]


def _proposed(each: ShownActor, since: date | None, counsellor: str, named: dict[int, list[Any]]) -> ShownActor:
    if each.body is ActorBody.FORM_TEACHER:
        return each
    contacts = named.get(each.unit.pk, []) if each.unit is not None and each.body is not ActorBody.NAV_ADVISER else []
    contact = contacts[0].name if contacts else ""
    if each.is_responsible:
        return replace(each, part=ActorPart.INVOLVED, contact=counsellor or contact, since=since)
    if each.released_until is not None and each.body in _INVITED:
        return replace(each, part=ActorPart.INVITE, contact=contact)
    return replace(each, contact=contact)
