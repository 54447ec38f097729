"""Routines about a unit and not a youth: what starts them, whose turn it is, what does a step, and who sees it."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.enums import AssignmentGround
from fotfeste.casework.models import Responsibility
from fotfeste.casework.services import counsellors, feedback, statuses
from fotfeste.collaboration import jobs
from fotfeste.collaboration.enums import RunEnd, StepState, Trigger
from fotfeste.collaboration.models import UnitRun, UnitStep
from fotfeste.collaboration.record_kinds import unit_kind_giving
from fotfeste.collaboration.selectors.unit_evidence import known_unit_kinds
from fotfeste.collaboration.services import answering, person_offers, unit_routines
from fotfeste.integrations.models import Import
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.lists import jobs as list_jobs
from fotfeste.lists.services import rounds
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.services import contacts
from fotfeste.people.models import Address
from fotfeste.reporting.enums import ReportKind
from fotfeste.reporting.services.reports import freeze_report
from fotfeste.spec.routines import for_list, list_days, routine_of, routines, yearly
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(district):
    return make.actor(Role.UNIT_LEADER, district, name="Lena Leder")


def name(actor, unit, who, first_day, **more):
    with acting_as(actor):
        return contacts.name_contact(
            actor=actor,
            unit_id=unit.pk,
            role=ContactRole.DISTRICT_CONTACT,
            name=who,
            email="kontakt@oslo.kommune.no",
            phone="+47 90 01 23 01",
            first_day=first_day,
            on=first_day,
            **more,
        )


def steps(run):
    rows = UnitStep.objects.filter(run=run).order_by("pk")
    return {row.step.rpartition("-")[2]: StepState(row.state) for row in rows}


def page(actor, address, **where):
    return browser_of(actor).get(reverse(f"collaboration:{address}", kwargs=where))


def write(actor, run, kind, **said):
    with acting_as(actor):
        unit_routines.write_unit_record(actor=actor, run_id=run.pk, kind=kind, on=clock.today(), said=said)


@pytest.mark.proves(
    "rut-contact-change",
    "rut-contact-change-s01",
    "rut-contact-change-s02",
    "rut-contact-change-s03",
    "dl-contact-change",
)
def test_who_replaces_a_contact_is_taken_through_the_change_step_by_step(admin, leader, district, district_contact):
    old = name(leader, district, "Gamle Prøve", make.TODAY - timedelta(200))
    jobs.start_unit_routines()
    assert not UnitRun.objects.filter(unit=district).exists()
    # Somebody else takes over today
    new = name(leader, district, "Nye Prøve", make.TODAY, replaces_id=old.pk)
    for _time in range(2):
        jobs.start_unit_routines()
    run = UnitRun.objects.get(unit=district)
    assert (run.routine, run.trigger, run.subject, steps(run)) == (
        "rut-contact-change",
        Trigger.CONTACT_CHANGED,
        f"contact:{old.pk}",
        {"s01": StepState.OPEN},
    )
    # It is the turn of the one who is named now, and the leader and the administration see it; other districts do not
    for actor in (leader, admin, district_contact):
        shown = page(actor, "unit_routines").content.decode()
        assert all(text in shown for text in ("Etter Gamle Prøve", "Nye Prøve", "Endre på kommunens nettside"))
        # The unit's own page leads there
        unit_page = browser_of(actor).get(reverse("organisations:unit", kwargs={"unit_id": district.pk}))
        (link,) = [each for each in unit_page.context["links"] if each.label == "Rutinene til enheten"]
        assert (link.count, browser_of(actor).get(link.url).context["only"]) == (1, district)
    assert "Endre på kommunens nettside" in page(district_contact, "tasks").content.decode()
    other = make.actor(Role.UNIT_LEADER, make.unit(district.kind, name="Bydel Andre", code="039902"))
    assert page(other, "unit_run", run_id=run.pk).status_code == 404
    theirs = browser_of(other).get(reverse("organisations:unit", kwargs={"unit_id": district.pk}))
    assert theirs.context["links"] == []
    with acting_as(other), pytest.raises(NotAllowed):
        unit_routines.end_unit_routine(actor=other, run_id=run.pk, reason="Ikke vår")
    # What is recorded elsewhere does the steps, and what is written here the last
    with acting_as(leader):
        contacts.mark_published(actor=leader, contact_id=new.pk, on=make.TODAY)
    with acting_as(admin):
        contacts.acknowledge_contact(actor=admin, contact_id=new.pk, at=clock.now())
    jobs.start_unit_routines()
    assert steps(run) == {"s01": StepState.DONE, "s02": StepState.DONE, "s03": StepState.OPEN}
    browser, form = browser_of(leader), {"run_id": run.pk, "kind": "cases-handed-over"}
    address = reverse("collaboration:unit_record", kwargs=form)
    assert address in page(leader, "unit_run", run_id=run.pk).content.decode()
    assert browser.post(address, {"on": make.TODAY.isoformat()}).status_code == 422
    done = {"on": make.TODAY.isoformat(), "cases": "all", "told": ["youths"]}
    # Nothing is handed over while a colleague has not said yes
    case, colleague = make.case(district), make.actor(Role.DISTRICT_CONTACT, district)
    with acting_as(district_contact):
        mine = {"actor": district_contact, "youth_id": case.youth_id}
        counsellors.assign_counsellor(**mine, counsellor_id=district_contact.user_id, version=None)
        offer = person_offers.offer_youth(**mine, to_user_id=colleague.user_id)
    assert "1 er tilbudt en kollega" in browser.post(address, done).content.decode()
    with acting_as(colleague):
        answering.answer_record(actor=colleague, record_id=offer.pk, answer="accepted")
    answer = browser.post(address, done)
    run.refresh_from_db()
    assert (answer.status_code, run.end_reason, steps(run)["s03"]) == (302, RunEnd.DONE, StepState.DONE)
    assert "Avsluttet sist" in page(leader, "unit_routines").content.decode()


@pytest.mark.proves("rut-yearly-agreement", "rut-yearly-agreement-s01")
def test_once_a_year_the_administration_is_to_go_through_the_agreement(admin, counsellor):
    jobs.start_unit_routines()
    assert not UnitRun.objects.filter(routine="rut-yearly-agreement").exists()
    with clock.frozen(date(2027, 8, 20)):
        for _time in range(2):
            jobs.start_unit_routines()
        run = UnitRun.objects.get(routine="rut-yearly-agreement")
        assert UnitStep.objects.get(run=run).due_on == date(2027, 9, 14)
        write(admin, run, "agreement-invitation", called=["nav", "ude"], meets="2027-09-10")
        # Its minutes are written where the figures are (tests/reporting), no longer as a line here.
        with pytest.raises(Invalid):
            write(admin, run, "form-yearly-agreement-meeting", there=["nav"], kept="partly", revise="no")
        middle = UnitStep.objects.get(run=run, step="rut-yearly-agreement-s02")
        with acting_as(admin):
            unit_routines.skip_unit_step(actor=admin, step_run_id=middle.pk, reason="Ikke holdt")
            last = UnitStep.objects.get(run=run, step="rut-yearly-agreement-s03")
            unit_routines.skip_unit_step(actor=admin, step_run_id=last.pk, reason="Ikke behov")
            with pytest.raises(IllegalTransition):
                unit_routines.skip_unit_step(actor=admin, step_run_id=last.pk, reason="En gang til")
    run.refresh_from_db()
    assert (run.end_reason, list(steps(run).values())) == (RunEnd.DONE, [StepState.DONE] + [StepState.SKIPPED] * 2)
    assert page(counsellor, "unit_run", run_id=run.pk).status_code == 404


@pytest.mark.proves("rut-wash-session", "rut-wash-session-s01", "rut-wash-session-s02", "rut-wash-session-s03")
@pytest.mark.proves("rut-wash-session-s04", "rut-outside-s07", "rut-outside-s10")
def test_a_list_is_one_task_of_the_administrations_and_a_wash_with_nav_for_each_district(
    admin, leader, district, district_contact, nav, nav_responsible, school
):
    case = make.case(school)
    with acting_as(make.system()):
        Address.objects.create(
            youth=case.youth,
            kind="registered",
            street="Furuveien 1",
            postcode="0668",
            city="Oslo",
            district_code=district.code,
            source="test",
            recorded_at=clock.now() - timedelta(30),
        )
    # Before a list day the administration has one task for the whole list, due that day
    with clock.frozen(date(2026, 11, 12)):
        for _time in range(2):
            jobs.start_unit_routines()
    mine = UnitRun.objects.filter(trigger=Trigger.LIST_DAY, unit__county_id=make.OSLO)
    run = mine.get(subject="list:dl-otuk-list-nov:2026-11-20")
    assert (steps(run), run.steps.get().due_on) == ({"s07": StepState.OPEN}, date(2026, 11, 20))
    assert {each.subject.split(":")[1] for each in mine} == {
        "dl-otuk-list-nov",
        "dl-national-report-nov",
        "dl-internal-report-nov",
    }
    assert "OTUK-liste 2 (november)" in page(admin, "tasks").content.decode()
    # What is reported is kept as it was sent, and that is what does the step
    with clock.frozen(date(2026, 11, 13)):
        with acting_as(admin):
            freeze_report(actor=admin, report=ReportKind.NATIONAL_NOV, county_id=make.OSLO, on=date(2026, 11, 13))
        jobs.start_unit_routines()
    assert mine.get(subject__contains="national-report").end_reason == RunEnd.DONE
    assert mine.get(subject__contains="internal-report").ended_on is None
    # The list is made: the administration follows the answers, and the district goes through it with Nav
    with acting_as(admin):
        made = rounds.freeze_round(actor=admin, county_id=make.OSLO, on=date(2026, 11, 20)).round
    for _time in range(2):
        list_jobs.start_reviews_of_round(county_id=make.OSLO)
    assert steps(run) == {"s07": StepState.DONE, "s09": StepState.OPEN}
    wash = UnitRun.objects.get(routine="rut-wash-session")
    assert (wash.unit_id, wash.subject, wash.steps.get().due_on) == (
        district.pk,
        f"{made.source}:2026-11-20",
        made.respond_by,
    )
    # Nobody is named at the district: the task is the leader's, and that is said
    shown = page(leader, "unit_run", run_id=wash.pk).content.decode()
    assert all(text in shown for text in ("Ingen navngitt kontakt", "Oppgaven ligger hos lederen: Lena Leder"))
    assert page(nav_responsible, "unit_run", run_id=wash.pk).status_code == 404
    write(district_contact, wash, "wash-session", how="meeting")
    assert wash.steps.get(step="rut-wash-session-s02").for_unit_id == nav.pk
    assert "Svare med én av tre verdier" in page(nav_responsible, "tasks").content.decode()
    assert "1 trinn i enhetens egne rutiner" in browser_of(nav_responsible).get("/").content.decode()
    # Once all are answered for, both steps are done by what was answered
    for actor, category in ((nav_responsible, "followed_up"), (district_contact, "still_unknown")):
        with acting_as(actor):
            feedback.send_feedback(actor=actor, youth_id=case.youth_id, category=category, on=make.TODAY)
    jobs.start_unit_routines()
    run.refresh_from_db()
    assert (steps(wash)["s02"], steps(run)["s09"], run.end_reason) == (StepState.DONE, StepState.DONE, RunEnd.DONE)
    # What is left is the district's: names that lack on either list, and who goes on with whom
    assert steps(wash)["s03"] is StepState.OPEN
    write(district_contact, wash, "missing-names", found="none")
    write(district_contact, wash, "work-shared", **{"with": ["district"], "by": "2026-12-01"})
    wash.refresh_from_db()
    assert (list(steps(wash).values()), wash.end_reason) == ([StepState.DONE] * 4, RunEnd.DONE)


@pytest.mark.proves("rut-outside-s01", "rut-outside-s02", "rut-outside-s03", "rut-outside-s13")
def test_what_is_done_for_a_whole_list_is_done_when_it_is_read_in_assigned_or_sent(admin):
    def read_in(source):
        Import.objects.create(
            source=source,
            county_id=make.OSLO,
            on=clock.today(),
            digest="",
            read_at=clock.now(),
            applied_at=clock.now(),
            run_by_id=admin.user_id,
        )
        jobs.start_unit_routines()

    def run_of(day):
        return UnitRun.objects.get(subject=day)

    with clock.frozen(date(2027, 8, 2)):
        jobs.start_unit_routines()
        assert steps(run_of("list:dl-prevented-pupils:2027-08-10")) == {"s01": StepState.OPEN}
        read_in("preventive")
        assert run_of("list:dl-prevented-pupils:2027-08-10").end_reason == RunEnd.DONE
    with clock.frozen(date(2027, 9, 20)):
        jobs.start_unit_routines()
        # Somebody waits for a unit until the administration gives them one
        waiting = make.case(make.education_admin())
        with acting_as(make.system()):
            Responsibility.objects.filter(youth_id=waiting.youth_id).update(ground=AssignmentGround.UNDECIDED)
        read_in("without-place")
        moved = run_of(UnitRun.objects.get(subject__startswith="list:dl-no-place-transfer").subject)
        assert steps(moved) == {"s02": StepState.DONE, "s03": StepState.OPEN}
        with acting_as(make.system()):
            Responsibility.objects.filter(youth_id=waiting.youth_id).update(ground=AssignmentGround.MANUAL)
        jobs.start_unit_routines()
        assert run_of(moved.subject).end_reason == RunEnd.DONE
    with clock.frozen(date(2027, 4, 20)):
        jobs.start_unit_routines()
        letter = UnitRun.objects.get(subject__startswith="list:dl-nonapplicant-letter")
        write(admin, letter, "form-nonapplicant-letter", how="digital")
        assert run_of(letter.subject).end_reason == RunEnd.DONE


@pytest.mark.proves("rut-outside-s06", "std-registration-deadline")
def test_each_school_is_to_finish_its_registration_by_the_deadline_and_is_done_when_every_status_stands(
    admin, school, counsellor
):
    with acting_as(make.system()):
        type(school).objects.filter(pk=school.pk).update(takes_responsibility=True)
    case = make.case(school, recorded_at=datetime(2026, 9, 12, 12, tzinfo=clock.OSLO))
    with clock.frozen(date(2027, 2, 2)):
        for _time in range(2):
            jobs.start_unit_routines()
        (run,) = UnitRun.objects.filter(unit=school)
        assert (steps(run), run.subject.split(":")[1]) == ({"s06": StepState.OPEN}, "dl-registration-feb")
        shown = page(counsellor, "tasks").content.decode()
        assert "Registreringsfrist" in shown
        assert reverse("lists:worklist") in page(counsellor, "unit_run", run_id=run.pk).content.decode()
        with acting_as(counsellor):
            statuses.confirm_status(actor=counsellor, registration_id=case.pk, version=case.version)
        jobs.start_unit_routines()
        run.refresh_from_db()
        assert run.end_reason == RunEnd.DONE


@pytest.mark.proves("rut-outside-s12")
def test_reading_in_the_list_of_the_day_does_the_step_and_another_list_does_not(admin):
    with clock.frozen(date(2027, 3, 10)):
        jobs.start_unit_routines()
        run = UnitRun.objects.get(subject="list:dl-nonapplicant-transfer:2027-03-19")
        for source, ended in (("leavers", ""), ("non-applicants", RunEnd.DONE)):
            Import.objects.create(
                source=source,
                county_id=make.OSLO,
                on=clock.today(),
                digest="",
                read_at=clock.now(),
                applied_at=clock.now(),
                run_by_id=admin.user_id,
            )
            jobs.start_unit_routines()
            run.refresh_from_db()
            assert run.end_reason == ended


def test_a_routine_is_started_by_hand_at_ones_own_unit_and_a_step_is_done_again(leader, district, school, counsellor):
    browser = browser_of(leader)
    form = page(leader, "unit_routines").context["form"]
    assert [label for _value, label in form.fields["unit"].choices] == [district.name]
    given = {"routine": "rut-wash-session", "unit": form.fields["unit"].choices[0][0]}
    assert browser.post(reverse("collaboration:start_unit_routine"), given).status_code == 302
    assert browser.post(reverse("collaboration:start_unit_routine"), given).status_code == 422
    run = UnitRun.objects.get()
    where = {"run_id": run.pk, "step_id": run.steps.get().pk}
    skip, again = (reverse(f"collaboration:{each}", kwargs=where) for each in ("skip_unit_step", "repeat_unit_step"))
    assert browser.post(skip, {"reason": "Tatt på telefon"}).status_code == 302
    assert steps(run)["s01"] is StepState.SKIPPED
    browser.post(again)
    assert steps(run)["s01"] is StepState.OPEN
    assert browser_of(counsellor).post(again).status_code == 404
    with acting_as(counsellor), pytest.raises(NotAllowed):
        unit_routines.start_unit_routine(actor=counsellor, unit_id=district.pk, routine_id="rut-contact-change")
    with acting_as(leader), pytest.raises(EditConflict):
        unit_routines.end_unit_routine(actor=leader, run_id=run.pk, reason="Ferdig", version=run.version + 1)


def test_whatever_a_step_about_a_unit_gives_is_found_or_can_be_written():
    """Each step of such a routine is done by a record; a list step is the administration's alone."""
    about = [step for each in routines().values() if each.about_unit for step in each.steps]
    firsts = {day.step for day in list_days() if routine_of(day.step).step(day.step).parties == ("uda",)}
    for_lists = [step for first in firsts for step in for_list(routine_of(first), first).steps]
    given = {kind for step in (*about, *for_lists) for kind in step.gives}
    assert {kind for kind in given if kind not in known_unit_kinds() and unit_kind_giving(kind) is None} == set()
    assert {step.parties for step in for_lists} == {("uda",)}
    assert routines()[yearly()[0]].about_unit
