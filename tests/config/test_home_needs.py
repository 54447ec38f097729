"""A counsellor's morning: who needs something, in which order, and answering it where it stands."""

from datetime import date, datetime, timedelta

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import ContactAttempt, Registration, StatusConfirmation
from fotfeste.casework.services import contacts, feedback
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from tests import factories as make
from tests.config.conftest import text_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}
LONG_AGO, RECENTLY = date(2026, 9, 1), date(2026, 11, 16)


@pytest.fixture
def school():
    return Unit.objects.get(name="Hersleb videregående skole")


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


def stands(registration: Registration, **columns) -> Registration:
    """Let a case stand in some way without all that would have led to it."""
    with acting_as(make.system()):
        Registration.objects.filter(pk=registration.pk).update(**columns)
    return registration


def tried(actor, registration: Registration, *, days_ago: int, answered: bool = False) -> None:
    with acting_as(actor):
        contacts.register_attempt(
            actor=actor,
            youth_id=registration.youth_id,
            on=make.TODAY - timedelta(days_ago),
            channel="call",
            result="answered" if answered else "no_answer",
            answered_by="youth" if answered else "",
        )


def order_of(text: str, *names: str) -> list[str]:
    return sorted(names, key=lambda name: text.index(f"<bdi>{name},"))


def test_when_nobody_needs_anything_the_screen_says_so_and_where_to_go(enter, counsellor, school):
    stands(make.case(school, since=LONG_AGO, status="OTAR"), status_confirm_by=date(2027, 1, 1))
    text = text_of(enter(counsellor).get("/"))
    assert "Ingen trenger deg akkurat nå" in text
    assert 'href="/ungdommer/"' in text


def test_the_two_headline_figures_stand_first_with_what_they_are_of(enter, counsellor, school):
    make.case(school, since=LONG_AGO)
    make.case(school, since=LONG_AGO, status="OTAR")
    text = text_of(enter(counsellor).get("/"))
    assert "50 %" in text
    assert "1 av 2 i målgruppen, 23. nov. 2026" in text
    assert "Dager til første kontakt" in text


def test_promises_come_first_then_the_unknown_then_what_must_be_confirmed_then_news(enter, counsellor, school):
    # Given one youth for each need, made in the opposite order
    new = make.case(school, last_name="Ny", since=RECENTLY, status="OTAR")
    confirm = make.case(school, last_name="Bekreft", since=LONG_AGO, status="OTAR")
    attempts = make.case(school, last_name="Forsøkt", since=LONG_AGO)
    never = make.case(school, last_name="Aldri", since=LONG_AGO)
    reached = make.case(school, last_name="Nådd", since=LONG_AGO)
    promised = make.case(school, last_name="Lovet", since=LONG_AGO, status="OTAR")
    stands(confirm, status_confirm_by=make.TODAY - timedelta(3))
    stands(promised, next_promise_on=make.TODAY + timedelta(1))
    tried(counsellor, attempts, days_ago=20)
    tried(counsellor, reached, days_ago=5, answered=True)
    # When
    text = text_of(enter(counsellor).get("/"))
    # Then
    names = ("Lovet", "Nådd", "Aldri", "Forsøkt", "Bekreft", "Ny")
    assert order_of(text, *reversed(names)) == list(names)
    assert never.youth_id
    assert new.youth_id


def test_each_line_says_why_and_for_how_long(enter, counsellor, school):
    make.case(school, last_name="Aldri", since=LONG_AGO)
    attempts = make.case(school, last_name="Forsøkt", since=LONG_AGO)
    tried(counsellor, attempts, days_ago=20)
    confirm = make.case(school, last_name="Bekreft", since=LONG_AGO, status="OTAR")
    stands(confirm, status_confirm_by=make.TODAY - timedelta(3))
    text = text_of(enter(counsellor).get("/"))
    assert "Ingen har forsøkt å ta kontakt." in text
    assert "Ukjent i 83 dager." in text
    assert "1 forsøk, ingen kontakt. Sist for 20 dager siden." in text
    assert "I arbeid siden 1. sep. 2026. Stemmer det fortsatt?" in text
    assert "frist for 3 dager siden" in text


