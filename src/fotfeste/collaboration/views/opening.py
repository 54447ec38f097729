"""Where a record of each kind is made, so that whoever's turn it is comes straight to the form they may open."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import resolve, reverse

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Topic
from fotfeste.casework.policies import may_register_contact
from fotfeste.casework.selectors.opened_to import follower_units
from fotfeste.casework.selectors.who_sees import known_among
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.views.setting_status import offers
from fotfeste.collaboration.record_kinds import HANDOVER, kinds_giving
from fotfeste.collaboration.selectors.records import is_waiting
from fotfeste.collaboration.views.meeting_next import MEETINGS_FOR, NextMeeting
from fotfeste.collaboration.views.meeting_words import callable_kinds
from fotfeste.collaboration.views.record_parts import may_be_made_at

#: (who looks, the youth, the day) -> whether the screen lets them in.
Door = Callable[[Actor, Any, date], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """
    The screen a record is made on.

    :ivar topic: what of the youth must be open to whoever comes there.
    :ivar door: what the screen asks besides its permission and the topic.
    """

    address: str
    topic: Topic = Topic.IDENTITY
    door: Door | None = None


def _may_set_status(actor: Actor, youth: Any, today: date) -> bool:
    registration = open_registrations().filter(youth_id=youth.pk).first()
    return registration is not None and offers(actor=actor, registration=registration, on=today)[0]


def _may_register_contact(actor: Actor, youth: Any, today: date) -> bool:
    place = {"unit_id": youth.unit_id, "county_id": youth.county_id}
    if may_register_contact(actor=actor, **place):
        return True
    return bool(may_register_contact(actor=actor, **place, granted_units=follower_units(youth_id=youth.pk, on=today)))


def _may_call(actor: Actor, youth: Any, today: date) -> bool:
    return bool(callable_kinds(actor, youth, today))


_MEETINGS = Place("collaboration:meetings", Topic.MEETINGS)
_PLAN = Place("collaboration:plan", Topic.PLAN)
_FEEDBACK = Place("casework:send_feedback")

#: kind of record -> where it is made, about the youth.
FORMS: Mapping[str, Place] = {
    "form-mapping": Place("collaboration:write_mapping", Topic.MAPPING),
    "actor-map": Place("collaboration:mark_actors", Topic.MAPPING),
    "contact-attempt": Place("casework:register_contact", door=_may_register_contact),
    "status-event": Place("casework:set_status", Topic.STATUS, _may_set_status),
    "form-consent": Place("casework:record_release"),
    "assignment": Place("casework:assign", Topic.STATUS),
    "task": Place("collaboration:new_task"),
    "form-invitation": Place("collaboration:call_meeting", door=_may_call),
    # Of these, the screen where what is next is done: see ``meeting_next``.
    **dict.fromkeys(MEETINGS_FOR, _MEETINGS),
    "form-uda-feedback": _FEEDBACK,
    "form-list-review": _FEEDBACK,
    "form-follow-up-plan": _PLAN,
    "plan-review": _PLAN,
    "measure-entry": _PLAN,
}
#: The tab with the routines of a youth, where a step is skipped or gone on from.
ROUTINE = Place("collaboration:cooperation", Topic.STATUS)
PLAN = _PLAN


class Doors:
    """
    What one reader may open about some youths, looked up for all of them at once.

    A button that leads to a refusal helps nobody, so each screen is asked for what it asks itself: its permission, the
    topic it shows, and whatever else it wants.
    """

    def __init__(self, actor: Actor, youths: Iterable[Any], today: date) -> None:
        self.actor, self.today = actor, today
        by_id = {youth.pk: youth for youth in youths}
        there = by_id.values()
        topics = {place.topic for place in FORMS.values()} - {Topic.IDENTITY}
        asked = [(youth, topic) for youth in there for topic in topics]
        self._meetings = NextMeeting(actor, by_id, today)
        self._known = known_among(actor=actor, asked=asked, on=today) if asked else frozenset()

    def form_of(self, kinds: Iterable[str], *, youth: Any) -> str:
        """
        Return the address of the form for the first of the kinds that is made somewhere; empty for none.

        Whoever's role does not make that one is not the one to do the step. Where only this youth's, or this unit's, is
        closed, the next one is what is left to the reader.
        """
        for kind in kinds:
            place = FORMS.get(kind)
            if place is not None and not self._role_opens(reverse(place.address, kwargs={"youth_id": youth.pk})):
                return ""
            address = self.to(place, youth=youth) if place is not None else ""
            if address and kind in MEETINGS_FOR:
                # Whoever calls no such meeting may still hear how it went, and write that down.
                address = self._meetings.address(kind, youth=youth) or self._small(kind, youth) or address
            if address := address or self._small(kind, youth) or self._answered(kind, youth):
                return address
        return ""

    def to(self, place: Place, *, youth: Any) -> str:
        """Return the address of a screen about the youth; empty when it would turn the reader away."""
        address = reverse(place.address, kwargs={"youth_id": youth.pk})
        if not self._role_opens(address):
            return ""
        if place.topic is not Topic.IDENTITY and (youth.pk, place.topic) not in self._known:
            return ""
        return address if place.door is None or place.door(self.actor, youth, self.today) else ""

    def _answered(self, kind: str, youth: Any) -> str:
        """Return where a notice is answered, when one whose answer is the record waits for the reader's unit."""
        later = [each.id for each in kinds_giving(kind) if kind not in each.gives]
        waits = later and self.actor.has(Permission.TASK_DO) and is_waiting(later, youth.pk, self.actor.unit_ids)
        return reverse("collaboration:notices") if waits else ""

    def _role_opens(self, address: str) -> bool:
        return self.actor.has(resolve(address).func.permission)  # type: ignore[attr-defined]

    def _small(self, kind: str, youth: Any) -> str:
        every = [each for each in kinds_giving(kind) if kind in each.gives or each.id == HANDOVER]
        here = [each for each in every if may_be_made_at(each, self.actor.unit_id)]
        if not here or not self.actor.has(Permission.TASK_DO):
            return ""
        return reverse("collaboration:record", kwargs={"youth_id": youth.pk, "kind": here[0].id})
