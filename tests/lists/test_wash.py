"""A district goes through its list with Nav: three answers, seen as they come, shared out as tasks, and closed."""

from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Feedback
from fotfeste.casework.services import handling
from fotfeste.collaboration.enums import StepState
from fotfeste.collaboration.models import Task, UnitRun, UnitStep
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.kernel.opaque import encode
from fotfeste.lists import jobs
from fotfeste.lists.enums import WashChannel
from fotfeste.lists.models import WashAgreement, WashSession
from fotfeste.lists.selectors import wash as washes
from fotfeste.lists.services import wash as services
from fotfeste.lists.services.answers import answer_row, undo_answer
from fotfeste.lists.services.wash_owners import agree_owner
from tests import factories as make
from tests.seen import seen

pytestmark = pytest.mark.django_db

TAKEN, NOT_TAKEN, MOVED = "followed_up", "still_unknown", "moved"


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


@pytest.fixture
def listed(world):
    return [world.unknown(name) for name in ("Aas", "Bakke", "Dahl")]


@pytest.fixture
def made(world, listed):
    return world.freeze()


@pytest.fixture
def session(world, made):
    with acting_as(world.alna_contact):
        return services.open_wash(actor=world.alna_contact, made=made, district_id=world.alna.pk)


def address(session, name="wash", **more) -> str:
    return reverse(f"lists:{name}", kwargs={"round_id": session.round_id, "unit_id": session.district_id, **more})


def say(world, session, *said):
    """Let Nav answer on its screen."""
    for case, category in said:
        with acting_as(world.nav):
            answer_row(
                actor=world.nav, made=session.round, unit_id=session.office_id, youth_id=case.youth_id,
                category=category, on=clock.today(),
            )  # fmt: skip


def agree(world, session, case, owner, **more):
    with acting_as(world.alna_contact):
        due_on = more.pop("due_on", clock.today() + timedelta(7))
        return agree_owner(
            actor=world.alna_contact, session_id=session.pk, youth_id=case.youth_id, owner=owner, due_on=due_on, **more
        )


def rows_seen(actor, session):
    with acting_as(actor):
        return {
            row.name.partition(",")[0]: row.answer.category.value if row.is_answered else ""
            for row in washes.wash_of(session).rows
        }


@pytest.mark.proves("rut-wash-session", "rut-wash-session-s01", "rut-wash-session-s02", "form-list-review")
@pytest.mark.proves("wash-batch", "wash-youth", "wash-answer", "wash-answer-date", "wash-answered-by")
@pytest.mark.proves("wash-feedback-sent", "rule-wash-answer", "rule-wash-to-status", "rule-nav-answers-only")
def test_the_district_sees_nav_answer_row_by_row_and_nav_sees_who_only(world, log_in, made, listed):
    # Given a list somebody protected does not stand on, and one answer Nav gave before it was gone through
    first, second, _third = listed
    browser = log_in(world.alna_contact)
    board = reverse("lists:otuk_board", kwargs={"round_id": made.pk, "unit_id": world.alna.pk})
    assert "Gå gjennom med Nav" in text_of(browser.get(board))
    assert "Nav-loven § 15 a" in text_of(browser.get(f"{board}vask/")), "on what ground Nav is asked"
    early = WashSession(round=made, office_id=world.nav_alna.pk)
    say(world, early, (first, TAKEN))
    # When the contact opens it, twice
    for _time in range(2):
        opened = browser.post(f"{board}vask/apne/", follow=True)
    session = WashSession.objects.all()  # nobody's: it is read in somebody's scope
    assert session.count() == 0
    with acting_as(world.alna_contact):
        session = WashSession.objects.get()
    assert "1 av 3" in text_of(opened)
    # Then Nav is told whose wash it is, who opened it and on what ground, and sees no more than who it is
    nav = log_in(world.nav)
    nav_board = reverse("lists:otuk_board", kwargs={"round_id": made.pk, "unit_id": world.nav_alna.pk})
    page = text_of(nav.get(nav_board))
    for told in ("Listevask med Bydel Alna", "Fatima Prøve åpnet gjennomgangen", "Bakke, Amina", "Nav-loven § 15 a"):
        assert told in page
    for hidden in ("Prøve videregående skole", "Furuveien", "Ukjent siden"):
        assert hidden not in page
    # and one press answers: a message to the administration, which the district sees with who and when
    key = encode(second.youth_id)
    nav.post(f"{nav_board}{key}/", {"category": MOVED, "version": 0}, headers={"HX-Request": "true"})
    browser = log_in(world.alna_contact)
    page = text_of(browser.get(address(session)))
    for told in ("2 av 3", "Har flyttet", "Ingrid Prøve, 23. nov. 2026", "Meldt til UDA", "Ikke besvart"):
        assert told in page
    assert rows_seen(world.alna_contact, session) == {"Aas": TAKEN, "Bakke": MOVED, "Dahl": ""}
    only = text_of(browser.get(address(session) + "?vis=ubesvart"))
    assert "Dahl, Amina" in only
    assert "Bakke, Amina" not in only
    # and Nav's own messages are still read by the administration alone
    with acting_as(world.alna_contact):
        assert not Feedback.objects.exists()
    with acting_as(world.admin):
        sent = Feedback.objects.get(youth_id=first.youth_id)
        handling.accept_feedback(actor=world.admin, feedback_id=sent.pk, version=None)
    assert "som har brukt svaret" in text_of(browser.get(address(session)))


