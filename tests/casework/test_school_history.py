"""What stands in the school history can be corrected, and what stood can be found again (personvernforordningen art. 16)."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.kernel import clock
from fotfeste.people.models import Enrolment
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(school):
    return make.case(school)


@pytest.fixture
def row(case):
    """A stretch that a file has told of, in words of its own."""
    with acting_as(make.system()):
        return Enrolment.objects.create(
            youth_id=case.youth_id, kind="pupil", school_name="Prøve skole", level="VG1", first_day=date(2025, 8, 18),
            last_day=date(2026, 6, 19), end_reason="Sluttet", source="enrolment", recorded_at=clock.now(),
        )  # fmt: skip


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


def path(case, row) -> str:
    return reverse("casework:correct_enrolment", kwargs={"youth_id": case.youth_id, "enrolment_id": row.pk})


def shown(client, case) -> str:
    page = client.get(reverse("casework:school_history", kwargs={"youth_id": case.youth_id}))
    return page.content.decode().replace("\xa0", " ")


GIVEN = {"first_day": "18.08.2025", "last_day": "19.06.2026", "end_reason": "quit", "level": "VG1", "reason": "typo"}


def stands() -> list[tuple]:
    with acting_as(make.system()):
        return list(Enrolment.objects.filter(superseded_at=None).values_list("level", "last_day", "end_reason"))


def test_a_corrected_stretch_takes_the_place_of_what_stood_which_is_shown_below(enter, counsellor, case, row):
    client = enter(counsellor)
    assert client.post(path(case, row), {**GIVEN, "level": "VG2"}).status_code == 302
    assert stands() == [("VG2", date(2026, 6, 19), "Sluttet")]
    now, before = shown(client, case).split("<summary>Sto tidligere")
    assert "VG2" in now
    assert "VG1" in before


def test_a_stretch_that_never_was_is_taken_out_and_can_be_found_again(enter, counsellor, case, row):
    client = enter(counsellor)
    client.post(path(case, row), {**GIVEN, "never_was": "on", "reason": "mixed_up"})
    assert stands() == []
    now, before = shown(client, case).split("<summary>Sto tidligere")
    assert "Prøve skole" not in now
    assert "Prøve skole" in before


def test_a_senders_own_word_stays_where_the_reason_is_the_same(enter, counsellor, case, row):
    enter(counsellor).post(path(case, row), {**GIVEN, "last_day": "20.06.2026"})
    assert stands() == [("VG1", date(2026, 6, 20), "Sluttet")]
    with acting_as(make.system()):
        corrected = Enrolment.objects.get(superseded_at=None)
    enter(counsellor).post(path(case, corrected), {**GIVEN, "end_reason": "completed"})
    assert stands() == [("VG1", date(2026, 6, 19), "completed")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({}, "Du har ikke endret noe."),
        ({"last_day": "01.08.2025"}, "Sluttdatoen er før startdatoen."),
        ({"reason": ""}, "Hvorfor rettes det?"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(enter, counsellor, case, row, changed, said):
    answer = enter(counsellor).post(path(case, row), {**GIVEN, **changed})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert stands() == [("VG1", date(2026, 6, 19), "Sluttet")]


def test_another_youths_stretch_is_not_found_under_this_one(enter, counsellor, school, row):
    assert enter(counsellor).get(path(make.case(school), row)).status_code == 404


def test_another_schools_counsellor_corrects_nothing(enter, other_school, case, row):
    answer = enter(make.actor(Role.COUNSELLOR, other_school)).post(path(case, row), {**GIVEN, "level": "VG2"})
    assert answer.status_code == 404
    assert len(stands()) == 1


def test_one_who_sees_the_history_and_may_not_change_it_is_offered_no_way_to(enter, case, row, school):
    assert "rett/" in shown(enter(make.actor(Role.COUNSELLOR, school)), case)
    leader = make.actor(Role.UNIT_LEADER, school)
    assert enter(leader).post(path(case, row), {**GIVEN, "level": "VG2"}).status_code in {403, 404}


def test_a_programme_is_called_by_its_name_with_the_code_behind_and_one_nobody_knows_by_its_code(
    enter, counsellor, case
):
    with acting_as(make.system()):
        for number, code in enumerate(("STUSP1----", "QQABC1----")):
            Enrolment.objects.create(
                youth_id=case.youth_id, kind="pupil", school_name=f"Skole {number}", programme=code, level="VG1",
                first_day=date(2024 + number, 8, 18), source="enrolment", recorded_at=clock.now(),
            )  # fmt: skip
    page = shown(enter(counsellor), case)
    assert "Skole 0, Studiespesialisering, VG1 (STUSP1----)" in page
    assert "Skole 1, QQABC1----, VG1" in page