def test_those_who_have_waited_longest_come_first_among_equals(enter, counsellor, school):
    make.case(school, last_name="Kort", since=date(2026, 10, 20))
    make.case(school, last_name="Lang", since=date(2026, 8, 20))
    assert order_of(text_of(enter(counsellor).get("/")), "Kort", "Lang") == ["Lang", "Kort"]


def test_what_a_district_has_reported_about_ones_own_youth_is_told(enter, counsellor, school):
    case = make.case(school, since=LONG_AGO, status="OTAR")
    district = make.unit(UnitKind.DISTRICT, name="Bydel Prøve", takes_responsibility=True)
    make.grant(case.youth, district, Topic.IDENTITY, Topic.FEEDBACK)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    with acting_as(contact):
        feedback.send_feedback(actor=contact, youth_id=case.youth_id, category="reached", on=date(2026, 11, 20))
    assert "Bydel Prøve har meldt: Nådd." in text_of(enter(counsellor).get("/"))


def test_a_youth_with_known_activity_that_is_not_due_needs_nobody(enter, counsellor, school):
    make.case(school, last_name="Rolig", since=LONG_AGO, status="OTAR")
    assert "Rolig" not in text_of(enter(counsellor).get("/"))


def test_preventive_work_is_not_a_youth_out_of_sight(enter, counsellor, school):
    stands(make.case(school, last_name="Forebygges", since=LONG_AGO), is_preventive=True)
    assert "Forebygges" not in text_of(enter(counsellor).get("/"))


def test_another_schools_youths_are_not_there(enter, counsellor):
    make.case(make.unit(name="Andre skole"), last_name="Annensted", since=LONG_AGO)
    assert "Annensted" not in text_of(enter(counsellor).get("/"))


def test_a_long_list_is_cut_and_the_rest_is_one_click_away(enter, counsellor, school):
    for number in range(14):
        make.case(school, last_name=f"Nummer{number}", since=LONG_AGO)
    text = text_of(enter(counsellor).get("/"))
    assert text.count("<bdi>Nummer") == 12
    assert "Se alle 14" in text


def test_every_counter_opens_the_list_of_what_it_counts(enter, counsellor, school):
    make.case(school, since=LONG_AGO)
    stands(make.case(school, since=LONG_AGO, status="OTAR"), status_confirm_by=date(2026, 11, 1))
    client = enter(counsellor)
    text = text_of(client.get("/"))
    key = opaque.encode(school.pk)
    assert f'href="/ungdommer/?enhet={key}&amp;bekreft=ja"><strong>1</strong> <span>Må bekreftes' in text
    opened = text_of(client.get(f"/ungdommer/?enhet={key}&bekreft=ja"))
    assert "1 åpne tilmeldinger" in opened


@pytest.mark.parametrize(
    ("button", "channel", "result", "is_contact"),
    [
        ("ikke-svar", "call", "no_answer", False),
        ("sms", "sms", "sent", False),
        ("svarte", "call", "answered", True),
        ("mott", "meeting", "answered", True),
    ],
)
def test_one_button_registers_what_happened_today(enter, counsellor, school, button, channel, result, is_contact):
    case = make.case(school, since=LONG_AGO)
    path = f"/i-dag/{opaque.encode(case.youth_id)}/forsok/"
    response = enter(counsellor).post(path, {"hva": button}, follow=True)
    with acting_as(make.system()):
        attempt = ContactAttempt.objects.get(youth_id=case.youth_id)
    assert (attempt.on, attempt.channel, attempt.result, attempt.is_contact) == (
        make.TODAY,
        channel,
        result,
        is_contact,
    )
    assert "Prøvesen, Amina:" in text_of(response)


