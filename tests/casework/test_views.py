"""The person page in the browser, without JavaScript: who sees what of it."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access import screens
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import ContactAttempt, Registration
from fotfeste.casework.services import contacts, journal
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.enums import AddressKind, ContactKind, EnrolmentKind, Protection
from fotfeste.people.models import Address, ContactDetail, Enrolment, Guardian
from tests import factories as make

pytestmark = pytest.mark.django_db

FRAME = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|SELECT set_config)")
TABS = ("person", "school_history", "journal", "history", "who_sees")


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


def url(name: str, case, **kwargs: int) -> str:
    return reverse(f"casework:{name}", kwargs={"youth_id": case.youth_id, **kwargs})


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def known(case, **facts) -> None:
    """Let somebody know how to reach the youth and where they live and went to school."""
    now = {"recorded_at": clock.now(), "first_day": date(2026, 8, 1), "source": "enrolment", "youth_id": case.youth_id}
    with acting_as(make.system()):
        ContactDetail.objects.create(kind=ContactKind.PHONE, value="+4740000001", **now)
        Address.objects.create(
            kind=AddressKind.REGISTERED, street="Prøveveien 1", postcode="0571", city="Oslo", **{**now, **facts}
        )
        Guardian.objects.create(name="Fatma Prøve", phone="+4740000002", relation="mor", **now)
        Enrolment.objects.create(kind=EnrolmentKind.PUPIL, school_name="Gamle Prøve skole", **now)


def test_the_counsellor_sees_who_why_and_what_is_promised(enter, counsellor, case):
    known(case)
    page = text_of(enter(counsellor).get(url("person", case)))
    for shown in ("Amina Prøvesen", "18 år", "Prøve videregående skole", "Ukjent aktivitet", "siden 12. sep. 2026"):
        assert shown in page
    for shown in ("Ta kontakt", "40 00 00 01", "elevlisten", "Prøveveien 1", "Tidslinje"):
        assert shown in page
    for action in ("Ringte – ikke svar", "Ny status", "Bekreft status"):
        assert action in page


def test_one_who_was_reached_before_is_not_said_never_to_have_been(enter, counsellor, case):
    reached = {"last_contact_on": date(2025, 9, 8), "last_attempt_on": date(2026, 10, 1), "attempts": 2}
    with acting_as(counsellor):
        Registration.objects.filter(pk=case.pk).update(**reached)
    assert "Ungdommen er ikke nådd siden 8. sep. 2025." in text_of(enter(counsellor).get(url("person", case)))


def test_a_status_shows_what_it_rests_on_and_why_nothing_yet_has_ended_the_unknown(enter, counsellor, case):
    with acting_as(counsellor):
        contacts.register_attempt(actor=counsellor, youth_id=case.youth_id, on=make.TODAY, channel="sms", result="sent")
    page = text_of(enter(counsellor).get(url("person", case)))
    assert "Hvorfor fortsatt ukjent?" in page
    assert "1 forsøk, men ingen kontakt begge veier" in page
    assert "rule-start-unknown" in page


def test_where_no_reasons_were_kept_the_rules_of_today_can_be_asked(enter, counsellor, school, case):
    known(case)
    client = enter(counsellor)
    assert "?hvorfor=enhet#ansvar" in text_of(client.get(url("person", case)))
    decision = client.get(url("person", case), {"hvorfor": "enhet"}).context["responsible"].decision
    assert [reason.rule for reason in decision.reasons if reason.rule.startswith("unit-")]


def test_a_why_beside_the_name_opens_what_it_asks_about(enter, counsellor, case):
    known(case)
    client = enter(counsellor)
    closed = client.get(url("person", case)).content.decode()
    assert {'href="?hvorfor=enhet#ansvar"', 'href="?hvorfor=status#status"'} <= set(re.findall(r'href="[^"]+"', closed))
    assert not re.search(r"<details[^>]* open", closed)
    for asked in ("enhet", "status"):
        page = client.get(url("person", case), {"hvorfor": asked}).content.decode()
        assert len(re.findall(r"<details[^>]* open", page)) == 1


def test_the_two_end_dates_are_told_apart(enter, admin, counsellor, case):
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor, youth_id=case.youth_id, on=make.TODAY, channel="call", result="answered",
            answered_by="youth",
        )  # fmt: skip
    enter(counsellor).post(
        url("set_status", case),
        {"code": "OTAR", "on": "2026-11-23", "basis": "contact", "version": _version(case)},
    )
    page = text_of(enter(counsellor).get(url("person", case)))
    assert "31. des. 2032" in page
    assert "31. juli 2033" in page


def _version(case) -> int:
    with acting_as(make.system()):
        case.refresh_from_db()
    return case.version


@pytest.mark.parametrize(
    ("role", "at_own_unit", "sees", "does_not_see"),
    [
        (Role.COUNSELLOR, True, {"Journal", "Skolehistorikk", "Ringte – ikke svar", "40 00 00 01"}, {"Meld til UDA"}),
        (Role.UNIT_LEADER, True, {"vises ikke for rollen din"}, {"Ringte – ikke svar", "Sett status", "40 00 00 01"}),
        (Role.EDUCATION_ADMIN, False, {"Bestem en annen enhet", "Skolehistorikk"}, {">Journal"}),
        (Role.PROTECTED_HANDLER, False, {"Prøveveien 1"}, {"Ringte – ikke svar", "40 00 00 01", "Skolehistorikk"}),
    ],
)
def test_each_role_sees_its_part_and_is_offered_what_it_may_do(
    enter, school, case, role, at_own_unit, sees, does_not_see
):
    known(case)
    actor = make.actor(role, school if at_own_unit else make.education_admin())
    page = text_of(enter(actor).get(url("person", case)))
    assert {text for text in sees if text not in page} == set()
    assert {text for text in does_not_see if text in page} == set()


def test_another_schools_counsellor_does_not_find_the_youth(enter, other_school, case):
    client = enter(make.actor(Role.COUNSELLOR, other_school))
    for name in (*TABS, "register_contact", "set_status", "edit_identity"):
        assert client.get(url(name, case)).status_code == 404


@pytest.mark.parametrize("role", [Role.COUNTY_LEADER, Role.SYSTEM_ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_roles_without_youths_are_stopped(enter, case, role):
    assert enter(make.actor(role, make.education_admin())).get(url("person", case)).status_code == 403


def test_without_login_one_is_led_to_the_login_page(client, case):
    assert client.get(url("person", case)).status_code == 302


def test_nav_asked_about_a_name_sees_the_name_and_answers(enter, case):
    # Given a Nav office asked about the youth
    office = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
    make.grant(case.youth, office, Topic.IDENTITY, Topic.LIST_ROW, Topic.FEEDBACK)
    # When its adviser opens the youth
    page = text_of(enter(make.actor(Role.NAV_RESPONSIBLE, office)).get(url("person", case)))
    # Then there is the name and the way to answer, and nothing of the case
    assert "Amina Prøvesen" in page
    assert "Svar til UDA" in page
    assert "Dere har ikke meldt noe ennå." in page
    for hidden in ("Ukjent aktivitet", "Prøve videregående skole", "Historikk", "Hører til tjenesten"):
        assert hidden not in page


def test_tabs_with_nothing_for_the_role_are_not_there(enter, school, case):
    client = enter(make.actor(Role.UNIT_LEADER, school))
    found = {name: client.get(url(name, case)).status_code for name in TABS}
    assert found == {"person": 200, "school_history": 404, "journal": 404, "history": 200, "who_sees": 200}


def test_no_name_stands_in_a_title_or_an_address(enter, counsellor, school):
    case = make.case(school, first_name="Unik", last_name="Hemmeligsen")
    client = enter(counsellor)
    for name in (*TABS, "register_contact", "set_status", "correct_status", "mark_mistake", "edit_identity"):
        page = text_of(client.get(url(name, case)))
        title = re.search(r"<title>(.*?)</title>", page)
        addresses = re.findall(r'(?:href|action|hx-post|hx-get)="([^"]*)"', page)
        assert title is not None
        told = [text for text in [title[1], *addresses] if "unik" in text.lower() or "hemmelig" in text.lower()]
        assert told == []


def test_opening_each_tab_is_logged_with_its_screen(enter, counsellor, case, monkeypatch):
    seen = []
    monkeypatch.setattr(screens.audit, "record_read", lambda **given: seen.append((given["screen"], given["about"])))
    client = enter(counsellor)
    for name in TABS:
        client.get(url(name, case))
    assert seen == [(f"casework:{name}", case.youth_id) for name in TABS]


def test_guardians_are_shown_until_eighteen(enter, counsellor, school):
    child = make.case(school, born=date(2010, 1, 1))
    grown = make.case(school, born=date(2006, 1, 1))
    for each in (child, grown):
        known(each)
    client = enter(counsellor)
    assert "Fatma Prøve" in text_of(client.get(url("person", child)))
    assert "Fatma Prøve" not in text_of(client.get(url("person", grown)))


class TestProtected:
    """Where a protected youth is, stands nowhere for those who do not handle them."""

    @pytest.fixture
    def hidden(self, school):
        case = make.case(school, last_name="Skjult", protection=Protection.CONFIDENTIAL)
        known(case, is_protected=True)
        return case

    @pytest.mark.parametrize("tab", TABS)
    def test_the_coordination_is_told_that_but_not_where(self, enter, admin, hidden, tab):
        page = text_of(enter(admin).get(url(tab, hidden)))
        for place in ("Prøve videregående skole", "Prøveveien", "Gamle Prøve skole"):
            assert place not in page
        if tab == "person":
            assert "Fortrolig." in page
            assert "40 00 00 01" in page

    def test_the_named_handler_is_told(self, enter, hidden):
        page = text_of(enter(make.actor(Role.PROTECTED_HANDLER, make.education_admin())).get(url("person", hidden)))
        assert "Prøve videregående skole" in page
        assert "Prøveveien 1" in page

    def test_the_unit_itself_is_named_but_no_address_and_no_other_school(self, enter, counsellor, hidden):
        client = enter(counsellor)
        page = text_of(client.get(url("person", hidden)))
        assert "Prøve videregående skole" in page
        assert "Prøveveien" not in page
        assert "Gamle Prøve skole" not in text_of(client.get(url("school_history", hidden)))

    def test_a_shielded_youths_address_is_held_back_too(self, enter, admin, school):
        case = make.case(school, protection=Protection.SHIELDED)
        known(case)
        assert "Prøveveien" not in text_of(enter(admin).get(url("person", case)))

    def test_the_district_asked_is_not_named(self, enter, admin, district, hidden):
        make.grant(hidden.youth, district, Topic.IDENTITY, Topic.LIST_ROW)
        page = text_of(enter(admin).get(url("who_sees", hidden)))
        assert "OT-kontakt i bydel" in page
        assert "Bydel Prøve" not in page


def test_who_sees_what_tells_the_grounds_in_plain_words(enter, admin, district, case):
    make.grant(case.youth, district, Topic.IDENTITY, Topic.LIST_ROW)
    page = text_of(enter(admin).get(url("who_sees", case)))
    for told in ("Enheten har ansvaret for ungdommen", "Samordner oppfølgingstjenesten i fylket", "Bydel Prøve"):
        assert told in page
    assert "står på enhetens OTUK-liste" in page
    assert "23. nov. 2026" in page


def test_the_timeline_is_narrowed_and_paged(enter, counsellor, case):
    with acting_as(counsellor):
        for day in range(1, 32):
            contacts.register_attempt(
                actor=counsellor, youth_id=case.youth_id, on=date(2026, 10, day), channel="sms", result="sent"
            )
    client = enter(counsellor)
    everything = client.get(url("person", case))
    assert (len(everything.context["entries"]), everything.context["older"]) == (30, 30)
    assert len(client.get(url("person", case), {"fra": "30"}).context["entries"]) == 4
    narrowed = client.get(url("person", case), {"vis": "ansvar"}).context["entries"]
    assert [entry.title for entry in narrowed] == ["Ansvarlig enhet: Prøve videregående skole"]
    for nonsense in ({"vis": "alt mulig"}, {"fra": "-3"}, {"fra": "²"}, {"fra": "999999999999"}):
        assert client.get(url("person", case), nonsense).status_code == 200


def test_the_history_keeps_what_was_withdrawn_and_corrected(enter, counsellor, case):
    with acting_as(counsellor):
        made = contacts.register_attempt(
            actor=counsellor, youth_id=case.youth_id, on=make.TODAY, channel="sms", result="sent"
        )
        contacts.withdraw_attempt(actor=counsellor, attempt_id=made.attempt.pk)
        note = journal.write_note(actor=counsellor, youth_id=case.youth_id, text="Feil tekst")
        journal.correct_note(actor=counsellor, note_id=note.pk, text="Riktig tekst")
    page = text_of(enter(counsellor).get(url("history", case)))
    assert "<s>SMS: Sendt, ikke besvart</s>" in page
    assert counsellor.name in page
    with acting_as(counsellor):
        assert ContactAttempt.objects.get().superseded_at is not None


def test_the_person_page_costs_the_same_however_much_has_happened(enter, counsellor, case):
    known(case)
    client = enter(counsellor)

    def cost() -> int:
        client.get(url("person", case))
        with CaptureQueriesContext(connection) as captured:
            client.get(url("person", case))
        return sum(not FRAME.match(query["sql"]) for query in captured)

    before = cost()
    with acting_as(counsellor):
        for day in range(1, 20):
            contacts.register_attempt(
                actor=counsellor, youth_id=case.youth_id, on=date(2026, 10, day), channel="sms", result="sent"
            )
            journal.write_note(actor=counsellor, youth_id=case.youth_id, text="Notat", written_on=date(2026, 10, day))
    assert cost() == before
    assert before <= 32
