"""Routines started for many: those on a new list, and those who were here before anything started by itself."""

from datetime import date, timedelta
from itertools import count

import pytest
from django.urls import reverse

from fotfeste.access import sets
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, StatusEvent
from fotfeste.casework.services import feedback
from fotfeste.casework.services.residence import set_protection
from fotfeste.collaboration import jobs
from fotfeste.collaboration.enums import StepState, TaskState
from fotfeste.collaboration.models import RoutineRun, StepRun, Task
from fotfeste.collaboration.services import starting
from fotfeste.collaboration.services.mapping import write_mapping
from fotfeste.kernel import clock, formats
from fotfeste.lists import jobs as list_jobs
from fotfeste.lists.services import rounds
from fotfeste.people.models import Address
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.conftest import live_in
from tests.collaboration.test_mapping import SAID

pytestmark = pytest.mark.django_db

REVIEW = "rut-outside-s08"


def freeze(admin, on):
    with acting_as(admin):
        return rounds.freeze_round(actor=admin, county_id=make.OSLO, on=on).round


def reviews():
    """Return how the review of the list stands, by youth, each round of it."""
    found = {}
    with acting_as(make.system()):
        for row in StepRun.objects.filter(step=REVIEW).order_by("pk"):
            found.setdefault(row.youth_id, []).append((row.round, StepState(row.state), row.due_on))
    return found


@pytest.fixture
def listed(monkeypatch, school, district):
    """Three youths in the district, seen to two at a time."""
    monkeypatch.setattr(sets, "SET", 2)
    cases = [live_in(make.case(school, last_name=name), district) for name in ("Aas", "Bakke", "Dahl")]
    with acting_as(make.system()):
        for each in cases:
            Address.objects.create(
                youth_id=each.youth_id,
                kind="registered",
                street="Furuveien 1",
                postcode="0668",
                city="Oslo",
                district_code=district.code,
                source="test",
                recorded_at=clock.now() - timedelta(30),
            )
    return cases


def test_a_round_starts_the_review_for_all_on_the_list_once_and_what_is_stopped_midway_goes_on(
    monkeypatch, listed, admin, district, district_contact
):
    first = freeze(admin, date(2026, 11, 20))
    assert reviews() == {}
    # Stopped after the first set: what was done stands, and the rest is still to do
    begun = []

    def stops(**given):
        if begun:
            raise KeyboardInterrupt
        begun.append(given)
        return starting.start_for_listed(**given)

    with monkeypatch.context() as broken:
        broken.setattr("fotfeste.lists.services.reviews.start_for_listed", stops)
        with pytest.raises(KeyboardInterrupt):
            list_jobs.start_reviews_of_round(county_id=make.OSLO)
    assert len(reviews()) == 2
    for _time in range(2):
        list_jobs.start_reviews_of_round()
    assert reviews() == {case.youth_id: [(1, StepState.OPEN, first.respond_by)] for case in listed}
    with acting_as(district_contact):
        assert Task.objects.filter(state=TaskState.OPEN, for_unit=district).count() == 3
    # They stand together, and open to the rows
    browser, title = browser_of(district_contact), f"Listen fra {formats.day(make.TODAY)}: 3 ungdommer"
    page = browser.get("/oppgaver/")
    (bundle,) = page.context["lines"]
    assert (bundle.title, bundle.count) == (title, 3)
    assert set(bundle.youth_ids) == {case.youth_id for case in listed}
    assert page.content.decode().count("data-row") == 3
    # On the morning page the list leads there, and names nobody
    morning = browser.get("/")
    assert [(each.title, each.youth_ids) for each in morning.context["tasks"].lines] == [(bundle.title, ())]
    assert f"#{bundle.key}" in morning.content.decode()


def test_the_next_list_asks_again_for_who_was_answered_for_and_leaves_who_is_on_it_no_more(
    listed, admin, district, district_contact
):
    freeze(admin, date(2026, 11, 20))
    # Somebody is answered for before the job has come to them
    with acting_as(district_contact):
        feedback.send_feedback(
            actor=district_contact, youth_id=listed[0].youth_id, category="still_unknown", on=make.TODAY
        )
    list_jobs.start_reviews_of_round()
    states = {youth_id: [state for _round, state, _due in rows] for youth_id, rows in reviews().items()}
    answered, waiting, moved = (case.youth_id for case in listed)
    assert states == {answered: [StepState.DONE], waiting: [StepState.OPEN], moved: [StepState.OPEN]}
    # A week later one of them is known to be at school again
    with clock.frozen(make.TODAY + timedelta(7)):
        with acting_as(make.system()):
            Registration.objects.filter(youth_id=moved).update(status_code="OTAR", unknown_since=None)
            StatusEvent.objects.filter(youth_id=moved).update(code="OTAR")
        second = freeze(admin, make.TODAY + timedelta(7))
        list_jobs.start_reviews_of_round()
    after = reviews()
    assert after[answered][-1] == (2, StepState.OPEN, second.respond_by)
    assert [state for _round, state, _due in after[waiting]] == [StepState.OPEN]
    assert [state for _round, state, _due in after[moved]] == [StepState.LEFT]
    # Who becomes protected is asked about no more, and the district has no task about them
    with clock.frozen(make.TODAY + timedelta(8)):
        with acting_as(make.system()) as worker:
            set_protection(actor=worker, youth_id=waiting, grade="strictly_confidential")
        list_jobs.withdraw_protected_youths()
        list_jobs.start_reviews_of_round()
    assert [state for _round, state, _due in reviews()[waiting]] == [StepState.LEFT]
    with acting_as(make.system()):
        assert not Task.objects.filter(youth_id=waiting, state=TaskState.OPEN, for_unit=district).exists()


