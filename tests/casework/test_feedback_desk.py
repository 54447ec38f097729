"""The desk where messages become statuses, and what those who sent them see."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Feedback, Registration
from fotfeste.casework.services import feedback
from fotfeste.kernel import opaque
from tests import factories as make

pytestmark = pytest.mark.django_db

DESK, OWN = "/meldinger/", "/mine-meldinger/"
OPENED = (Topic.IDENTITY, Topic.STATUS, Topic.LIST_ROW, Topic.FEEDBACK)


@pytest.fixture
def contact(district):
    """The district's contact."""
    return make.actor(Role.DISTRICT_CONTACT, district, name="Fatima Prøve")


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


@pytest.fixture
def reported(school, district, contact):
    """Make a case at the school and a message about it from the district."""

    def report(category: str = "reached", *, last_name: str = "Prøvesen", activity: str = "", **given) -> Feedback:
        case = make.case(school, last_name=last_name)
        make.grant(case.youth, district, *OPENED)
        with acting_as(contact):
            return feedback.send_feedback(
                actor=contact,
                youth_id=case.youth_id,
                category=category,
                on=date(2026, 11, 15),
                activity_code=activity,
                **given,
            )

    return report


def fields(message: Feedback, **given: str) -> dict[str, str]:
    key = opaque.encode(message.pk)
    return {f"versjon-{key}": str(message.version)} | {f"{name}-{key}": value for name, value in given.items()}


def status_of(message: Feedback) -> str:
    with acting_as(make.system()):
        return Registration.objects.get(youth_id=message.youth_id).status_code


def state_of(message: Feedback) -> str:
    with acting_as(make.system()):
        return Feedback.objects.get(pk=message.pk).state


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_only_the_education_administration_works_at_the_desk(enter, counsellor):
    assert enter(counsellor).get(DESK).status_code == 403


def test_an_empty_desk_says_where_messages_come_from(enter, admin):
    assert "Ingen meldinger venter" in text_of(enter(admin).get(DESK))


def test_a_message_is_shown_with_who_sent_it_what_it_says_and_how_the_case_stands(enter, admin, reported):
    reported("in_activity", activity="OTAR", next_step="Ringer igjen fredag")
    text = text_of(enter(admin).get(DESK))
    for told in ("Prøvesen, Amina", "I aktivitet: I arbeid", "fra 15. nov. 2026", "Ringer igjen fredag"):
        assert told in text
    assert "Bydel Prøve, Fatima Prøve · i dag" in text
    assert "Ukjent aktivitet" in text


@pytest.mark.proves("rule-uda-after-feedback", "rule-wash-to-status")
@pytest.mark.parametrize(
    ("category", "activity", "code"),
    [("reached", "", "OTOV"), ("followed_up", "", "OTOV"), ("in_activity", "OTAR", "OTAR")],
)
def test_a_message_becomes_the_status_it_leads_to_with_one_click(enter, admin, reported, category, activity, code):
    message = reported(category, activity=activity)
    client = enter(admin)
    assert f'<option value="{code}" selected>' in text_of(client.get(DESK))
    response = client.post(DESK, {"bruk": opaque.encode(message.pk), **fields(message, kode=code)}, follow=True)
    assert (status_of(message), state_of(message)) == (code, "accepted")
    assert "1 behandlet." in text_of(response)


def test_another_status_than_the_suggested_may_be_chosen(enter, admin, reported):
    message = reported("reached")
    enter(admin).post(DESK, {"bruk": opaque.encode(message.pk), **fields(message, kode="OTAR")})
    assert status_of(message) == "OTAR"


def test_a_move_becomes_a_status_only_when_the_address_is_checked(enter, admin, reported):
    message = reported("moved")
    client = enter(admin)
    button = {"bruk": opaque.encode(message.pk)}
    text = text_of(client.post(DESK, {**button, **fields(message, kode="OTFA_IM")}, follow=True))
    assert "<strong>Prøvesen, Amina:</strong> Kontroller adressen i Folkeregisteret" in text
    assert status_of(message) == "OTUK"
    client.post(DESK, {**button, **fields(message, kode="OTFA_IM", adresse="ja")})
    assert status_of(message) == "OTFA_IM"


