"""The person page in a handful of queries, and everything that happened on one line."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.selectors.person_page import person_page
from fotfeste.casework.selectors.timeline import Happening, timeline
from fotfeste.casework.services import contacts, journal, responsibility, statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel import clock
from tests import factories as make

pytestmark = pytest.mark.django_db
#: What the connection has prepared, the rows, and the names of those who did something and of units.
QUERIES = 4


@pytest.fixture
def busy_case(school, counsellor):
    """A case in which much has happened."""
    case = make.case(school)
    with acting_as(counsellor):
        for day, result in ((date(2026, 10, 1), "no_answer"), (date(2026, 10, 20), "answered")):
            contacts.register_attempt(
                actor=counsellor, youth_id=case.youth_id, on=day, channel="call", result=result,
                answered_by="youth" if result == "answered" else "",
            )  # fmt: skip
        statuses.set_status(
            actor=counsellor, registration_id=case.pk, code="OTOV", on=date(2026, 10, 20), ground=Ground(), version=None
        )
        note = journal.write_note(
            actor=counsellor, youth_id=case.youth_id, text="Vil ha jobb.", written_on=date(2026, 10, 21)
        )
        journal.correct_note(actor=counsellor, note_id=note.pk, text="Vil ha sommerjobb.")
    return case


def test_the_page_holds_who_why_status_contact_and_notes(busy_case, counsellor, school):
    with acting_as(counsellor):
        page = person_page(youth_id=busy_case.youth_id)
    assert page.youth.pk == busy_case.youth_id
    assert (page.registration.status_code, page.registration.attempts) == ("OTOV", 2)
    assert page.responsibility.holder_id == school.pk
    assert page.membership_decision("statutory").outcome.value == "in_ot"
    assert [(a.is_contact) for a in page.attempts] == [True, False]
    assert page.user_names[counsellor.user_id] == counsellor.name


def test_what_one_may_not_see_looks_as_if_there_were_none(busy_case, admin):
    with acting_as(admin):
        page = person_page(youth_id=busy_case.youth_id)
    assert page.notes == ()
    assert page.registration is not None


@pytest.mark.proves("rule-reconfirm")
def test_a_status_past_its_day_says_it_must_be_confirmed_and_is_still_there(case, counsellor):
    with acting_as(counsellor):
        before = person_page(youth_id=case.youth_id)
        with clock.frozen(date(2027, 2, 11)):
            after = person_page(youth_id=case.youth_id)
    assert (before.must_be_confirmed, after.must_be_confirmed) == (False, True)
    assert after.registration.status_code == "OTUK"


def test_the_page_asks_the_database_as_often_for_much_as_for_little(busy_case, counsellor, school):
    quiet = make.case(school)
    with acting_as(counsellor):
        person_page(youth_id=quiet.youth_id)
        for case in (quiet, busy_case):
            with CaptureQueriesContext(connection) as asked:
                person_page(youth_id=case.youth_id)
            assert len(asked) <= QUERIES


def test_the_timeline_is_newest_first_and_shows_each_thing_once(busy_case, counsellor):
    with acting_as(counsellor):
        line = timeline(person_page(youth_id=busy_case.youth_id))
    assert [(entry.kind.value, entry.on) for entry in line.entries] == [
        ("confirmed", make.TODAY),
        ("note", date(2026, 10, 21)),
        ("note", date(2026, 10, 21)),
        ("status", date(2026, 10, 20)),
        ("contact", date(2026, 10, 20)),
        ("contact", date(2026, 10, 1)),
        *[(kind, date(2026, 9, 12)) for kind in _first_day(line)],
    ]
    assert set(_first_day(line)) == {"registered", "status", "responsibility"}


def _first_day(line):
    return [entry.kind.value for entry in line.entries if entry.on == date(2026, 9, 12)]


def test_what_was_corrected_is_struck_and_not_hidden(busy_case, counsellor):
    with acting_as(counsellor):
        notes = timeline(person_page(youth_id=busy_case.youth_id), kinds=frozenset({Happening.NOTE}))
    assert [(entry.row.text, entry.is_struck) for entry in notes.entries] == [
        ("Vil ha sommerjobb.", False),
        ("Vil ha jobb.", True),
    ]


def test_a_move_to_another_unit_is_no_new_status_on_the_line(busy_case, admin, other_school):
    with acting_as(admin):
        responsibility.assign(
            actor=admin, youth_id=busy_case.youth_id, holder_id=other_school.pk, reason="Flyttet", version=None
        )
    with acting_as(make.actor(Role.COUNSELLOR, other_school)):
        line = timeline(person_page(youth_id=busy_case.youth_id), kinds=frozenset({Happening.STATUS}))
    assert [entry.row.code for entry in line.entries] == ["OTOV", "OTUK"]


def test_the_moment_a_status_was_first_recorded_survives_a_later_rewrite(case, counsellor, admin, other_school):
    first = case.recorded_at
    with clock.frozen(date(2026, 12, 1)), acting_as(admin):
        responsibility.assign(
            actor=admin, youth_id=case.youth_id, holder_id=other_school.pk, reason="Flyttet", version=None
        )
        page = person_page(youth_id=case.youth_id)
    old = next(event for event in page.status_events if event.first_day == date(2026, 9, 12))
    assert (page.recorded_first[old.pk], old.recorded_at > first) == (first, True)


def test_the_timeline_comes_in_portions(busy_case, counsellor):
    with acting_as(counsellor):
        page = person_page(youth_id=busy_case.youth_id)
        first, second = timeline(page, count=4), timeline(page, start=4, count=40)
    assert (len(first.entries), first.has_more, second.has_more) == (4, True, False)
    assert first.total == len(first.entries) + len(second.entries)