@pytest.mark.proves("wash-next-owner", "rut-wash-session-s04")
def test_whoever_takes_the_next_step_gets_it_as_a_task(world, log_in, session, listed):
    first, second, third = listed
    say(world, session, (first, NOT_TAKEN), (second, MOVED), (third, TAKEN))
    browser = log_in(world.alna_contact)
    # Nobody is asked for where Nav takes care, and a day that is past is none
    with pytest.raises(Invalid, match="Neste steg avtales"):
        agree(world, session, third, "nav")
    with pytest.raises(Invalid, match="passert"):
        agree(world, session, first, "nav", due_on=clock.today() - timedelta(1))
    with pytest.raises(Invalid, match="Avtal først"), acting_as(world.alna_contact):
        services.close_wash(actor=world.alna_contact, session_id=session.pk)
    # One press agrees; the task is Nav's, by name
    page = browser.get(address(session))
    given = seen(page, address(session, "wash_agree", youth_id=first.youth_id))
    answer = browser.post(
        address(session, "wash_agree", youth_id=first.youth_id),
        {**given, "owner": "nav", "due_on": "2026-12-07"},
        follow=True,
    )
    assert "Avtalt. Nav Alna har fått oppgaven (Ingrid Prøve)." in text_of(answer)
    with acting_as(world.nav):
        (task,) = Task.objects.all()
        assert (task.for_user_id, task.what, task.state) == (world.nav.user_id, "wash-not-taken", "open")
    assert "Ta kontakt: avtalt da listen ble gjennomgått med Nav" in text_of(
        log_in(world.nav).get(reverse("collaboration:tasks"))
    )
    # Agreed anew it is the school's, and Nav has none; one who saw something else is told
    counsellor = make.actor(Role.COUNSELLOR, world.school, name="Kari Prøve")
    agree(world, session, first, "school", version=1)
    with pytest.raises(EditConflict):
        agree(world, session, first, "administration", version=1)
    with acting_as(world.nav):
        assert Task.objects.get().state == "dropped"
    with acting_as(counsellor):
        assert [task.for_user_id for task in Task.objects.filter(state="open")] == [counsellor.user_id]
    agree(world, session, second, "administration")
    with acting_as(world.admin):
        assert Task.objects.get(youth_id=second.youth_id).for_unit == make.education_admin()
        assert WashAgreement.objects.count() == 2
    # Another district, and a school that is not agreed on, know nothing of it
    for stranger in (world.stovner_contact, make.actor(Role.COUNSELLOR, make.unit(name="En annen skole"))):
        with acting_as(stranger):
            assert not WashAgreement.objects.exists()
            assert not WashSession.objects.exists()
    # Then the wash can be closed, once
    browser = log_in(world.alna_contact)
    assert "avsluttet gjennomgangen" in text_of(browser.post(address(session, "wash_close"), follow=True))
    with pytest.raises(EditConflict), acting_as(world.alna_contact):
        services.close_wash(actor=world.alna_contact, session_id=session.pk)
    with pytest.raises(Invalid, match="avsluttet"):
        agree(world, session, first, "nav")


