"""One engine works every routine: what is recorded moves it, and nothing else says a step is done."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.audit import followers
from fotfeste.casework.enums import Basis
from fotfeste.casework.services import contacts, feedback, statuses
from fotfeste.collaboration.enums import StepState, TaskState, Trigger
from fotfeste.collaboration.models import RoutineRun, StepRun, Task
from fotfeste.collaboration.selectors import staircase
from fotfeste.collaboration.selectors.tasks import tasks_at
from fotfeste.collaboration.services import routines
from fotfeste.collaboration.services.starting import start_by, start_for_registrations
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.collaboration.words import conditions, what
from fotfeste.consent.enums import Answer, GivenHow, Purpose
from fotfeste.consent.services import releases
from fotfeste.consent.services.releases import Body, Given
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.spec.routines import routines as every_routine
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


def start(actor, case, routine="rut-at-risk"):
    with acting_as(actor):
        return routines.start_routine(actor=actor, youth_id=case.youth_id, routine_id=routine)


def release(actor, case, *units, answer=Answer.YES, topics=(Topic.MEETINGS, Topic.PLAN)):
    given = Given(
        purpose=Purpose.COOPERATION,
        answer=answer,
        how=GivenHow.PAPER,
        bodies=tuple(Body(topics=frozenset(topics), unit_id=unit.pk) for unit in units),
        first_day=make.TODAY,
        last_day=make.TODAY + timedelta(90),
    )
    with acting_as(actor):
        return releases.record_release(actor=actor, youth_id=case.youth_id, given=given)


def steps(case):
    """Return how the last round of each step stands, by the end of its id."""
    with acting_as(make.system()):
        rows = StepRun.objects.filter(youth_id=case.youth_id).order_by("round", "pk")
        return {row.step.removeprefix("rut-"): StepState(row.state) for row in rows}


def turn(case, step):
    with acting_as(make.system()):
        return (
            Task.objects.filter(step_run__step=f"rut-{step}", state=TaskState.OPEN)
            .values_list("for_unit__name", flat=True)
            .get()
        )


def row_of(step):
    with acting_as(make.system()):
        return StepRun.objects.filter(step=f"rut-{step}").latest("round")


@pytest.mark.proves("rut-rule-iterative")
def test_a_registration_starts_its_routine_once_and_gives_the_school_the_first_step(case, school):
    for _time in range(2):
        with acting_as(make.system()) as worker:
            start_for_registrations(county_id=make.OSLO, by_id=worker.user_id, on=date(2026, 10, 1))
    with acting_as(make.system()):
        run = RoutineRun.objects.get()
    assert (run.routine, run.trigger, run.trigger_source) == (
        "rut-leaves",
        Trigger.PUPIL_LEFT,
        f"registration:{case.pk}",
    )
    assert steps(case) == {"leaves-s01": StepState.OPEN}
    assert turn(case, "leaves-s01") == school.name


def test_contact_and_status_do_the_step_that_asks_for_them_and_neither_alone(counsellor, case):
    start(counsellor, case, "rut-outside")
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor,
            youth_id=case.youth_id,
            on=make.TODAY,
            channel="call",
            result="answered",
            answered_by="youth",
        )
    assert steps(case)["outside-s04"] is StepState.OPEN
    with acting_as(counsellor):
        case.refresh_from_db()
        statuses.set_status(
            actor=counsellor,
            registration_id=case.pk,
            code="OTAR",
            on=make.TODAY,
            ground=statuses.Ground(basis=Basis.CONTACT, text="Har jobb"),
            version=case.version,
        )
    after = steps(case)
    assert (after["outside-s04"], after["outside-s05"]) == (StepState.DONE, StepState.OPEN)


def test_a_status_nobody_told_of_as_from_a_file_is_found_with_whatever_is_done_next(
    counsellor, case, district, district_contact, monkeypatch
):
    start(counsellor, case, "rut-outside")
    make.grant(case.youth, district, Topic.IDENTITY, Topic.FEEDBACK)
    told = {"channel": "call", "result": "answered", "answered_by": "youth"}
    with acting_as(counsellor):
        contacts.register_attempt(actor=counsellor, youth_id=case.youth_id, on=make.TODAY, **told)
        case.refresh_from_db()
        ground = statuses.Ground(basis=Basis.CONTACT, text="Har jobb")
        with monkeypatch.context() as silence:
            silence.setattr(followers, "_followers", [])
            statuses.set_status(
                actor=counsellor, registration_id=case.pk, code="OTAR", on=make.TODAY, ground=ground, version=None
            )
    assert steps(case)["outside-s04"] is StepState.OPEN
    with acting_as(district_contact):
        said = {"category": "in_activity", "activity_code": "OTAR", "on": make.TODAY}
        feedback.send_feedback(actor=district_contact, youth_id=case.youth_id, **said)
    assert steps(case)["outside-s04"] is StepState.DONE


def test_a_step_for_another_unit_waits_for_the_release_and_goes_on_when_it_comes(
    counsellor, case, school, district, nav, district_contact
):
    start(counsellor, case)
    for step in ("at-risk-s01", "at-risk-s02", "at-risk-s03", "at-risk-s05"):
        with acting_as(counsellor):
            routines.skip_step(actor=counsellor, step_run_id=row_of(step).pk, reason="Prøve")
    assert (steps(case)["at-risk-s06"], steps(case)["at-risk-s07"]) == (StepState.WAITS, StepState.WAITS)
    assert turn(case, "at-risk-s06") == school.name
    # When the youth lets the district take part, and not Nav
    given = release(counsellor, case, district)
    assert (steps(case)["at-risk-s06"], steps(case)["at-risk-s07"]) == (StepState.OPEN, StepState.WAITS)
    assert (turn(case, "at-risk-s06"), turn(case, "at-risk-s07")) == (district.name, school.name)
    with acting_as(district_contact):
        assert Task.objects.filter(state=TaskState.OPEN).count() == 1
    # And takes it back midway
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    assert (steps(case)["at-risk-s06"], turn(case, "at-risk-s06")) == (StepState.WAITS, school.name)
    with acting_as(district_contact):
        assert not Task.objects.exists()


def test_a_release_taken_back_the_day_it_was_given_is_to_be_asked_for_and_one_taken_back_later_did_stand(
    counsellor, case, district
):
    def after(given):
        with acting_as(counsellor):
            releases.withdraw_release(actor=counsellor, release_id=given.pk)
        return [steps(case)[f"at-risk-s0{number}"] for number in (2, 3, 5)]

    start(counsellor, case)
    with acting_as(counsellor):
        routines.skip_step(actor=counsellor, step_run_id=row_of("at-risk-s01").pk, reason="Kartlagt på papir")
    given = release(counsellor, case, district)
    assert (steps(case)["at-risk-s02"], steps(case)["at-risk-s05"]) == (StepState.DONE, StepState.OPEN)
    # While another stands, nothing is asked for anew
    other = release(counsellor, case, district)
    assert after(other) == [StepState.DONE, StepState.OPEN, StepState.OPEN]
    with clock.frozen(clock.now() + timedelta(hours=1)):
        assert after(given) == [StepState.OPEN, StepState.OPEN, StepState.LEFT]
    # And when the youth says yes, the invitation is to be done
    with clock.frozen(clock.now() + timedelta(hours=2)):
        again = release(counsellor, case, district)
        assert (steps(case)["at-risk-s02"], steps(case)["at-risk-s05"]) == (StepState.DONE, StepState.OPEN)
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert after(again) == [StepState.DONE, StepState.OPEN, StepState.OPEN]


def test_who_says_no_to_sharing_sends_the_routine_to_a_plan_with_the_school_alone(counsellor, case, district):
    start(counsellor, case)
    with acting_as(counsellor):
        routines.skip_step(actor=counsellor, step_run_id=row_of("at-risk-s01").pk, reason="Kartlagt på papir")
    release(counsellor, case, district, answer=Answer.NO)
    after = steps(case)
    assert (after["at-risk-s02"], after["at-risk-s08"]) == (StepState.DONE, StepState.OPEN)
    assert "at-risk-s05" not in after


def test_a_release_given_before_is_not_asked_for_again(counsellor, case, district):
    release(counsellor, case, district)
    start(counsellor, case)
    with acting_as(counsellor):
        routines.skip_step(actor=counsellor, step_run_id=row_of("at-risk-s01").pk, reason="Kartlagt på papir")
    assert steps(case)["at-risk-s02"] is StepState.DONE


def test_when_the_youth_moves_district_the_turn_moves_along(counsellor, case, district):
    other = make.unit(district.kind, name="Bydel Andre", code="039902", takes_responsibility=True)
    release(counsellor, case, district, other)
    start(counsellor, case)
    for step in ("at-risk-s01", "at-risk-s03", "at-risk-s05"):
        with acting_as(counsellor):
            routines.skip_step(actor=counsellor, step_run_id=row_of(step).pk, reason="Prøve")
    assert turn(case, "at-risk-s06") == district.name
    with acting_as(make.system()):
        from fotfeste.casework.models import Registration

        Registration.objects.filter(pk=case.pk).update(district_code=other.code)
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor, youth_id=case.youth_id, on=make.TODAY, channel="call", result="no_answer"
        )
    assert turn(case, "at-risk-s06") == other.name


def test_a_step_is_skipped_for_a_reason_done_again_and_gone_back_to(counsellor, case):
    start(counsellor, case)
    row = row_of("at-risk-s01")
    with acting_as(counsellor):
        with pytest.raises(Invalid, match="hvorfor"):
            routines.skip_step(actor=counsellor, step_run_id=row.pk, reason="  ")
        routines.skip_step(actor=counsellor, step_run_id=row.pk, reason="Kjenner saken")
        with pytest.raises(EditConflict):
            routines.skip_step(actor=counsellor, step_run_id=row.pk, reason="En gang til")
        again = routines.repeat_step(actor=counsellor, step_run_id=row.pk)
    assert (again.round, again.state) == (2, StepState.OPEN)
    assert row_of("at-risk-s01").pk == again.pk


def test_it_is_somebodys_task_to_choose_the_way_on_until_it_is_chosen(counsellor, case, school):
    def tasks():
        with acting_as(counsellor):
            shown = tasks_at(unit_ids=[school.pk], today=make.TODAY)
            return [(what(each), each.task.for_unit_id) for each in shown]

    start(counsellor, case)
    with acting_as(counsellor):
        while row := StepRun.objects.filter(state__in=STANDS_OPEN).first():
            routines.skip_step(actor=counsellor, step_run_id=row.pk, reason="Prøve")
    to_choose = ("Velg hvordan dere går videre etter «Koordinere og sikre informasjonsflyt»", school.pk)
    assert tasks() == [to_choose]
    line = browser_of(counsellor).get(reverse("collaboration:tasks")).context["lines"][0]
    assert (line.what, line.form_url, "samarbeid" in line.routine_url) == (to_choose[0], "", True)
    # Whoever goes back to the step has nothing to choose before it is done anew
    with acting_as(counsellor):
        again = routines.repeat_step(actor=counsellor, step_run_id=row_of("at-risk-s09").pk)
        assert tasks() == [("Koordinere og sikre informasjonsflyt", school.pk)]
        routines.skip_step(actor=counsellor, step_run_id=again.pk, reason="Prøve")
        assert tasks() == [to_choose]
        routines.choose_way(actor=counsellor, step_run_id=again.pk, to="rut-leaves")
        assert ("rut-leaves-s01", TaskState.OPEN) in Task.objects.values_list("what", "state")
        last = Task.objects.filter(step_run=again).latest("pk")
    assert (last.state, to_choose in tasks()) == (TaskState.DONE, False)


def test_whoever_answers_for_nobody_there_moves_nothing(counsellor, case):
    start(counsellor, case)
    stranger = make.actor(Role.COUNSELLOR, make.unit())
    with acting_as(stranger), pytest.raises(Invalid, match="har ikke tilgang"):
        routines.skip_step(actor=stranger, step_run_id=row_of("at-risk-s01").pk, reason="Vil ikke")
    leader = make.actor(Role.UNIT_LEADER, case.youth and make.unit())
    with acting_as(leader), pytest.raises((Invalid, NotAllowed)):
        routines.start_routine(actor=leader, youth_id=case.youth_id, routine_id="rut-leaves")


def test_a_youth_who_comes_on_a_list_gets_the_review_of_it_in_the_routine_under_way(counsellor, case, district):
    start(counsellor, case, "rut-outside")
    make.grant(case.youth, district, Topic.IDENTITY)
    with acting_as(make.system()) as worker:
        start_by(
            trigger=Trigger.LISTED, youth_id=case.youth_id, source="otuk-round:1", by_id=worker.user_id, on=make.TODAY
        )
    assert steps(case)["outside-s08"] is StepState.OPEN
    assert turn(case, "outside-s08") == district.name


def test_closing_the_case_ends_the_routine_it_started(admin, counsellor, case):
    from fotfeste.casework.services import registrations

    with acting_as(make.system()) as worker:
        start_for_registrations(county_id=make.OSLO, by_id=worker.user_id, on=date(2026, 10, 1))
    with acting_as(admin):
        registrations.close_registration(
            actor=admin,
            registration_id=case.pk,
            last_day=make.TODAY,
            end_reason="back_in_education",
            version=case.version,
        )
    with acting_as(make.system()):
        assert RoutineRun.objects.get().end_reason == "closed"
        assert not Task.objects.filter(state=TaskState.OPEN).exists()


def test_a_routine_begun_before_the_county_changed_it_is_worked_as_it_began(admin, counsellor, case):
    from fotfeste.collaboration.selectors.definitions import as_changed, changes_of
    from fotfeste.collaboration.services.adaptations import adapt_step
    from fotfeste.spec.routines import Part

    begun = clock.now()
    with clock.frozen(begun + timedelta(hours=1)), acting_as(admin):
        adapt_step(
            actor=admin,
            county_id=make.OSLO,
            step_id="rut-at-risk-s01",
            values={Part.TEXT: "Snakk først med kontaktlæreren."},
        )
        now = clock.now()
    changes = changes_of(county_id=make.OSLO)
    old, new = (as_changed("rut-at-risk", changes, at=at).step("rut-at-risk-s01") for at in (begun, now))
    assert (old.text != new.text, new.text) == (True, "Snakk først med kontaktlæreren.")
    with acting_as(counsellor), pytest.raises(NotAllowed):
        adapt_step(actor=counsellor, county_id=make.OSLO, step_id="rut-at-risk-s01", values={Part.DAYS: "3"})
    with acting_as(admin), pytest.raises(Invalid, match="alltid"):
        adapt_step(actor=admin, county_id=make.OSLO, step_id="rut-at-risk-s01", values={Part.USE: "left-out"})


def test_every_way_somebody_must_choose_and_every_checkpoint_is_told_of():
    """What stands in the routines as data has words to be chosen by, and something that looks whether it is in place."""
    ways = {way.when for routine in every_routine().values() for step in routine.steps for way in step.ways if way.when}
    points = {point.id for routine in every_routine().values() for step in routine.steps for point in step.checkpoints}
    assert (ways - conditions(), points - staircase.tested_checkpoints()) == (set(), set())
