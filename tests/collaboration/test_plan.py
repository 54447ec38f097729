"""One plan: time-limited, with one coordinator, who does what, and nobody in it the youth has not let in."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.collaboration.enums import PlanReminder, StepState, TaskState
from fotfeste.collaboration.jobs import remind_plans
from fotfeste.collaboration.models import FollowUpPlan, PlanMeasure, StepRun, Task
from fotfeste.collaboration.plan_words import changes
from fotfeste.collaboration.printing import plan_pdf
from fotfeste.collaboration.selectors.parties import Surroundings, unit_of
from fotfeste.collaboration.selectors.plan_overlaps import overlaps_in
from fotfeste.collaboration.selectors.plans import agreement_seen, agreements_of, measures_of, versions_of
from fotfeste.collaboration.selectors.staircase import stairs_of
from fotfeste.collaboration.services import plan_course, plan_measures, plans, routines, tasks
from fotfeste.collaboration.services.plan_content import PlanContent
from fotfeste.collaboration.services.plan_measures import MeasureContent
from fotfeste.consent.services import releases
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Youth
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db

ENDS = make.TODAY + timedelta(60)


def content(actor, **changed):
    body = str(actor.unit_id)
    whole = PlanContent(
        coordinator_id=actor.user_id,
        coordinator_unit_id=actor.unit_id,
        first_day=make.TODAY,
        last_day=ENDS,
        review_on=make.TODAY + timedelta(30),
        main_goal="education",
        information_flow="Rådgiver ringer Nav hver fredag.",
        goals=[{"key": "g1", "goal": "Jeg vil bli rørlegger", "term": "long", "seen_by": "Har søkt Vg2"}],
        roles=[{"key": "", "body": body, "person": "Kari", "role": "Følger opp på skolen"}],
        transitions=[{"key": "", "what": "Fra skole til læreplass", "body": body, "on": ""}],
    )
    return replace(whole, **changed)


def measure(unit, **changed):
    given = {
        "owner_unit_id": unit.pk,
        "owner_kind": "county",
        "goal": "g1",
        "contribution": "Plass i liten gruppe",
        "followed_up_by": "Kari Rådgiver",
        "interval": "weekly",
        "requested_on": make.TODAY,
        "first_day": make.TODAY,
        "last_day": ENDS,
        "status": "under_way",
        "measure": "m-ot-skoletilbud",
    }
    return MeasureContent(**{**given, **changed})


def made(actor, case, **changed):
    with acting_as(actor):
        return plans.make_plan(actor=actor, youth_id=case.youth_id, content=content(actor, **changed), agrees="yes")


def add(actor, plan, what):
    with acting_as(actor):
        return plan_measures.add_measure(actor=actor, plan_id=plan.pk, content=what)


def in_place(case):
    with acting_as(make.system()):
        stairs = stairs_of(youth_id=case.youth_id, on=clock.today())
        return {point.id for stair in stairs for point, is_there in stair.points if is_there}


@pytest.mark.proves(
    "form-follow-up-plan", "plan-from", "plan-to", "plan-coordinator", "plan-goals", "plan-main-goal", "plan-roles",
    "plan-information-flow", "plan-transitions", "plan-review-date", "plan-consent", "plan-learning-goals",
    "plan-youth-words", "plan-shared-with-nav", "amb-18", "amb-34",
)  # fmt: skip
def test_a_plan_between_the_school_and_the_youth_needs_no_consent_and_one_that_names_nav_does(
    counsellor, case, nav, district_contact, school
):
    whole = content(counsellor)
    wrong = {
        "slutte etter": {"last_day": make.TODAY},
        "i planperioden": {"review_on": ENDS + timedelta(1)},
        "minst ett mål": {"goals": []},
        "hvilken rolle": {"roles": []},
        "hvem som forteller": {"information_flow": "  "},
        "Velg én av delene": {"no_transitions": True},
        "ikke har sagt ja til": {"roles": [{"key": "", "body": str(nav.pk), "person": "", "role": "Gir praksis"}]},
        "Koordinatoren må": {"coordinator_id": district_contact.user_id},
    }
    with acting_as(counsellor):
        for sentence, changed in wrong.items():
            with pytest.raises(Invalid, match=sentence):
                plans.make_plan(actor=counsellor, youth_id=case.youth_id, content=replace(whole, **changed))
    stranger = make.actor(Role.COUNSELLOR, make.unit())
    with acting_as(stranger), pytest.raises(Invalid):
        plans.make_plan(actor=stranger, youth_id=case.youth_id, content=whole)
    # Then it stands without consent, and only one at a time, also for the database
    plan = made(
        counsellor,
        case,
        youth_words="Jeg vil jobbe med hendene.",
        shared_with_nav_on=make.TODAY,
        learning_goals=[
            {"key": "", "subject": "VVS", "goal": "Lodde rør", "arena": "Bedrift", "approved_by": "Faglærer"}
        ],
        other_plans=[{"key": "", "kind": "activity_plan", "owner": "Nav Prøve", "on": "2026-11-01"}],
    )
    with acting_as(counsellor), pytest.raises(EditConflict) as conflict:
        plans.make_plan(actor=counsellor, youth_id=case.youth_id, content=content(counsellor, main_goal="work"))
    assert (conflict.value.theirs["Hovedmål"], conflict.value.yours["Hovedmål"]) == ("Tilbake til opplæring", "Arbeid")
    copy = {
        each.attname: getattr(plan, each.attname) for each in FollowUpPlan._meta.concrete_fields if each.name != "id"
    }
    with acting_as(make.system()), pytest.raises(IntegrityError), transaction.atomic():
        FollowUpPlan.objects.create(**copy)


@pytest.mark.proves("form-measure-entry", "plan-measures", "me-measure", "me-owner-kind", "me-goal", "me-start", "me-end",
    "me-hours", "me-learning-goals", "me-quality-assured-by", "me-follow-up-by", "me-follow-up-interval", "me-employer",
    "me-benefit", "me-blocked-by", "me-requested", "me-status", "me-refusal-reason")  # fmt: skip
@pytest.mark.proves("principle-do-no-harm")
def test_each_body_writes_its_own_measures_the_coordinator_all_and_nobody_without_a_release(
    counsellor, case, school, nav, nav_responsible
):
    plan = made(counsellor, case)
    practice = measure(
        nav, owner_kind="nav", measure="m-arbeidspraksis", hours=20, benefit="measure_money", employer="Rør AS",
        learning_goals="VVS: lodde", quality_assured_by="Faglærer Per", blocked_by=["br-pupil-status"],
    )  # fmt: skip
    with pytest.raises(Invalid, match="sagt ja til"):
        add(counsellor, plan, practice)
    given = release(counsellor, case, nav)
    own = add(nav_responsible, plan, practice)
    schools = add(counsellor, plan, measure(school))
    with acting_as(nav_responsible):
        with pytest.raises(NotAllowed, match="egne tiltak"):
            plan_measures.edit_measure(
                actor=nav_responsible, measure_id=schools.pk, content=measure(school, status="interrupted")
            )
        with pytest.raises(NotAllowed, match="koordinatoren"):
            plans.edit_plan(actor=nav_responsible, plan_id=plan.pk, content=content(counsellor))
        with pytest.raises(Invalid, match="Grunn til avslag"):
            plan_measures.edit_measure(
                actor=nav_responsible, measure_id=own.pk, content=replace(practice, status="refused")
            )
    # Two write at once: nothing is lost, and both are shown
    with acting_as(counsellor):
        plan_measures.edit_measure(
            actor=counsellor, measure_id=own.pk, content=replace(practice, hours=10), version=own.version
        )
    with acting_as(nav_responsible), pytest.raises(EditConflict) as conflict:
        plan_measures.edit_measure(
            actor=nav_responsible, measure_id=own.pk, content=replace(practice, hours=30), version=own.version
        )
    assert (conflict.value.theirs["Timer per uke"], conflict.value.yours["Timer per uke"]) == ("10", "30")
    # Two measures of different bodies on the same days: what is told to stand in the way is shown as told
    with acting_as(counsellor):
        found = overlaps_in(measures_of(plan_id=plan.pk))
        assert [each.rule.id for each in found] == ["br-pupil-status", "br-resign-place"]
        plan_measures.edit_measure(
            actor=counsellor, measure_id=own.pk, content=replace(practice, measure="m-ot-skoletilbud")
        )
        assert [each.rule for each in overlaps_in(measures_of(plan_id=plan.pk))] == [None]
        page = browser_of(counsellor).get(reverse("collaboration:plan", kwargs={"youth_id": case.youth_id}))
        assert "To instanser gjør det samme samtidig" in page.content.decode()
    # The day the youth takes it back, Nav sees nothing of the plan, and the coordinator is told whom it names
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    with acting_as(nav_responsible):
        assert not PlanMeasure.objects.exists()
        assert not FollowUpPlan.objects.exists()
    page = browser_of(counsellor).get(reverse("collaboration:plan", kwargs={"youth_id": case.youth_id}))
    assert page.context["lacking"] == ["Nav Prøve"]


@pytest.mark.proves("plan-consent")
def test_a_unit_let_in_that_coordinates_names_all_the_youth_has_let_in_and_nobody_else_is_told_whom(
    counsellor, case, nav, nav_responsible, district
):
    release(counsellor, case, nav, district)
    stands = {"coordinator_id": nav_responsible.user_id, "coordinator_unit_id": nav.pk}
    plan = made(counsellor, case, **stands)
    page = {"youth_id": case.youth_id, "plan_id": plan.pk}
    bodies = [str(each) for each in (case.unit_id, district.pk, nav.pk)]
    form = browser_of(nav_responsible).get(reverse("collaboration:edit_plan", kwargs=page)).context["form"]
    assert sorted(map(str, dict(form.tables["roles"][0].fields["body"].choices))) == sorted(["", *bodies])
    named = [{"key": "", "body": body, "person": "", "role": "Følger opp"} for body in bodies]
    with acting_as(nav_responsible):
        changed = content(nav_responsible, **stands, roles=named)
        plans.edit_plan(actor=nav_responsible, plan_id=plan.pk, content=changed, version=plan.version)
    shown = browser_of(nav_responsible).get(reverse("collaboration:plan", kwargs={"youth_id": case.youth_id}))
    assert shown.context["lacking"] == []
    # Who is let in and coordinates nothing is not told who else is
    other = make.actor(Role.DISTRICT_CONTACT, district)
    form = browser_of(other).get(reverse("collaboration:edit_plan", kwargs=page)).context["form"]
    assert list(dict(form.tables["roles"][0].fields["body"].choices)) == [""]


@pytest.mark.proves("plan-youth-agrees", "plan-result")
def test_each_change_is_a_version_the_youth_agrees_to_by_itself_and_the_plan_ends_with_a_result(
    counsellor, case, school
):
    plan = made(counsellor, case)
    with acting_as(counsellor):
        with pytest.raises(Invalid, match="Velg hvordan det gikk"):
            plan_course.end_plan(actor=counsellor, plan_id=plan.pk, on=make.TODAY, result="")
        changed = content(counsellor, main_goal="apprenticeship")
        plans.edit_plan(actor=counsellor, plan_id=plan.pk, content=changed, version=1)
        with pytest.raises(EditConflict):
            plans.edit_plan(actor=counsellor, plan_id=plan.pk, content=content(counsellor), version=1)
        plan.refresh_from_db()
        seen = agreement_seen(plan, None)
        assert {number: each.answer for number, each in agreements_of(plan_id=plan.pk).items()} == {1: "yes"}
        plan_course.record_agreement(actor=counsellor, plan_id=plan.pk, answer="partly", version=seen)
        with pytest.raises(EditConflict):
            plan_course.record_agreement(actor=counsellor, plan_id=plan.pk, answer="no", version=seen)
        new, old = versions_of(plan_id=plan.pk)
        assert changes(old.page, new.page, {}) == [("Planen", "Hovedmål", "Tilbake til opplæring", "Læreplass")]
        plan_course.end_plan(actor=counsellor, plan_id=plan.pk, on=make.TODAY, result="reached", version=2)
        with pytest.raises(IllegalTransition):
            plan_measures.add_measure(actor=counsellor, plan_id=plan.pk, content=measure(school))
    assert made(counsellor, case).pk != plan.pk


@pytest.mark.proves(
    "cp-s2-plan-limited", "cp-s2-coordinator", "cp-s2-information-flow", "cp-s2-measure-owner",
    "cp-s2-transition-owner", "cp-s3-measures-running", "cp-s3-coordination", "cp-s3-return",
)  # fmt: skip
def test_the_plan_its_measures_and_its_reviews_move_the_staircase_and_new_needs_lead_back(counsellor, case, school):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-at-risk")
    plan = made(counsellor, case, transitions=[])
    first = {"cp-s2-plan-limited", "cp-s2-coordinator", "cp-s2-information-flow"}
    assert {each for each in in_place(case) if each.startswith(("cp-s2-p", "cp-s2-c", "cp-s2-i"))} >= first
    assert not in_place(case) & {"cp-s2-measure-owner", "cp-s2-transition-owner", "cp-s3-coordination"}
    add(counsellor, plan, measure(school))
    with acting_as(counsellor):
        plans.edit_plan(
            actor=counsellor, plan_id=plan.pk, content=content(counsellor, transitions=[], no_transitions=True)
        )
        plan_course.review_plan(
            actor=counsellor, plan_id=plan.pk, on=make.TODAY, finding="on_track", text="Går bra", next_on=ENDS
        )
    assert in_place(case) >= {
        "cp-s2-measure-owner", "cp-s2-transition-owner", "cp-s3-measures-running", "cp-s3-coordination", "cp-s3-return",
    }  # fmt: skip
    with acting_as(counsellor):
        plan_course.review_plan(
            actor=counsellor, plan_id=plan.pk, on=make.TODAY, finding="new_needs", text="Bor ikke hjemme", next_on=ENDS
        )
    assert "cp-s3-return" not in in_place(case)
    with acting_as(make.system()):
        assert StepRun.objects.get(step="rut-staircase-s01").state == StepState.OPEN
        around = Surroundings(case.youth_id, case.unit_id, make.OSLO, make.TODAY)
        assert unit_of(parties=["coordinator"], around=around) == school.pk


def test_the_person_page_shows_what_is_in_place_of_a_plan_and_asks_no_more_for_it(counsellor, case, school):
    browser = browser_of(counsellor)
    page = reverse("casework:person", kwargs={"youth_id": case.youth_id})

    def opened():
        with CaptureQueriesContext(connection) as asked:
            shown = browser.get(page)
        [card] = [each.context for each in shown.context["cards"] if "staircase" in each.template]
        missing = {point.id for _label, points, _is_current in card["missing"] for point in points}
        return len(asked), missing

    opened()
    bare, lacking = opened()
    plan = made(counsellor, case)
    add(counsellor, plan, measure(school))
    with acting_as(counsellor):
        plan_course.review_plan(
            actor=counsellor, plan_id=plan.pk, on=make.TODAY, finding="on_track", text="Går bra", next_on=ENDS
        )
    planned, left = opened()
    assert planned == bare
    assert lacking - left == in_place(case)
    # What a review leads back to is not read with the page, and is looked up
    with acting_as(counsellor):
        plan_course.review_plan(
            actor=counsellor, plan_id=plan.pk, on=make.TODAY, finding="new_needs", text="Bor ikke hjemme", next_on=ENDS
        )
    assert opened()[1] - left == {"cp-s3-return"}


def test_a_plan_near_its_end_and_one_that_is_over_stand_in_the_tasks_until_it_is_seen_to(counsellor, case, school):
    plan = made(counsellor, case)

    def reminders():
        with acting_as(make.system()):
            return list(
                Task.objects.filter(plan=plan, state=TaskState.OPEN).values_list("what", "due_on", "for_user_id")
            )

    for _time in range(2):
        remind_plans()
    assert reminders() == []
    with clock.frozen(ENDS - timedelta(14)):
        remind_plans()
        remind_plans()
        assert reminders() == [(PlanReminder.ENDS, ENDS, counsellor.user_id)]
        home = browser_of(counsellor).get(reverse("home")).content.decode()
        assert "Planer som trenger deg" in home
    with clock.frozen(ENDS + timedelta(1)):
        remind_plans()
        assert reminders() == [(PlanReminder.OVERDUE, ENDS, counsellor.user_id)]
        leader = make.actor(Role.UNIT_LEADER, school)
        with acting_as(leader):
            task = Task.objects.get(plan_id=plan.pk, state=TaskState.OPEN)
            assert not FollowUpPlan.objects.exists()
        shown = browser_of(leader).get(reverse("collaboration:tasks") + "?vis=over-frist").content.decode()
        assert "over sluttdato uten resultat" in shown
        with acting_as(counsellor):
            for act, given in ((tasks.finish_task, {}), (tasks.drop_task, {"reason": "Nei"})):
                with pytest.raises(IllegalTransition, match="forlenget eller avsluttet"):
                    act(actor=counsellor, task_id=task.pk, **given)
            plans.edit_plan(
                actor=counsellor,
                plan_id=plan.pk,
                content=content(counsellor, last_day=ENDS + timedelta(90), review_on=ENDS + timedelta(60)),
            )
        assert reminders() == []


def test_the_plan_is_written_read_compared_and_printed_in_the_browser(counsellor, case, school):
    browser, where = browser_of(counsellor), {"youth_id": case.youth_id}
    path = reverse("collaboration:new_plan", kwargs=where)
    form = browser.get(path).context["form"]
    values = {
        "coordinator": form.initial["coordinator"], "first_day": "23.11.2026", "last_day": "23.02.2027",
        "review_on": "10.01.2027", "main_goal": "education", "information_flow": "Ukentlig telefon.", "agrees": "yes",
        "goals-0-goal": "Jeg vil bli rørlegger", "goals-0-term": "long", "roles-0-body": str(school.pk),
    }  # fmt: skip
    lacks = browser.post(path, values)
    assert lacks.status_code == 422
    assert "Rett radene under Partenes roller" in lacks.content.decode()
    assert browser.post(path, {**values, "roles-0-role": "Følger opp"}).status_code == 302
    with acting_as(counsellor):
        plan = FollowUpPlan.objects.get()
    shown = browser.get(reverse("collaboration:plan", kwargs=where)).content.decode()
    assert all(each in shown for each in ("Jeg vil bli rørlegger", "Ukentlig telefon.", "Prøve videregående skole"))
    at = {**where, "plan_id": plan.pk}
    versions = browser.get(reverse("collaboration:plan_versions", kwargs=at)).content.decode()
    assert "Dette er den første versjonen." in versions
    person = browser.get(reverse("casework:person", kwargs=where)).content.decode()
    assert "Oppfølgingsplan laget" in person
    papers = [browser.get(reverse("collaboration:plan_paper", kwargs=at) + f"?sprak={each}") for each in ("nn", "en")]
    assert [each["Content-Type"] for each in papers] == ["application/pdf"] * 2
    assert [b"/Count 1/Kids" in each.content for each in papers] == [True, True]
    assert [b"(nn)" in papers[0].content, b"(en)" in papers[1].content] == [True, True]


def test_nav_is_not_told_by_the_plan_where_a_protected_youth_is(counsellor, case, school, nav, nav_responsible):
    made(counsellor, case)
    release(counsellor, case, nav)
    with acting_as(make.system()):
        Youth.objects.filter(pk=case.youth_id).update(protection="strictly_confidential")
    shown = browser_of(nav_responsible).get(reverse("collaboration:plan", kwargs={"youth_id": case.youth_id}))
    text = shown.content.decode()
    assert "Jeg vil bli rørlegger" in text
    assert school.name not in text
    assert counsellor.name not in text


def test_nav_sees_in_the_morning_the_plan_it_is_in_and_its_measure_while_the_release_lasts(
    counsellor, case, nav, nav_responsible, school
):
    roles = [{"key": "", "body": str(school.pk), "person": "", "role": "Følger opp"}]
    given = release(counsellor, case, nav)
    plan = made(counsellor, case, roles=roles)
    adviser = make.actor(Role.NAV_ADVISER, nav)
    bystander = make.actor(Role.NAV_ADVISER, make.unit(UnitKind.NAV_OFFICE, name="Nav Annen"))
    owned = measure(nav, owner_kind="nav", measure="m-arbeidspraksis", last_day=make.TODAY + timedelta(20))
    add(nav_responsible, plan, owned)

    def morning(actor, language="nb"):
        browser = browser_of(actor)
        browser.cookies["language"] = language
        shown = browser.get(reverse("home"))
        return [(str(each["what"]), each["due_on"]) for each in shown.context["plans_to_mind"]]

    assert morning(nav_responsible) == []
    review, practice = (make.TODAY + timedelta(30), make.TODAY + timedelta(20))
    with clock.frozen(make.TODAY + timedelta(25)):
        for actor in (nav_responsible, adviser):
            assert morning(actor) == [
                ("Tiltak dere har: Arbeidspraksis", practice), ("Planen skal gjennomgås", review),
            ]  # fmt: skip
        assert [each for each, _day in morning(counsellor)] == ["Gjennomgå oppfølgingsplanen"]
        assert morning(bystander) == []
    # The name of the measure is in the reader's language, also in the versions that are kept
    with acting_as(counsellor), translation.override("en"):
        whole = versions_of(plan_id=plan.pk)
        told = changes(whole[1].page, whole[0].page, {})
        assert {each[0] for each in told} == {"Measure: Work placement"}
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    with clock.frozen(make.TODAY + timedelta(25)):
        assert morning(nav_responsible) == morning(adviser) == []


def test_a_full_plan_is_one_page_in_each_language_and_one_that_must_go_on_says_so(counsellor, case, school):
    def rows(count, **row):
        return [{"key": f"g{at}", **row} for at in range(1, count + 1)]

    body, sentence = str(school.pk), "Ringer hver fredag og forteller om oppmøtet i uka som har gått. "
    full = made(
        counsellor,
        case,
        youth_words=sentence * 2,
        information_flow=sentence * 5,
        goals=rows(6, goal=sentence, term="long", seen_by="Har skrevet lærekontrakt"),
        roles=rows(4, body=body, person="Kari Rådgiver", role=sentence),
        transitions=rows(4, what="Fra praksisplass til lærekontrakt", body=body, on="2027-01-04"),
        learning_goals=rows(4, subject="Norsk", goal="Skrive søknad", arena="Bedriften", approved_by="Lærer Liv"),
        other_plans=rows(2, kind="activity_plan", owner="Nav Prøve", on="2026-11-01"),
    )
    does = [PlanMeasure(measure="m-arbeidspraksis", owner_unit=school, goal="g1", contribution=sentence,
            followed_up_by="Kari Rådgiver", interval="weekly", first_day=make.TODAY, last_day=ENDS, status="under_way")] * 6  # fmt: skip
    held = [make.TODAY + timedelta(each) for each in (3, 2, 1)]

    def pages(language, measures):
        with acting_as(counsellor):
            made_of = plan_pdf(full, measures, language=language, names={}, agreement=None, reviewed_on=held)
        return int(re.search(rb"/Count (\d+)/Kids", made_of)[1])

    assert [pages(each, does) for each in ("nb", "nn", "en")] == [1, 1, 1]
    assert pages("nb", does * 5) > 1
