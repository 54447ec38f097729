"""The plan of a youth is offered from one coordinator to another, or by the leader for one who is away."""

from datetime import timedelta

import pytest
from django.urls import reverse

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Registration
from fotfeste.collaboration.jobs import lapse_offers
from fotfeste.collaboration.models import FollowUpPlan, Record
from fotfeste.collaboration.services import person_offers, plan_course, plans
from fotfeste.consent.services import releases
from fotfeste.kernel import opaque
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_person_offers import answer, stands, text_of
from tests.collaboration.test_plan import content, made
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


@pytest.fixture
def let_in(counsellor, case, district):
    return release(counsellor, case, district, topics=(Topic.PLAN,))


@pytest.fixture
def plan(counsellor, case, let_in):
    return made(counsellor, case)


def offer_plan(actor, plan, to):
    with acting_as(actor):
        return person_offers.offer_plan(actor=actor, youth_id=plan.youth_id, plan_id=plan.pk, to_user_id=to.user_id)


def offer_plan_for(actor, plan, to, *, reason="Er borte til jul.", version=None):
    with acting_as(actor):
        return person_offers.offer_plan_for(
            actor=actor, youth_id=plan.youth_id, to_user_id=to.user_id, reason=reason, version=version
        )


def waiting() -> list[Record]:
    with acting_as(make.system()):
        return list(Record.objects.filter(answer=""))


def coordinator(plan) -> tuple[int, int]:
    with acting_as(make.system()):
        found = FollowUpPlan.objects.get(pk=plan.pk)
    return found.coordinator_id, found.coordinator_unit_id


def test_another_body_that_is_let_in_coordinates_when_it_says_yes(counsellor, plan, school, district, district_contact):
    row = offer_plan(counsellor, plan, district_contact)
    assert coordinator(plan) == (counsellor.user_id, school.pk)
    page = text_of(browser_of(district_contact).get(reverse("collaboration:notices")))
    assert "Tilbud om å bli koordinator for planen" in page
    assert "Ungdommen har samtykket til at dere ser:" in page
    answer(district_contact, row)
    assert coordinator(plan) == (district_contact.user_id, district.pk)
    with acting_as(district_contact):
        assert not Registration.objects.exists()


def test_nobody_outside_the_plan_and_nobody_but_the_coordinator(counsellor, ola, plan, nav_responsible):
    with pytest.raises(Invalid, match="med i planen"):
        offer_plan(counsellor, plan, nav_responsible)
    with pytest.raises(NotAllowed):
        offer_plan(ola, plan, ola)


def test_it_is_not_changed_at_once_by_whoever_edits_the_plan(counsellor, ola, plan):
    to_ola = content(ola)
    with acting_as(counsellor), pytest.raises(NotAllowed, match="Tilby den til kollegaen"):
        plans.edit_plan(actor=counsellor, plan_id=plan.pk, content=to_ola)
    with acting_as(ola):
        plans.edit_plan(actor=ola, plan_id=plan.pk, content=to_ola)
    assert coordinator(plan)[0] == ola.user_id


def test_it_lapses_when_the_release_is_withdrawn(counsellor, plan, let_in, district_contact):
    row = offer_plan(counsellor, plan, district_contact)
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=let_in.pk)
    assert stands(row) == ("lapsed", "Enheten er ikke lenger med i planen.")


def test_it_lapses_when_the_plan_ends(counsellor, ola, plan):
    row = offer_plan(counsellor, plan, ola)
    with acting_as(counsellor):
        plan_course.end_plan(actor=counsellor, plan_id=plan.pk, on=make.TODAY, result="reached")
    assert stands(row) == ("lapsed", "Planen er avsluttet.")


