"""The OTUK lists of the demo: one that was answered, closed and followed by the one that is out, half answered."""

import contextlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.enums import FeedbackCategory, NextOwner
from fotfeste.casework.selectors.feedback import waiting_feedback
from fotfeste.casework.services.feedback import Said
from fotfeste.casework.services.handling import Chosen, accept_all
from fotfeste.config.demo.users import demo_actors
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.law.wheel_days import LISTS, days_of
from fotfeste.lists.enums import ClosingReason
from fotfeste.lists.selectors import otuk
from fotfeste.lists.selectors.wash import session_of, wash_of
from fotfeste.lists.services.answers import answer_rows
from fotfeste.lists.services.closing import close_list
from fotfeste.lists.services.rounds import freeze_round
from fotfeste.lists.services.wash import open_wash
from fotfeste.lists.services.wash_owners import agree_owner
from fotfeste.organisations.selectors.readings import readings_for

#: Of the list before, one in so many was left; of the one that is out, one in so many is answered for.
LEFT_BEFORE, ANSWERED = 6, 2
_DISTRICT = (
    (FeedbackCategory.FOLLOWED_UP, "", "Ny samtale neste uke, bydelen", NextOwner.DISTRICT),
    (FeedbackCategory.IN_ACTIVITY, "OTAR", "", ""),
    (FeedbackCategory.STILL_UNKNOWN, "", "", NextOwner.SCHOOL),
    (FeedbackCategory.BY_NAV, "", "", NextOwner.NAV),
    (FeedbackCategory.REACHED, "", "", ""),
    (FeedbackCategory.MOVED, "", "", ""),
)
_BEFORE = (
    (FeedbackCategory.STILL_UNKNOWN, "", "", NextOwner.SCHOOL),
    (FeedbackCategory.STILL_UNKNOWN, "", "Bydelen prøver hjemme", NextOwner.DISTRICT),
)
_NAV = (
    (FeedbackCategory.FOLLOWED_UP, "", "", ""),
    (FeedbackCategory.STILL_UNKNOWN, "", "", ""),
    (FeedbackCategory.MOVED, "", "", ""),
)
_NEXT = (NextOwner.DISTRICT, NextOwner.NAV)


def make_lists(*, maker: Actor, county_id: int, on: date) -> None:
    """Make the last two lists; let the districts have answered the first and closed it, and begun on the second."""
    before, latest = _list_days(county_id, on)
    known_at = clock.now()
    with acting_as(maker):
        freeze_round(actor=maker, county_id=county_id, on=before, known_at=known_at)
    for days, answerer in enumerate(demo_actors(role=Role.DISTRICT_CONTACT, on=before)):
        with clock.frozen(datetime.combine(before + timedelta(days=6 + 3 * days), time(10), tzinfo=clock.OSLO)):
            _answer(answerer, _BEFORE, step=LEFT_BEFORE, is_left=True)
            _close(answerer)
    for admin in demo_actors(role=Role.EDUCATION_ADMIN, on=on)[:1]:
        _use_all(admin, county_id)
    with acting_as(maker):
        made = freeze_round(actor=maker, county_id=county_id, on=latest).round
    contacts = [each for each in demo_actors(role=Role.DISTRICT_CONTACT, on=on) if _wash(each, made)]
    for role in (Role.DISTRICT_CONTACT, Role.NAV_RESPONSIBLE):
        for answerer in demo_actors(role=role, on=on):
            _answer(answerer, _NAV if role is Role.NAV_RESPONSIBLE else _DISTRICT, step=ANSWERED)
    for contact in contacts:
        _share_out(contact, made, on)


def _wash(contact: Actor, made: Any) -> bool:
    """Let a district begin to go through its list with Nav; say whether it has one to go through."""
    with acting_as(contact, on=clock.today()), contextlib.suppress(Refused):
        open_wash(actor=contact, made=made, district_id=contact.unit_id or 0)
        return True
    return False


def _share_out(contact: Actor, made: Any, on: date) -> None:
    """Let the district have agreed who takes on some of those Nav does not take care of."""
    with acting_as(contact, on=on):
        session = session_of(made=made, district_id=contact.unit_id or 0)
        if session is None:
            return
        there = [row for row in wash_of(session).rows if row.asks_owner]
        for row, owner in zip(there, _NEXT, strict=False):
            due_on = on + timedelta(14)
            agree_owner(actor=contact, session_id=session.pk, youth_id=row.youth_id, owner=owner, due_on=due_on)


def _list_days(county_id: int, on: date) -> tuple[date, date]:
    """Return the last two days on which lists were due."""
    readings = readings_for(county_id=county_id)
    before, latest = [each.due for each in days_of(LISTS, around=on, readings=readings) if each.due <= on][-2:]
    return before, latest


def _answer(actor: Actor, answers: Sequence[tuple[str, str, str, str]], *, step: int, is_left: bool = False) -> None:
    """Answer for one in so many of the youths the actor's unit is asked about, or for all but one in so many."""
    today = clock.today()
    with acting_as(actor, on=today):
        made = otuk.current_round(county_id=min(actor.county_ids))
        if made is None or actor.unit_id is None:
            return
        if actor.role is Role.NAV_RESPONSIBLE:
            rows = otuk.nav_board(made=made, unit_id=actor.unit_id, today=today)
        else:
            rows = otuk.board(made=made, unit_id=actor.unit_id)
        asked = [row for number, row in enumerate(rows) if (number % step == 0) != is_left]
        said = {}
        for number, row in enumerate(asked):
            category, code, next_step, next_owner = answers[number % len(answers)]
            said[row.youth_id] = Said(
                category=category, on=today, activity_code=code, next_step=next_step, next_owner=next_owner
            )
        answer_rows(actor=actor, made=made, unit_id=actor.unit_id, said=said).all_or_none()


def _use_all(actor: Actor, county_id: int) -> None:
    """Let the administration use what the districts have answered so far."""
    with acting_as(actor):
        waiting = {each.pk: Chosen(each.version) for each in waiting_feedback(county_id=county_id)}
        accept_all(actor=actor, chosen=waiting)


def _close(actor: Actor) -> None:
    with acting_as(actor, on=clock.today()):
        made = otuk.current_round(county_id=min(actor.county_ids))
        listed, _answered = otuk.counts_of(made=made).get(actor.unit_id or 0, (0, 0)) if made else (0, 0)
        if made is not None and listed:
            close_list(actor=actor, made=made, unit_id=actor.unit_id or 0, reason=ClosingReason.WAITS)
