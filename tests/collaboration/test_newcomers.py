"""Word of somebody the sender cannot look up: taken in by the receiver, and telling the sender nothing of the rest."""

import json
from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import MembershipDecision, Registration
from fotfeste.collaboration.enums import NewcomerState
from fotfeste.collaboration.jobs import forget_newcomers
from fotfeste.collaboration.models import NewcomerNotice, Record
from fotfeste.collaboration.selectors.newcomers import unanswered_for, waiting_for
from fotfeste.collaboration.services import newcomers, taking_in
from fotfeste.collaboration.services.newcomers import Person
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import ContactDetail, DuplicatePair, Enrolment, Youth
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_routine_engine import steps

pytestmark = pytest.mark.django_db

BORN = date(2008, 5, 14)
WHO = Person("Synne", "Prøvesen", BORN, "412 34 567")


@pytest.fixture
def school(school):
    with acting_as(make.system()):
        type(school).objects.filter(pk=school.pk).update(takes_responsibility=True)
    school.refresh_from_db()
    return school


def send(actor, to, said, person=WHO, agreed_on=None):
    with acting_as(actor):
        return newcomers.send_notice(
            actor=actor,
            person=person,
            to_unit_id=to.pk,
            on=make.TODAY,
            said=said,
            told_on=make.TODAY,
            agreed_on=agreed_on,
        )


def take(actor, notice, **given):
    with acting_as(actor):
        return taking_in.take_in(actor=actor, notice_id=notice.pk, **given)


def state_of(actor, notice):
    with acting_as(actor):
        found = NewcomerNotice.objects.get(pk=notice.pk)
        return NewcomerState(found.state), found.answer_text


@pytest.mark.proves("rut-nav-learns-first-s01", "rut-nav-learns-first-s02")
def test_nav_tells_the_school_of_somebody_new_who_becomes_a_youth_when_the_school_takes_them_in(
    school, counsellor, nav, nav_responsible
):
    page, notices = reverse("collaboration:send_newcomer"), reverse("collaboration:notices")
    browser = browser_of(nav_responsible)
    values = {
        "first_name": "Synne", "last_name": "Prøvesen", "born": "14.05.2008", "phone": "412 34 567", "on": "23.11.2026",
        "to_unit": opaque.encode(school.pk), "why": ["wants_school"], "told_on": "23.11.2026",
    }  # fmt: skip
    assert browser.post(page, values).status_code == 422
    assert browser.post(page, {**values, "agreed_on": "23.11.2026"}).status_code == 302
    shown = browser_of(counsellor).get(notices).content.decode()
    shown = shown.replace("\xa0", " ")
    assert [t for t in ("Synne", "41 23 45 67", "Ønsker å fullføre opplæring") if t not in shown] == []
    with acting_as(counsellor):
        (notice,) = waiting_for(unit_ids=[school.pk])
    sent = reverse("collaboration:answer_newcomer", kwargs={"notice_id": notice.pk})
    assert browser_of(counsellor).post(sent, {"answer": "taken", "version": 1}).status_code == 302
    # Then the school answers for a youth who can be called, and the routine goes on with it
    with acting_as(counsellor):
        youth = Youth.objects.get()
        assert (youth.first_name, youth.born, youth.unit_id) == ("Synne", BORN, school.pk)
        assert ContactDetail.objects.get().value == "+4741234567"
        assert Registration.objects.get().status_code == "OTUK"
        record = Record.objects.get()
        assert (record.kind, record.answer, record.by_unit_id) == ("nav-referral", "received", nav.pk)
    with acting_as(make.system()):
        case = Registration.objects.get()
    assert {each for each in steps(case) if each.startswith("nav-learns-first")} == {"nav-learns-first-s02"}
    # And Nav sees that it was taken, and nothing of the youth
    with acting_as(nav_responsible):
        assert not Youth.objects.exists()
    shown = browser_of(nav_responsible).get(notices).content.decode()
    assert "Tatt imot" in shown
    assert reverse("casework:person", kwargs={"youth_id": youth.pk}) not in shown
    assert school.name in shown