def test_many_are_used_at_once_each_with_its_own_status_and_the_rest_are_told(enter, admin, reported):
    # Given three messages, one of which names no activity
    reached, working, unclear = reported("reached"), reported("in_activity", activity="OTAR"), reported("in_activity")
    chosen = [reached, working, unclear]
    # When
    data = {"valgt": [opaque.encode(m.pk) for m in chosen], "mange": "ja"}
    data |= fields(reached, kode="OTOV") | fields(working, kode="OTAR") | fields(unclear, kode="")
    text = text_of(enter(admin).post(DESK, data, follow=True))
    # Then
    assert [status_of(m) for m in chosen] == ["OTOV", "OTAR", "OTUK"]
    assert "2 behandlet." in text
    assert "1 ble ikke behandlet" in text
    assert "Velg hvilken aktivitet det er." in text


def test_a_message_from_another_county_cannot_be_used_by_guessing_the_form(enter, reported):
    message = reported()
    make.county(46, "Vestland")
    stranger = make.actor(Role.EDUCATION_ADMIN, make.education_admin(46))
    enter(stranger).post(DESK, {"bruk": opaque.encode(message.pk), **fields(message, kode="OTOV")})
    assert (status_of(message), state_of(message)) == ("OTUK", "new")


def test_a_message_somebody_else_handled_meanwhile_is_not_used_twice(enter, admin, reported):
    message = reported("reached")
    client = enter(admin)
    client.post(DESK, {"bruk": opaque.encode(message.pk), **fields(message, kode="OTOV")})
    text = text_of(client.post(DESK, {"bruk": opaque.encode(message.pk), **fields(message, kode="OTAR")}, follow=True))
    assert status_of(message) == "OTOV"
    assert "Noen andre har behandlet meldingen" in text


def test_choosing_none_is_told(enter, admin, reported):
    reported()
    assert "Velg minst én melding" in text_of(enter(admin).post(DESK, {"mange": "ja"}, follow=True))


def test_a_question_goes_back_to_whoever_sent_the_message(enter, admin, contact, reported):
    message = reported("reached")
    asked = {"tilbake": opaque.encode(message.pk), **fields(message, sporsmal="Når begynner han?")}
    enter(admin).post(DESK, asked)
    assert (status_of(message), state_of(message)) == ("OTUK", "returned")
    text = text_of(enter(contact).get(OWN))
    assert "Spørsmål til dere" in text
    assert "«Når begynner han?»" in text
    assert f"/ungdom/{opaque.encode(message.youth_id)}/melding/" in text


def test_an_empty_question_is_refused(enter, admin, reported):
    message = reported()
    response = enter(admin).post(DESK, {"tilbake": opaque.encode(message.pk), **fields(message)}, follow=True)
    assert "Skriv hva du lurer på." in text_of(response)
    assert state_of(message) == "new"


def test_the_history_tells_what_each_message_became_and_who_did_it(enter, admin, reported):
    message = reported("reached")
    client = enter(admin)
    client.post(DESK, {"bruk": opaque.encode(message.pk), **fields(message, kode="OTOV")})
    text = text_of(client.get(DESK, {"vis": "behandlet"}))
    assert "Nådd, 15. nov. 2026" in text
    assert "Tatt i bruk" in text
    assert admin.name in text


def test_those_who_report_see_that_it_waits_and_may_take_it_back(enter, contact, reported):
    message = reported("reached")
    client = enter(contact)
    assert "Venter på Utdanningsadministrasjonen" in text_of(client.get(OWN))
    text = text_of(client.post(f"{OWN}{opaque.encode(message.pk)}/trekk/", {"version": message.version}, follow=True))
    assert "Meldingen er trukket tilbake." in text
    assert state_of(message) == "withdrawn"


def test_another_districts_messages_are_not_among_ones_own(enter, reported):
    reported("reached")
    other = make.unit(make.UnitKind.DISTRICT, name="Bydel Annen", takes_responsibility=True)
    text = text_of(enter(make.actor(Role.DISTRICT_CONTACT, other)).get(OWN))
    assert "Dere har ikke meldt noe ennå" in text
    assert "Prøvesen" not in text


def test_the_desk_asks_the_same_few_questions_however_many_wait(enter, admin, reported, django_assert_max_num_queries):
    for number in range(6):
        reported(last_name=f"Nummer{number}")
    client = enter(admin)
    client.get(DESK)
    with django_assert_max_num_queries(22):
        client.get(DESK)