@pytest.mark.proves("rut-wash-session-s03", "wash-missing-in-list", "rut-wash-session")
def test_the_routine_follows_the_wash_and_what_is_missing_is_a_number(world, log_in, session, listed):
    def steps():
        jobs.start_reviews_of_round(county_id=make.OSLO)
        run = UnitRun.objects.get(unit=world.alna)
        return {row.step.rpartition("-")[2]: row.state for row in UnitStep.objects.filter(run=run)}

    assert steps() == {"s01": StepState.DONE, "s02": StepState.OPEN}
    with acting_as(world.nav):
        new = services.record_answers(
            actor=world.nav, session_id=session.pk, answers={case.youth_id: TAKEN for case in listed},
            how=WashChannel.MATCH,
        )  # fmt: skip
    assert new == 3
    assert steps()["s03"] == StepState.OPEN
    # Nav says how many, and changes its mind; the district sees the number and no name
    nav_board = reverse("lists:otuk_board", kwargs={"round_id": session.round_id, "unit_id": session.office_id})
    browser = log_in(world.nav)
    for number in ("2", "0"):
        if number == "0":
            assert steps()["s03"] == StepState.OPEN, "the district writes what came of those who are missing"
        form = seen(browser.get(nav_board), address(session, "wash_missing"))
        browser.post(address(session, "wash_missing"), {**form, "missing": number})
        page = text_of(log_in(world.alna_contact).get(address(session)))
        assert f"Nav kjenner {number} som ikke står på listen (Ingrid Prøve" in page
        browser = log_in(world.nav)
    with pytest.raises(EditConflict), acting_as(world.nav):
        services.say_missing(actor=world.nav, session_id=session.pk, number=5, version=1)
    assert steps()["s04"] == StepState.OPEN
    with acting_as(world.alna_contact):
        services.close_wash(actor=world.alna_contact, session_id=session.pk)
    assert steps()["s04"] == StepState.DONE


@pytest.mark.proves("rule-wash-answer")
def test_several_answers_are_recorded_all_or_none_and_twice_does_it_once(world, session, listed):
    first, second, third = listed
    other = world.unknown("Utenfor")

    def record(*said, actor=world.nav):
        with acting_as(actor):
            answers = {case.youth_id: category for case, category in said}
            return services.record_answers(actor=actor, session_id=session.pk, answers=answers)

    for wrong in ((other, TAKEN), (second, "reached"), (second, "by_nav")):
        with pytest.raises(Invalid, match="ikke står på listen, eller er ikke blant de tre"):
            record((first, TAKEN), wrong)
    assert rows_seen(world.alna_contact, session) == {"Aas": "", "Bakke": "", "Dahl": ""}
    with pytest.raises(NotAllowed):
        record((first, TAKEN), actor=world.alna_contact)
    assert (record((first, TAKEN), (second, MOVED)), record((first, TAKEN), (second, MOVED))) == (2, 0)
    # What stands is not replaced by the way, and what is taken back may be said anew
    with pytest.raises(Invalid, match="besvart på en annen måte"):
        record((third, TAKEN), (first, MOVED))
    with acting_as(world.nav):
        sent = Feedback.objects.get(youth_id=first.youth_id)
        undo_answer(actor=world.nav, feedback_id=sent.pk, replaced_id=None)
    assert record((first, MOVED)) == 1
    assert rows_seen(world.alna_contact, session) == {"Aas": MOVED, "Bakke": MOVED, "Dahl": ""}