@pytest.mark.proves("amb-39", "rut-apprentice-leaves-s01", "rut-vo-s03")
def test_whoever_tells_is_answered_the_same_whether_the_person_is_known_or_protected(
    school, counsellor, district, district_contact
):
    department = make.unit(UnitKind.APPRENTICESHIP_DEPARTMENT, name="Fagopplæring Prøve")
    adviser = make.actor(Role.APPRENTICESHIP_ADVISER, department)
    hidden = make.case(school, first_name="Synne", last_name="Prøvesen", born=BORN, protection="strictly_confidential")
    own = make.case(district, first_name="Ali", last_name="Prøvesen", born=BORN)
    left = {"what": "left", "left_on": "2026-11-01", "without_offer": "yes"}
    with pytest.raises(Invalid, match="Dato for avbrudd"):
        send(adviser, district, {"what": "left", "without_offer": "yes"})
    known = send(adviser, district, left, person=Person("ALI", "Prøvesen", BORN))
    unseen = send(adviser, district, left)
    fresh = send(adviser, district, {"what": "at_risk"}, person=Person("Mona", "Testesen", BORN))
    shown = browser_of(district_contact).get(reverse("collaboration:notices")).content.decode()
    assert shown.count("Er det den samme?") == 1
    with pytest.raises(Invalid, match="Velg den"):
        take(district_contact, known, same_as=hidden.youth_id)
    # When one is known to the district, one is somebody it may not see, and one is new
    assert take(district_contact, known, same_as=own.youth_id).youth_id == own.youth_id
    made = take(district_contact, unseen)
    new = take(district_contact, fresh)
    assert {state_of(adviser, each) for each in (known, unseen, fresh)} == {(NewcomerState.TAKEN, "")}
    with acting_as(make.system()):
        assert made.youth_id != hidden.youth_id
        pair = DuplicatePair.objects.get()
        assert {pair.first_id, pair.second_id} == {made.youth_id, hidden.youth_id}
        case = Registration.objects.get(youth_id=made.youth_id)
        assert (case.reason, case.is_preventive) == ("quit_apprenticeship", False)
        assert Registration.objects.get(youth_id=new.youth_id).is_preventive
    assert {"apprentice-leaves-s02", "apprentice-leaves-s03"} <= set(steps(own))
    for actor in (adviser, district_contact):
        with acting_as(actor):
            assert not Youth.objects.filter(pk=hidden.youth_id).exists()


def test_a_notice_is_declined_for_a_reason_or_taken_back_and_its_names_are_forgotten(
    school, counsellor, nav, nav_responsible, district, district_contact
):
    stranger = make.actor(Role.NAV_ADVISER, make.unit(UnitKind.NAV_OFFICE, name="Nav Annen"))
    why = {"why": ["outside"]}
    with pytest.raises(Invalid, match="taushetsplikt"):
        send(nav_responsible, school, why)
    with pytest.raises(Invalid, match="annen slags enhet"):
        send(counsellor, district, why)
    declined = send(nav_responsible, school, why, agreed_on=make.TODAY)
    back = send(nav_responsible, district, why, agreed_on=make.TODAY)
    for actor in (stranger, district_contact):
        with acting_as(actor), pytest.raises((Invalid, NotAllowed)):
            taking_in.decline(actor=actor, notice_id=declined.pk, text="Nei")
    with acting_as(stranger):
        assert not NewcomerNotice.objects.exists()
    with acting_as(counsellor):
        with pytest.raises(Invalid, match="hvorfor"):
            taking_in.decline(actor=counsellor, notice_id=declined.pk, text=" ")
        taking_in.decline(actor=counsellor, notice_id=declined.pk, text="Bor i en annen bydel", version=1)
    with acting_as(nav_responsible):
        newcomers.revoke_notice(actor=nav_responsible, notice_id=back.pk, version=1)
    with pytest.raises(EditConflict):
        take(district_contact, back)
    assert state_of(nav_responsible, declined) == (NewcomerState.DECLINED, "Bor i en annen bydel")
    with acting_as(make.system()):
        assert not Youth.objects.exists()
    for days, names in ((30, {"Synne"}), (31, {""}), (31, {""})):
        with clock.frozen(make.TODAY + timedelta(days)):
            forget_newcomers()
        with acting_as(nav_responsible):
            assert set(NewcomerNotice.objects.values_list("first_name", flat=True)) == names


