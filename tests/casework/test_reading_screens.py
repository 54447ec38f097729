"""How the county reads what is unclear, as it is shown, planned, chosen and told."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import MembershipDecision
from fotfeste.casework.services.explain import explain
from fotfeste.kernel.errors import NotAllowed
from tests import factories as make
from tests.casework.reading_steps import TODAY, choose, chosen, membership, plan, settle

pytestmark = pytest.mark.django_db


def test_a_decision_names_the_reading_only_where_it_is_the_county_s_own(admin, working, browser_of):
    page = reverse("casework:person", kwargs={"youth_id": working.youth_id})
    settle()
    assert "annen lesemåte" not in browser_of(admin).get(page).content.decode()
    choose(admin, chosen())
    shown = browser_of(admin).get(page).content.decode()
    assert "fylket har valgt en annen lesemåte" in shown
    assert "Nei – den som er i arbeid, er utenfor" in shown
    with acting_as(admin):
        told = explain(actor=admin, youth_id=working.youth_id, on=TODAY).to_dict()
    reasons = told["statutory"]["reasons"]
    assert [reason["chosen"] for reason in reasons if reason.get("chosen")] == ["work_is_outside"]


@pytest.mark.parametrize("role", [Role.COUNSELLOR, Role.UNIT_LEADER])
def test_others_read_and_do_not_choose(school, role, browser_of):
    actor = make.actor(role, school)
    with pytest.raises(NotAllowed):
        plan(actor, chosen())
    pages = browser_of(actor)
    assert pages.get(reverse("casework:readings")).status_code == 200
    one = pages.get(reverse("casework:reading", kwargs={"reading_id": "amb-08"}))
    assert one.status_code == 200
    assert "Velg en annen lesemåte" not in one.content.decode()
    refused = pages.post(reverse("casework:plan_reading", kwargs={"reading_id": "amb-08"}), {})
    assert refused.status_code == 403


def test_plan_and_choice_on_screen(admin, working, browser_of):
    settle()
    pages = browser_of(admin)
    listed = pages.get(reverse("casework:readings")).content.decode()
    assert "Er ungdom i arbeid, men uten elev- eller læreplass, i registeret?" in listed
    told = {"value": "work_is_outside", "first_day": "23.11.2026", "reason": "Vedtatt i fylket"}
    planned = pages.post(reverse("casework:plan_reading", kwargs={"reading_id": "amb-08"}), told)
    assert planned.status_code == 200
    assert "Ingenting er endret ennå" in planned.content.decode()
    hidden = {"version": planned.context["plan"].version, "digest": planned.context["plan"].digest}
    done = pages.post(reverse("casework:choose_reading", kwargs={"reading_id": "amb-08"}), told | hidden, follow=True)
    shown = done.content.decode()
    assert "Lesemåten er valgt" in shown
    assert "Vedtatt i fylket" in shown
    assert membership(working) == "not_in_ot"
    # And the same once more is told what applies
    late = pages.post(reverse("casework:choose_reading", kwargs={"reading_id": "amb-08"}), told | hidden)
    assert late.status_code == 409
    assert "mens du holdt på" in late.content.decode()


def test_the_plan_says_how_many_would_change_whatever_is_chosen(admin, working, browser_of):
    told = {"value": "work_is_outside", "first_day": "23.11.2026", "reason": "Vedtatt i fylket"}
    path = reverse("casework:plan_reading", kwargs={"reading_id": "amb-08"})
    settle()
    assert "uansett hva du velger" not in browser_of(admin).post(path, told).content.decode()
    with acting_as(make.system()):
        MembershipDecision.objects.filter(youth_id=working.youth_id).update(statutory="not_in_ot")
    page = browser_of(admin).post(path, told).content.decode()
    assert "I tillegg får 1 ungdom en annen målgruppe eller enhet uansett hva du velger" in page


@pytest.mark.parametrize(
    ("told", "why"),
    [
        pytest.param({"value": "days", "first_day": "23.11.2026", "reason": "Fordi"}, "hvor mange dager", id="no days"),
        pytest.param({"value": "deadlines", "first_day": "23.11.2026", "reason": "Fordi"}, "allerede", id="as it is"),
        pytest.param({"value": "", "first_day": "32.13.2026", "reason": ""}, "Vi forstår ikke datoen", id="nothing"),
    ],
)
def test_what_is_wrong_in_the_form_is_told_at_the_form(admin, told, why, browser_of):
    page = browser_of(admin).post(reverse("casework:plan_reading", kwargs={"reading_id": "rule-reconfirm"}), told)
    assert page.status_code == 422
    assert why in page.content.decode()


def test_a_fixed_reading_offers_nothing_to_choose(admin, browser_of):
    shown = browser_of(admin).get(reverse("casework:reading", kwargs={"reading_id": "amb-24"})).content.decode()
    assert "er fast" in shown
    assert "Se hva som endres" not in shown


def test_there_is_no_page_for_a_reading_that_does_not_exist(admin, browser_of):
    assert browser_of(admin).get("/lesemater/amb-99/").status_code == 404