def test_the_leader_offers_it_for_a_coordinator_who_is_away_with_why_and_reads_none_of_it(
    counsellor, ola, leader, plan, school, district_contact
):
    person = reverse("casework:person", kwargs={"youth_id": plan.youth_id})
    address = reverse("collaboration:offer_plan_for", kwargs={"youth_id": plan.youth_id})
    shown = text_of(browser_of(leader).get(person))
    assert address in shown
    assert f"Koordinator: {counsellor.name}" in shown
    form = browser_of(leader).get(address)
    version = form.context["form"].initial["version"]
    # Only those at the unit itself: who else is in the plan is the plan's
    assert "Ola Lie" in text_of(form)
    assert district_contact.name not in text_of(form)
    given = {"to_user_id": opaque.encode(ola.user_id), "reason": "", "version": version}
    assert browser_of(leader).post(address, given).status_code == 422
    sent = browser_of(leader).post(address, given | {"reason": "Er borte til jul."}, follow=True)
    assert "Tilbudet er sendt." in text_of(sent)
    assert coordinator(plan)[0] == counsellor.user_id
    # The receiver reads why, and whoever coordinates sees it and may take it back
    assert "Er borte til jul." in text_of(browser_of(ola).get(reverse("collaboration:tasks")))
    assert "Er borte til jul." in text_of(browser_of(counsellor).get(reverse("collaboration:notices")))
    [row] = waiting()
    answer(ola, row)
    assert coordinator(plan) == (ola.user_id, school.pk)
    # The leader is told what came of it, and still reads no plan
    assert "Overtatt" in text_of(browser_of(leader).get(reverse("collaboration:notices")))
    with acting_as(leader):
        assert not FollowUpPlan.objects.exists()
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        assert AuditEntry.objects.filter(verb="handover.offered_person", user_id=leader.user_id).exists()


def test_the_offer_of_a_leader_stands_though_the_coordinator_has_left(counsellor, ola, leader, plan):
    RoleAssignment.objects.filter(user_id=counsellor.user_id).update(last_day=make.TODAY - timedelta(1))
    row = offer_plan_for(leader, plan, ola)
    lapse_offers()
    assert stands(row)[0] == ""
    answer(ola, row)
    assert coordinator(plan)[0] == ola.user_id


def test_nobody_but_the_leader_of_the_coordinators_unit_offers_for_another_and_nobody_is_told_of_a_plan(
    counsellor, ola, leader, plan, case, district, district_contact
):
    elsewhere = make.actor(Role.UNIT_LEADER, district)
    strange = make.actor(Role.UNIT_LEADER, make.unit(name="Annen skole"))
    for actor in (ola, counsellor, elsewhere, strange, district_contact):
        with pytest.raises(Invalid):
            offer_plan_for(actor, plan, ola)
        address = reverse("collaboration:offer_plan_for", kwargs={"youth_id": plan.youth_id})
        assert browser_of(actor).get(address).status_code in {403, 404}
    with pytest.raises(Invalid, match="Skriv hvorfor"):
        offer_plan_for(leader, plan, ola, reason=" ")
    with pytest.raises(Invalid, match="alt koordinator"):
        offer_plan_for(leader, plan, counsellor)
    for other in (leader, district_contact):
        with pytest.raises(Invalid, match="ved enheten som koordinerer"):
            offer_plan_for(leader, plan, other)
    with pytest.raises(EditConflict):
        offer_plan_for(leader, plan, ola, version=9)
    offer_plan_for(leader, plan, ola)
    with pytest.raises(IllegalTransition, match="venter alt"):
        offer_plan_for(leader, plan, ola)
    # Without a plan there is nothing to offer, in the same words
    other = make.case(plan.coordinator_unit)
    with acting_as(leader), pytest.raises(Invalid, match="finnes ikke, eller du har ikke tilgang"):
        person_offers.offer_plan_for(actor=leader, youth_id=other.youth_id, to_user_id=ola.user_id, reason="Syk")
    page = text_of(browser_of(leader).get(reverse("casework:person", kwargs={"youth_id": other.youth_id})))
    assert "Koordinator:" not in page


def test_the_coordinator_offers_it_from_the_plan(counsellor, ola, plan):
    at = {"youth_id": plan.youth_id, "plan_id": plan.pk}
    address = reverse("collaboration:offer_plan", kwargs=at)
    page = reverse("collaboration:plan", kwargs={"youth_id": plan.youth_id})
    assert address in browser_of(counsellor).get(page).content.decode()
    assert address not in browser_of(ola).get(page).content.decode()
    version = browser_of(counsellor).get(address).context["form"].initial["version"]
    given = {"to_user_id": opaque.encode(ola.user_id), "note": "Møte i uke 50.", "version": version}
    assert "Tilbudet er sendt." in text_of(browser_of(counsellor).post(address, given, follow=True))