def test_only_the_line_changes_where_it_stands_and_it_can_be_undone(enter, counsellor, school):
    # Given
    case = make.case(school, since=LONG_AGO)
    client = enter(counsellor)
    path = f"/i-dag/{opaque.encode(case.youth_id)}/forsok/"
    # When
    answered = client.post(path, {"hva": "ikke-svar"}, headers=HTMX)
    # Then the line says so and offers to take it back
    assert "Forsøk registrert." in text_of(answered)
    assert "<html" not in text_of(answered)
    with acting_as(make.system()):
        attempt = ContactAttempt.objects.get(youth_id=case.youth_id)
    undone = client.post(f"/i-dag/forsok/{opaque.encode(attempt.pk)}/angre/", headers=HTMX)
    assert "Ingen har forsøkt å ta kontakt." in text_of(undone)
    with acting_as(make.system()):
        assert ContactAttempt.objects.get(pk=attempt.pk).superseded_at is not None


def test_after_real_contact_setting_the_status_is_offered_at_once(enter, counsellor, school):
    case = make.case(school, since=LONG_AGO)
    path = f"/i-dag/{opaque.encode(case.youth_id)}/forsok/"
    text = text_of(enter(counsellor).post(path, {"hva": "mott"}, headers=HTMX))
    assert f"/ungdom/{opaque.encode(case.youth_id)}/status/" in text


def test_a_button_nobody_knows_does_nothing(enter, counsellor, school):
    case = make.case(school, since=LONG_AGO)
    path = f"/i-dag/{opaque.encode(case.youth_id)}/forsok/"
    assert enter(counsellor).post(path, {"hva": "hacket"}).status_code == 404


def test_a_status_is_confirmed_with_one_button(enter, counsellor, school):
    case = make.case(school, since=LONG_AGO, status="OTAR")
    stands(case, status_confirm_by=date(2026, 11, 10))
    client = enter(counsellor)
    assert "Ja, bekreft" in text_of(client.get("/"))
    path = f"/i-dag/{opaque.encode(case.youth_id)}/bekreft/"
    assert "bekreftet i dag" in text_of(client.post(path, {"version": case.version}, headers=HTMX))
    with acting_as(make.system()):
        assert StatusConfirmation.objects.get(youth_id=case.youth_id).confirmed_on == make.TODAY
    assert "Ingen trenger deg akkurat nå" in text_of(client.get("/"))


def test_a_status_somebody_has_changed_meanwhile_is_not_confirmed(enter, counsellor, school):
    case = make.case(school, since=LONG_AGO, status="OTAR")
    path = f"/i-dag/{opaque.encode(case.youth_id)}/bekreft/"
    response = enter(counsellor).post(path, {"version": case.version - 1}, headers=HTMX)
    assert response.status_code == 409
    assert "Noen har endret saken" in text_of(response)


def test_another_schools_youth_cannot_be_answered_for(enter, counsellor):
    case = make.case(make.unit(name="Andre skole"), since=LONG_AGO)
    key = opaque.encode(case.youth_id)
    client = enter(counsellor)
    assert client.post(f"/i-dag/{key}/forsok/", {"hva": "mott"}).status_code == 404
    assert client.post(f"/i-dag/{key}/bekreft/", {"version": 1}).status_code == 404
    with acting_as(make.system()):
        assert not ContactAttempt.objects.filter(youth_id=case.youth_id).exists()


def test_the_morning_takes_few_questions_however_many_youths(enter, counsellor, school, django_assert_max_num_queries):
    for number in range(10):
        make.case(school, last_name=f"Nummer{number}", since=LONG_AGO, recorded_at=_noon(LONG_AGO))
    client = enter(counsellor)
    client.get("/")
    # Plans of one's own and of others, their measures, notices of newcomers, minutes to confirm, talks with leavers and
    # the year's tasks are tables of their own.
    with django_assert_max_num_queries(38):
        client.get("/")


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.OSLO)
