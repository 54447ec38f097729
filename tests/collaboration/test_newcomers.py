"""Word of somebody the sender cannot look up: taken in by the receiver, and telling the sender nothing of the rest."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.collaboration.enums import NewcomerState
from fotfeste.collaboration.jobs import forget_newcomers
from fotfeste.collaboration.models import NewcomerNotice, Record
from fotfeste.collaboration.selectors.newcomers import waiting_for
from fotfeste.collaboration.services import newcomers, taking_in
from fotfeste.collaboration.services.newcomers import Person
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import ContactDetail, DuplicatePair, Youth
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
        send(adviser, district, {"what": "left"})
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


def test_a_youth_who_was_never_offered_is_not_the_one_a_notice_is_about(school, counsellor, nav_responsible):
    notice = send(nav_responsible, school, {"why": ["wants_school"]}, agreed_on=make.TODAY)
    browser, page = browser_of(counsellor), reverse("collaboration:answer_newcomer", kwargs={"notice_id": notice.pk})
    stranger = make.youth(school)
    for forged in ("a", "a" * 26, "a" * 52, "-1"):
        assert browser.post(page, {"answer": "taken", "who": forged}).status_code == 404
    browser.post(page, {"answer": "taken", "who": opaque.encode(stranger.pk)})
    assert state_of(counsellor, notice)[0] is NewcomerState.WAITING
