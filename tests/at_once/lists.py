"""What two may write at once about lists: who answers for whom, the answers to a round, and a wash with Nav."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.casework.services import contacts as attempts
from fotfeste.casework.services import counsellors, responsibility
from fotfeste.kernel import opaque
from fotfeste.lists.services import wash as washing
from fotfeste.lists.services import wash_owners as washing_owners
from fotfeste.organisations.models import Unit
from tests import factories as make
from tests.at_once.race import Race, browser_of
from tests.at_once.world import Both, World
from tests.lists.otuk_world import World as Lists


def assign_counsellor(world: World) -> Race:
    key = opaque.encode(world.case.youth_id)
    one, other = (opaque.encode(each.user_id) for each in world.counsellors)
    late = {"valgt": [key], "person": other, "liste": "", f"versjon-{key}": world.version()}
    return Race(reverse("lists:assign_counsellor"), world.counsellors, late, first={**late, "person": one})


def confirm_statuses(world: World) -> Race:
    key = opaque.encode(world.case.youth_id)
    late = {"valgt": [key], "liste": "", f"versjon-{key}": world.version()}
    return Race(reverse("lists:confirm_statuses"), world.counsellors, late)


def undo_counsellor(world: World) -> Race:
    def choose(who: int) -> int:
        actor = world.counsellors[who]
        with acting_as(actor):
            made = counsellors.assign_counsellor(
                actor=actor, youth_id=world.case.youth_id, counsellor_id=actor.user_id, version=None
            )
        return int(made.pk)

    late = {"satt": [f"{opaque.encode(world.case.youth_id)}.{opaque.encode(choose(0))}"], "liste": "", "side": "1"}
    return Race(reverse("lists:undo_counsellor"), world.counsellors, late, first=lambda: choose(1))


def otuk_answer(_world: World) -> Race:
    at, both = _listed()
    path = reverse("lists:otuk_answer", kwargs=at)
    board = reverse("lists:otuk_board", kwargs={name: at[name] for name in ("round_id", "unit_id")})
    return Race(path, both, {"category": "reached"}, board, first={"category": "still_unknown"})


def otuk_undo(_world: World) -> Race:
    at, both = _listed()
    answered = browser_of(both[0]).post(
        reverse("lists:otuk_answer", kwargs=at), {"category": "reached", "version": 0}, headers={"HX-Request": "true"}
    )
    sent = answered.context["sent"]
    at = {"round_id": at["round_id"], "unit_id": at["unit_id"], "feedback_id": sent.feedback_id}
    return Race(reverse("lists:otuk_undo", kwargs=at), both, {"erstattet": "", "version": sent.version})


def otuk_answer_many(_world: World) -> Race:
    at, both = _listed()
    key = opaque.encode(at.pop("youth_id"))
    board, path = (reverse(name, kwargs=at) for name in ("lists:otuk_board", "lists:otuk_answer_many"))
    late = {"valgt": [key], "answer": "reached", "on": "2026-11-23"}
    return Race(path, both, late, board, first={**late, "answer": "still_unknown"})


def otuk_undo_many(_world: World) -> Race:
    at, both = _listed()
    key, browser = opaque.encode(at.pop("youth_id")), browser_of(both[0])
    given = {"valgt": [key], f"versjon-{key}": 0, "answer": "reached", "on": "2026-11-23"}
    browser.post(reverse("lists:otuk_answer_many", kwargs=at), given)
    sent = browser.get(reverse("lists:otuk_board", kwargs=at)).context["report"].undo
    return Race(reverse("lists:otuk_undo_many", kwargs=at), both, {"satt": list(sent)})


def otuk_close(_world: World) -> Race:
    at, both = _listed()
    at = {name: at[name] for name in ("round_id", "unit_id")}
    return Race(
        reverse("lists:otuk_close", kwargs=at), both, {"reason": "waits"}, reverse("lists:otuk_board", kwargs=at)
    )


def wash_agree(_world: World) -> Race:
    at, both, _session = _washed()
    page = reverse("lists:wash", kwargs={name: at[name] for name in ("round_id", "unit_id")})
    late = {"owner": "nav", "due_on": "2026-12-10"}
    return Race(reverse("lists:wash_agree", kwargs=at), both, late, page, first={**late, "owner": "district"})


def wash_agree_many(_world: World) -> Race:
    at, both, _session = _washed()
    late = {"valgt": [opaque.encode(at.pop("youth_id"))], "owner": "nav", "due_on": "2026-12-10"}
    path = reverse("lists:wash_agree_many", kwargs=at)
    return Race(path, both, late, first={**late, "owner": "district"})


def wash_close(_world: World) -> Race:
    at, both, session = _washed()
    at = {name: at[name] for name in ("round_id", "unit_id")}
    with acting_as(both[0]):
        washing_owners.agree_owner(
            actor=both[0], session_id=session.pk, youth_id=session.about, owner="nav", due_on=make.TODAY
        )
    return Race(reverse("lists:wash_close", kwargs=at), both, {}, reverse("lists:wash", kwargs=at))


def wash_missing(_world: World) -> Race:
    at, _both, session = _washed()
    office = Unit.objects.get(pk=session.office_id)
    both = (make.actor(Role.NAV_RESPONSIBLE, office), make.actor(Role.NAV_RESPONSIBLE, office, name="Ola Lie"))
    at = {name: at[name] for name in ("round_id", "unit_id")}
    page = reverse("lists:otuk_board", kwargs={"round_id": at["round_id"], "unit_id": session.office_id})
    return Race(reverse("lists:wash_missing", kwargs=at), both, {"missing": 4}, page, first={"missing": 2})


def otuk_undo_contact(_world: World) -> Race:
    lists = Lists.made()
    case = lists.unknown("Eide")
    with acting_as(lists.admin):
        responsibility.assign(
            actor=lists.admin, youth_id=case.youth_id, holder_id=lists.alna.pk, reason="Avtalt", version=None
        )
    made = lists.freeze()
    both = (lists.alna_contact, make.actor(Role.DISTRICT_CONTACT, lists.alna, name="Ola Lie"))
    with acting_as(both[0]):
        done = attempts.register_attempt(
            actor=both[0], youth_id=case.youth_id, on=make.TODAY, channel="call", result="no_answer"
        )
    at = {"round_id": made.pk, "unit_id": lists.alna.pk, "attempt_id": done.attempt.pk}
    return Race(reverse("lists:otuk_undo_contact", kwargs=at), both)


def hand_over(world: World) -> Race:
    kari, ola = world.counsellors
    with acting_as(kari):
        counsellors.assign_counsellor(
            actor=kari, youth_id=world.case.youth_id, counsellor_id=kari.user_id, version=None
        )
    page, key = reverse("lists:hand_over", kwargs={"user_id": kari.user_id}), opaque.encode(world.case.youth_id)

    leader = make.actor(Role.UNIT_LEADER, world.school)

    def nobody_is_chosen() -> None:
        with acting_as(leader):
            counsellors.assign_counsellor(actor=leader, youth_id=world.case.youth_id, counsellor_id=None, version=None)

    late = {"valgt": [key], "person": opaque.encode(ola.user_id)}
    return Race(page, world.counsellors, late, page, first=nobody_is_chosen)


RACES: dict[str, tuple[Callable[[World], Race], ...]] = {
    "lists:assign_counsellor": (assign_counsellor,),
    "lists:confirm_statuses": (confirm_statuses,),
    "lists:hand_over": (hand_over,),
    "lists:undo_counsellor": (undo_counsellor,),
    "lists:otuk_answer": (otuk_answer,),
    "lists:otuk_answer_many": (otuk_answer_many,),
    "lists:otuk_close": (otuk_close,),
    "lists:otuk_undo": (otuk_undo,),
    "lists:otuk_undo_contact": (otuk_undo_contact,),
    "lists:otuk_undo_many": (otuk_undo_many,),
    "lists:wash_agree": (wash_agree,),
    "lists:wash_agree_many": (wash_agree_many,),
    "lists:wash_close": (wash_close,),
    "lists:wash_missing": (wash_missing,),
}


def _listed() -> tuple[dict[str, int], Both]:
    lists = Lists.made()
    case = lists.unknown("Aas")
    made = lists.freeze()
    both = (lists.alna_contact, make.actor(Role.DISTRICT_CONTACT, lists.alna, name="Ola Lie"))
    return {"round_id": made.pk, "unit_id": lists.alna.pk, "youth_id": case.youth_id}, both


def _washed() -> tuple[dict[str, int], Both, Any]:
    """Let Nav have answered, in a wash, that it does not take care of the one on the list."""
    lists = Lists.made()
    case = lists.unknown("Aas")
    made = lists.freeze()
    with acting_as(lists.alna_contact):
        session = washing.open_wash(actor=lists.alna_contact, made=made, district_id=lists.alna.pk)
    with acting_as(lists.nav):
        washing.record_answers(
            actor=lists.nav, session_id=session.pk, answers={case.youth_id: FeedbackCategory.STILL_UNKNOWN}
        )
    session.about = case.youth_id
    both = (lists.alna_contact, make.actor(Role.DISTRICT_CONTACT, lists.alna, name="Ola Lie"))
    return {"round_id": made.pk, "unit_id": lists.alna.pk, "youth_id": case.youth_id}, both, session