@pytest.mark.proves("rut-wash-session", "ind-wash-coverage")
def test_the_forum_takes_up_an_open_wash_in_numbers_and_the_round_tells_where_one_is_held(
    world, log_in, session, listed
):
    say(world, session, (listed[0], NOT_TAKEN), (listed[1], MOVED))
    take_up = reverse("collaboration:new_network_meeting") + "?ta-opp=listevask"
    browser = log_in(world.alna_contact)
    assert take_up in text_of(browser.get(address(session)))
    # Few are told as few: the minutes are read in the whole county, and name nobody
    said = browser.get(take_up).context["form"]["topics"].value()
    assert said.replace("\xa0", " ") == (
        "Listevask med Nav Alna, runde 20. nov. 2026: uten svar færre enn 5, ikke ivaretatt færre enn 5, "
        "flyttet uten neste eier færre enn 5."
    )
    agree(world, session, listed[1], "district")
    assert "flyttet uten neste eier 0." in browser.get(take_up).context["form"]["topics"].value()
    # Another district's forum hears nothing of it, and one that begins by itself begins empty
    assert not browser.get(take_up.partition("?")[0]).context["form"]["topics"].value()
    assert not log_in(world.stovner_contact).get(take_up).context["form"]["topics"].value()
    # The administration sees where a list is washed, then where it was
    round_page = reverse("lists:otuk_round", kwargs={"round_id": session.round_id})
    page = text_of(log_in(world.admin).get(round_page))
    assert "Listevask åpnet 23. nov. 2026" in page
    assert "Listevask med Nav er åpnet i 1 av 1 bydeler" in page
    agree(world, session, listed[0], "nav")
    with acting_as(world.alna_contact):
        services.close_wash(actor=world.alna_contact, session_id=session.pk)
    assert "Listevask avsluttet 23. nov. 2026" in text_of(log_in(world.admin).get(round_page))
    browser = log_in(world.alna_contact)
    assert not browser.get(take_up).context["form"]["topics"].value()
    assert take_up not in text_of(browser.get(address(session)))


def test_a_wash_is_nobody_elses_and_the_database_says_so(world, log_in, session, listed):
    say(world, session, (listed[0], NOT_TAKEN))
    agree(world, session, listed[0], "district")
    stranger = make.actor(Role.NAV_RESPONSIBLE, world.stovner.nav_office)
    for actor in (world.stovner_contact, stranger, make.actor(Role.COUNSELLOR, make.unit(name="Annen skole"))):
        browser = log_in(actor)
        assert browser.get(address(session)).status_code in {403, 404}
        for name, more in (
            ("wash_open", {}),
            ("wash_close", {}),
            ("wash_missing", {}),
            ("wash_agree", {"youth_id": listed[0].youth_id}),
        ):
            given = {"missing": 4, "version": 1, "owner": "nav", "due_on": "2026-12-01"}
            assert browser.post(address(session, name, **more), given).status_code in {403, 404}
        with acting_as(actor):
            assert (WashSession.objects.count(), WashAgreement.objects.count()) == (0, 0)
            assert WashSession.objects.filter(pk=session.pk).update(missing=7) == 0
            with pytest.raises(ProgrammingError), transaction.atomic():
                WashSession.objects.create(
                    county_id=make.OSLO, round=session.round, district=world.alna, office=world.nav_alna,
                    opened_by_id=actor.user_id, opened_at=clock.now(),
                )  # fmt: skip
    # Nav sees the wash, and of what is agreed only what is its own; nobody deletes anything
    with acting_as(world.nav):
        assert (WashSession.objects.count(), WashAgreement.objects.count()) == (1, 0)
        for table in ("lists_wash_session", "lists_wash_agreement"):
            with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"DELETE FROM {table}")
    # Nav neither opens nor closes nor shares out
    with acting_as(world.nav), pytest.raises(NotAllowed):
        services.close_wash(actor=world.nav, session_id=session.pk)
    with acting_as(world.alna_contact), pytest.raises(NotAllowed):
        services.say_missing(actor=world.alna_contact, session_id=session.pk, number=3)


def test_a_wash_is_moved_nowhere_and_nav_opens_none(world, made, session):
    other = make.unit(kind="district")
    for actor in (world.nav, world.alna_contact):
        for moved in ({"district": other}, {"office": other}, {"county_id": make.OSLO}):
            with acting_as(actor), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                WashSession.objects.filter(pk=session.pk).update(**moved)
    forged = {"county_id": session.county_id, "round": made, "district": other, "office_id": session.office_id}
    with acting_as(world.nav), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        WashSession.objects.create(**forged, opened_by_id=world.nav.user_id, opened_at=clock.now())
