"""The tab «Samarbeid», the tasks, and the routines of the county, as the roles see them."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import Trigger
from fotfeste.collaboration.models import StepRun, Task
from fotfeste.collaboration.services import routines, tasks
from fotfeste.collaboration.services.starting import start_by
from fotfeste.kernel import opaque
from fotfeste.kernel.errors import IllegalTransition
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_records import write

pytestmark = pytest.mark.django_db


@pytest.fixture
def under_way(counsellor, case):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-at-risk")
        return Task.objects.get()


def page(actor, name, **where):
    return browser_of(actor).get(reverse(f"collaboration:{name}", kwargs=where))


def test_the_person_page_shows_the_staircase_whose_turn_it_is_and_the_beginning_on_the_line(
    counsellor, case, under_way
):
    shown = browser_of(counsellor).get(reverse("casework:person", kwargs={"youth_id": case.youth_id})).content.decode()
    for text in ("Kartleggingssamtale", "Rutine startet: Elev i fare", "0 av 4 gjort", "Nå: Prøve videregående skole"):
        assert text in shown


def test_the_tab_shows_each_step_with_who_and_what_can_be_done(counsellor, case, under_way):
    shown = page(counsellor, "cooperation", youth_id=case.youth_id).content.decode()
    assert all(
        text in shown for text in ("Kartleggingssamtale", "Hopp over", "Gjøres nå", "Situasjon, behov og mål kartlagt")
    )


def test_what_is_done_for_a_whole_list_is_told_as_such_and_nobody_skips_it(counsellor, case):
    with acting_as(counsellor):
        run = routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-outside")
        row = StepRun.objects.get(run=run, step="rut-outside-s04")
        routines.skip_step(actor=counsellor, step_run_id=row.pk, reason="Avklart fra før")
        listed = StepRun.objects.get(run=run, step="rut-outside-s07")
        with pytest.raises(IllegalTransition, match="hele listen"):
            routines.skip_step(actor=counsellor, step_run_id=listed.pk, reason="Venter ikke")
    shown = page(counsellor, "cooperation", youth_id=case.youth_id)
    at = {each["step"].id: each for each in shown.context["runs"][0]["steps"]}
    assert (at["rut-outside-s05"]["may_skip"], at["rut-outside-s07"]["may_skip"]) == (True, False)
    assert (at["rut-outside-s05"]["state"], at["rut-outside-s07"]["state"]) == ("Gjøres nå", "Gjøres for hele listen")
    assert "Gjøres for hele listen" in shown.content.decode()


def test_a_colleague_is_given_the_task_puts_it_off_and_finds_it_under_mine(counsellor, school, case, under_way):
    colleague = make.actor(Role.COUNSELLOR, school, name="Kollega")
    with acting_as(counsellor):
        tasks.give_task(actor=counsellor, task_id=under_way.pk, to_user_id=colleague.user_id, version=1)
    shown = page(colleague, "tasks").content.decode()
    assert "Kartleggingssamtale" in shown
    assert "Kollega" in shown


def test_a_unit_that_is_only_asked_about_a_name_reads_what_its_task_is(case, district, district_contact):
    make.grant(case.youth, district, Topic.IDENTITY)
    with acting_as(make.system()) as worker:
        start_by(
            trigger=Trigger.LISTED,
            youth_id=case.youth_id,
            source="otuk-round:1",
            by_id=worker.user_id,
            on=make.TODAY,
        )
    shown = page(district_contact, "tasks").content.decode()
    assert "Gå gjennom listen" in shown
    assert reverse("casework:send_feedback", kwargs={"youth_id": case.youth_id}) in shown


def test_a_leader_sees_what_is_to_be_done_and_is_sent_to_no_form_that_refuses(counsellor, school, case, under_way):
    form = reverse("collaboration:write_mapping", kwargs={"youth_id": case.youth_id})
    for_leader = page(make.actor(Role.UNIT_LEADER, school), "tasks").content.decode()
    assert "Kartleggingssamtale" in for_leader
    assert form not in for_leader
    assert form in page(counsellor, "tasks").content.decode()


def test_the_county_sees_what_differs_from_the_standard_and_only_it_can_change_it(admin, counsellor):
    where = {"step_id": "rut-at-risk-s01"}
    assert page(counsellor, "adapt_step", **where).status_code == 403
    browser = browser_of(admin)
    form = page(admin, "adapt_step", **where).context["form"]
    values = {**form.initial, "text": "Snakk først med kontaktlæreren.", "days": 5}
    answer = browser.post(reverse("collaboration:adapt_step", kwargs=where), values)
    assert answer.status_code == 302
    shown = page(counsellor, "routine", routine_id="rut-at-risk").content.decode()
    assert "Snakk først med kontaktlæreren." in shown
    assert "Tilpasset her" in shown
    assert "I standarden, Hva som gjøres:" in shown


def test_a_step_that_needs_no_release_is_said_to_be_done_elsewhere_and_the_school_hears_how_it_went(
    counsellor, case, school, nav
):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-not-ot")
    write(counsellor, case, "target-group-decision", said={"reason": "completed"})
    write(counsellor, case, "guide-to-nav-entry", said={"reason": "completed", "informed": True, "office": nav.pk})
    write(counsellor, case, "registration-assistance", said={"helped": "registered", "office": nav.pk})
    # The youth goes to Nav oneself: nobody asks for a release, and the school writes down what it hears
    shown = page(counsellor, "cooperation", youth_id=case.youth_id).content.decode()
    form = reverse("collaboration:record", kwargs={"youth_id": case.youth_id, "kind": "need-assessment-outcome"})
    assert all(text in shown for text in ("Skjer hos andre", nav.name, form, "Hør hvordan det gikk: Behovsvurdering"))
    assert "Venter på samtykke" not in shown
    front = browser_of(counsellor).get(reverse("casework:person", kwargs={"youth_id": case.youth_id})).content.decode()
    assert f"Nå: {nav.name}" in front
    # The last step does need it, and it is the school's turn to ask
    write(counsellor, case, "need-assessment-outcome", said={"outcome": "need"})
    write(counsellor, case, "adviser-assignment", said={"office": nav.pk, "name": "Kari Prøve"})
    front = browser_of(counsellor).get(reverse("casework:person", kwargs={"youth_id": case.youth_id})).content.decode()
    assert all(text in front for text in ("Innhent samtykke. «Samarbeid etter samtykke»", f"Nå: {school.name}"))


def test_the_routines_are_read_in_the_language_one_has_chosen(admin):
    browser = browser_of(admin)
    browser.cookies["django_language"] = "en"
    shown = browser.get(reverse("collaboration:routine", kwargs={"routine_id": "rut-at-risk"})).content.decode()
    assert all(text in shown for text in ("A pupil may come to quit", "Talk with the pupil about what is needed"))
    browser.cookies["django_language"] = "nn"
    shown = browser.get(reverse("collaboration:adapt_step", kwargs={"step_id": "rut-leaves-s01"})).content.decode()
    assert "I standarden står det: Finn ut kvifor eleven sluttar" in shown


def test_a_step_names_the_party_of_the_unit_whose_turn_it_is(counsellor, case, school):
    """Not of the one the documents had in mind: a school that keeps the case does the district's step."""
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-outside")
    step = next(
        each
        for each in page(counsellor, "cooperation", youth_id=case.youth_id).context["runs"][0]["steps"]
        if each["row"]
    )
    assert (step["unit"], str(step["lane"]), step["lane_id"]) == (school.name, "Skole", "school")
    form = page(counsellor, "new_task", youth_id=case.youth_id).context["form"]
    assert form["for_user_id"].value() == opaque.encode(counsellor.user_id)
