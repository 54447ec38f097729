"""At every address something can be sent to, the one who saves last is shown both versions, or nothing can be lost."""

import pytest

from fotfeste.kernel import clock
from tests import factories as make
from tests.at_once import cases, desks, letters, lists, plans, together
from tests.at_once.addresses import addresses_that_take_posts, views
from tests.at_once.race import run
from tests.at_once.world import World

RACES = {**cases.RACES, **desks.RACES, **lists.RACES, **together.RACES, **plans.RACES, **letters.RACES}

ADDS = "adds a fact of its own; nothing that stands is changed"
OWN = "changes nothing but the user's own"
KEEPS_NOTHING = "keeps nothing"
NOTHING_CAN_BE_LOST = {
    "casework:add_contact_detail": ADDS,
    "casework:add_guardian": ADDS,
    "casework:journal": ADDS,
    "casework:register_contact": ADDS,
    "casework:remark": ADDS,
    "casework:record_release": ADDS,
    "annualwheel:record": ADDS,
    "annualwheel:new_event": ADDS,
    "annualwheel:withdraw": "takes it back once; the second is told that it is taken back (tests/annualwheel)",
    "collaboration:new_measure": ADDS,
    "collaboration:offer_youth": "offered once; the second is told that an offer waits (tests/collaboration)",
    "collaboration:offer_plan_for": "offered once; the second is told that an offer waits (tests/collaboration)",
    "collaboration:offer_plan": "offered once; the second is told that an offer waits (tests/collaboration)",
    "lists:offer_youths": "each is offered once; the second is told that an offer waits (tests/lists)",
    "collaboration:call_meeting": ADDS,
    "collaboration:record_meeting": ADDS,
    "collaboration:new_network_meeting": ADDS,
    "collaboration:correct_network_meeting": "takes the place of minutes once; the second is told (tests/collaboration)",
    "collaboration:invite": ADDS,
    "collaboration:propose_times": ADDS,
    "collaboration:new_task": ADDS,
    "collaboration:shared_notes": ADDS,
    "collaboration:record": ADDS,
    "collaboration:send_newcomer": ADDS,
    "collaboration:start_routine": "starts a routine; while it is under way a second start is refused",
    "collaboration:confirm_minutes": "said once of a version; the second is shown what was said (tests/collaboration)",
    "collaboration:start_those_here": "asks for a job that starts no routine twice",
    "collaboration:start_unit_routine": "starts a routine; while it is under way a second start is refused",
    "collaboration:unit_record": ADDS,
    "collaboration:skip_unit_step": "skips a step once; the second is told that it is closed (tests/collaboration)",
    "collaboration:repeat_unit_step": "opens a step once; the second is told that it stands open",
    "collaboration:end_unit_routine": "ends it once; the second is told that it has ended",
    "consent:open_in_emergency": ADDS,
    "correspondence:prepare_mailing": "prepares letters to those who have none; for the second there is nobody left",
    "correspondence:release_copy": "a copy is sent once; the second is told that it is (tests/correspondence)",
    "collaboration:meeting_letter": "sent once of a time and place; the second is told that it is (tests/correspondence)",
    "collaboration:plan_copy": "sent once of a version; the second is told that it is (tests/correspondence)",
    "correspondence:return_letter": "recorded once; the second is told that it has come back (tests/correspondence)",
    "correspondence:settle_letter": "said once; the second is told that it is known how it went (tests/correspondence)",
    "correspondence:own_sent": "recorded once; the second is told that it has gone",
    "correspondence:reply": "an answer is taken once; the second is told that the link cannot be used",
    "correspondence:reply_by_code": "an answer is taken once; the second is told that the code cannot be used",
    "home_contact": ADDS,
    "lists:quick_contact": ADDS,
    "lists:register_many": ADDS,
    "lists:remind": ADDS,
    "lists:otuk_contact": ADDS,
    "integrations:upload": ADDS,
    "integrations:wash_answers": "an answer is recorded once; another is refused (tests/integrations/test_wash_answers.py)",
    "oversight:holds": ADDS,
    "organisations:new_user": ADDS,
    "organisations:unit_files": ADDS,
    "organisations:close_unit": ADDS,
    "reporting:freeze": ADDS,
    "reporting:new_agreement_meeting": ADDS,
    "reporting:correct_agreement_meeting": "takes the place of minutes once; the second is told (tests/reporting)",
    "integrations:fetch": "orders the register from VIGO; while one is under way a second is refused",
    "integrations:remind_private_schools": "sends a reminder; a school that has answered or been reminded gets none",
    "lists:otuk_make": "makes the day's lists; asked for again, those that were made are shown",
    "lists:wash_open": "opens the wash of a list; asked for again, the one that is open is shown",
    "organisations:connect_login": "a code is used once; the second is told that nobody waits with it",
    "organisations:disconnect_login": "takes a way in away; for the second it is away already",
    "casework:substitutes": "adds a substitute; in the same days a second is refused",
    "casework:end_substitute": "ends what somebody does for another; for the second it has ended already",
    "casework:judge_contact": KEEPS_NOTHING,
    "casework:search_case": KEEPS_NOTHING,
    "casework:plan_reading": KEEPS_NOTHING,
    "lists:search": KEEPS_NOTHING,
    "organisations:users": KEEPS_NOTHING,
    "oversight:propose_disposal": "proposes what is due; while one waits a second is refused",
    "oversight:approve_disposal": "what was approved is gone; the second is shown who approved (tests/oversight)",
    "oversight:person_copy": KEEPS_NOTHING,
    "styleguide": KEEPS_NOTHING,
    "confirm_knowledge": OWN,
    "annualwheel:reminding": OWN,
    "annualwheel:make_feed": OWN,
    "annualwheel:revoke_feed": OWN,
    "lists:look_through": OWN,
    "lists:save_filter": OWN,
    "lists:share_filter": OWN,
    "lists:delete_filter": "deletes one's own, or one of the unit one leads; for the second it is gone (tests/lists)",
    "logout": OWN,
    "logout-back": OWN,
    "session-extend": OWN,
    "session": OWN,
    "set_language": OWN,
}


def test_every_address_that_takes_posts_is_tried_by_two_or_says_why_nothing_can_be_lost():
    told = {*RACES, *NOTHING_CAN_BE_LOST}
    posts = addresses_that_take_posts()
    assert (posts - told, told - posts) == (set(), set())
    assert not RACES.keys() & NOTHING_CAN_BE_LOST.keys()


def test_what_keeps_nothing_answers_anew_each_time_it_is_asked_and_nothing_else_does():
    """A form sent twice is done once; a view that is only asked something must not be taken for a deed."""
    said = {name for name, reason in NOTHING_CAN_BE_LOST.items() if reason == KEEPS_NOTHING}
    assert {name for name, view in views().items() if hasattr(view, "keeps_nothing")} == said - {"styleguide"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    "scenario", [pytest.param(each, id=f"{name} {each.__name__}") for name in RACES for each in RACES[name]]
)
def test_the_one_who_saves_last_sees_both_versions_and_may_try_again(scenario):
    with clock.frozen(make.TODAY):
        run(scenario(World()))