def test_what_nobody_answers_is_told_the_leader_then_the_administration_and_at_last_forgotten(
    school, counsellor, nav, nav_responsible, admin
):
    leader = make.actor(Role.UNIT_LEADER, school)
    other = make.actor(Role.UNIT_LEADER, make.unit(name="En annen skole"))
    notice = send(nav_responsible, school, {"why": ["outside"]}, agreed_on=make.TODAY)

    def told(actor, days):
        with clock.frozen(notice.due_on + timedelta(days)):
            browser = browser_of(actor)
            return "#unanswered" in browser.get("/").content.decode(), browser.get(
                reverse("collaboration:notices")
            ).content.decode()

    assert [told(leader, days)[0] for days in (0, 1)] == [False, True]
    assert not told(other, 1)[0]
    with clock.frozen(notice.due_on + timedelta(7)), acting_as(admin):
        assert unanswered_for(actor=admin, today=clock.today()) == []
    with clock.frozen(notice.due_on + timedelta(8)), acting_as(admin):
        assert len(unanswered_for(actor=admin, today=clock.today())) == 1
    # Neither is told who it is about
    for actor in (leader, admin):
        shown = told(actor, 8)[1]
        assert ("Ikke besvart i tide" in shown, "Synne" in shown) == (True, False)
    assert "Ikke besvart i tide" not in told(counsellor, 8)[1]
    # Two months past its day it is closed, and a month after that the name is gone
    for days, stands in ((60, (NewcomerState.WAITING, "Synne")), (61, (NewcomerState.LAPSED, "Synne"))):
        with clock.frozen(notice.due_on + timedelta(days)):
            forget_newcomers()
        with acting_as(nav_responsible):
            found = NewcomerNotice.objects.get()
            assert (found.state, found.first_name) == stands
    with clock.frozen(notice.due_on + timedelta(92)):
        for _time in range(2):
            forget_newcomers()
    with acting_as(nav_responsible):
        assert NewcomerNotice.objects.get().first_name == ""


def test_whoever_is_shown_who_a_notice_is_about_is_logged_with_the_ground(school, counsellor, nav, nav_responsible):
    notice = send(nav_responsible, school, {"why": ["outside"]}, agreed_on=make.TODAY)
    for actor in (counsellor, nav_responsible):
        browser_of(actor).get(reverse("collaboration:notices"))
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        rows = AuditEntry.objects.filter(verb__in=["newcomer.read", "newcomer.own_read"]).order_by("pk")
        told = [(row.user_id, row.verb, row.ground, row.details) for row in rows]
    assert told == [
        (counsellor.user_id, "newcomer.read", "notice", {"notices": [notice.pk]}),
        (nav_responsible.user_id, "newcomer.own_read", "", {"notices": [notice.pk]}),
    ]


@pytest.mark.proves("rut-vo-vov", "rut-vo-yrkesfag", "rut-vo-fov", "amb-04")
def test_the_course_a_participant_left_decides_whether_the_service_covers_them(district, district_contact):
    centre = make.unit(UnitKind.ADULT_EDUCATION, name="Voksenopplæring Prøve")
    adviser = make.actor(Role.ADULT_EDUCATION_ADVISER, centre)
    said = {"left_on": "2026-11-02", "how": "met"}
    with pytest.raises(Invalid, match="Hva deltakeren gikk på"):
        send(adviser, district, said)
    with pytest.raises(Invalid, match="fram i tid"):
        send(adviser, district, {**said, "programme": "vo_vov", "left_on": "2026-12-02"})
    judged = {}
    for programme in ("vo_vov", "vo_vocational", "vo_fov"):
        person = Person("Vera", programme, date(2004, 3, 9))
        made = take(district_contact, send(adviser, district, {**said, "programme": programme}, person=person))
        with acting_as(make.system()):
            enrolment = Enrolment.objects.get(youth_id=made.youth_id)
            assert (enrolment.kind, enrolment.school_id, enrolment.last_day) == (
                programme,
                centre.pk,
                date(2026, 11, 2),
            )
            decision = MembershipDecision.objects.get(youth_id=made.youth_id, is_current=True)
            told = json.dumps(decision.explanation.body, ensure_ascii=False)
            assert decision.statutory == "in_ot"
            judged[programme] = "har rett til videregående opplæring" in told
    # The preparatory course covers by the right to upper secondary, the others by having been left
    assert judged == {"vo_vov": False, "vo_vocational": False, "vo_fov": True}


def test_a_youth_who_was_never_offered_is_not_the_one_a_notice_is_about(school, counsellor, nav_responsible):
    notice = send(nav_responsible, school, {"why": ["wants_school"]}, agreed_on=make.TODAY)
    browser, page = browser_of(counsellor), reverse("collaboration:answer_newcomer", kwargs={"notice_id": notice.pk})
    stranger = make.youth(school)
    for forged in ("a", "a" * 26, "a" * 52, "-1"):
        assert browser.post(page, {"answer": "taken", "who": forged}).status_code == 404
    browser.post(page, {"answer": "taken", "who": opaque.encode(stranger.pk)})
    assert state_of(counsellor, notice)[0] is NewcomerState.WAITING