def test_the_county_starts_the_routines_of_those_who_were_here_before(monkeypatch, school, admin, counsellor, case):
    monkeypatch.setattr(sets, "SET", 2)
    old = [make.case(school, since=date(2025, 9, 1)) for _number in range(3)]
    make.case(school, since=date(2025, 9, 1), status="OTAR")
    jobs.start_routines()
    with acting_as(make.system()):
        assert list(RoutineRun.objects.values_list("youth_id", flat=True)) == []
    page, act = reverse("collaboration:routines"), reverse("collaboration:start_those_here")
    assert browser_of(counsellor).post(act).status_code == 403
    assert "start-for-dem" not in browser_of(counsellor).get(page).content.decode()
    browser = browser_of(admin)
    assert browser.get(page).context["without"] == 4
    assert browser.post(act).status_code == 302
    for _time in range(2):
        jobs.start_those_here(county_id=make.OSLO)
    with acting_as(make.system()):
        assert set(RoutineRun.objects.values_list("youth_id", flat=True)) == {each.youth_id for each in [*old, case]}
        assert RoutineRun.objects.count() == 4
        assert not Task.objects.filter(due_on__lt=make.TODAY).exists()
    assert browser.get(page).context["without"] == 0


def test_what_starts_nothing_for_anybody_brings_the_job_to_its_end(monkeypatch, school):
    """As where a county leaves out the steps a registration would open."""
    make.case(school, since=date(2026, 11, 9))
    monkeypatch.setattr(starting, "begin", lambda **_given: None)
    asked = {"county_id": make.OSLO, "by_id": make.system().user_id, "on": make.TODAY, "limit": 50}
    with acting_as(make.system()):
        assert len(starting.not_started(county_id=make.OSLO, since=date(2026, 11, 1))) == 1
        assert starting.start_for_registrations(**asked) == 0
        monkeypatch.undo()
        assert starting.start_for_registrations(**asked) == 1
        assert starting.start_for_registrations(**asked) == 0


def test_one_more_to_begin_with_asks_only_what_is_written_of_them(school, district, django_assert_max_num_queries):
    """What is read about those of a set is read once, so that a county's youths are begun with in a night."""

    def begin(how_many, most):
        cases = [live_in(make.case(school, since=date(2026, 11, 9)), district) for _number in range(how_many)]
        asked = {"county_id": make.OSLO, "by_id": make.system().user_id, "on": make.TODAY, "limit": 50}
        with acting_as(make.system()), django_assert_max_num_queries(most) as spent:
            assert starting.start_for_registrations(**asked) == how_many
        with acting_as(make.system()):
            begun = [[(step.step, step.state, step.for_unit_id) for step in steps_of(case)] for case in cases]
            assert Task.objects.filter(youth__in=[case.youth_id for case in cases]).count() == sum(map(len, begun))
        assert all(each == begun[0] and each for each in begun)
        return len(spent), len(begun[0])

    two, _steps = begin(2, 60)
    twelve, steps = begin(12, 150)
    # The run, and a row and a task for each step it begins at
    assert twelve - two <= 10 * (1 + 2 * steps)


def steps_of(case):
    return StepRun.objects.filter(youth_id=case.youth_id).order_by("pk")


def test_what_begins_and_is_shown_done_at_once_is_never_done_before_it_began(monkeypatch, counsellor, school):
    # Given youths mapped before anything was started for them, and a clock that goes on
    cases = [make.case(school, last_name=name, reason="preventive") for name in ("Aas", "Bakke")]
    with acting_as(counsellor):
        for case in cases:
            write_mapping(actor=counsellor, youth_id=case.youth_id, **SAID)
    began = clock.now()
    moments = count(1)
    monkeypatch.setattr(clock, "now", lambda: began + timedelta(seconds=next(moments)))
    with acting_as(make.system()) as worker:
        told = {"county_id": make.OSLO, "by_id": worker.user_id, "on": make.TODAY}
        starting.start_for_registrations(since=make.TODAY - timedelta(365), **told)
        steps = list(StepRun.objects.order_by("pk"))
    done = [row for row in steps if row.state == StepState.DONE]
    assert {row.youth_id for row in done} == {case.youth_id for case in cases}
    assert [row for row in done if row.closed_at < row.opened_at] == []
    assert len({row.opened_at for row in steps}) == 1
