"""One youth for one hour, with a reason, told to those who answer for it."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from fotfeste.access.models import User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.access.services import grants
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import JournalNote
from fotfeste.consent.models import EmergencyOpening
from fotfeste.consent.services import emergencies
from fotfeste.kernel import clock, formats, opaque
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.organisations.models import Unit
from fotfeste.people.models import Youth
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db
WHY = "Ungdommen sa i telefonen at livet ikke er verdt å leve."


@pytest.fixture
def case():
    return make.case(make.unit(name="Ansvarlig skole"))


@pytest.fixture
def school():
    return make.unit(name="Åpnerens skole")


@pytest.fixture
def opener(school):
    return make.actor(Role.COUNSELLOR, school)


def open_now(actor, number, reason=WHY):
    with acting_as(actor):
        return emergencies.open_in_emergency(actor=actor, national_id=number, reason=reason)


def sees(actor, model=Youth):
    with acting_as(actor):
        return model.objects.exists()


def test_it_opens_one_youth_to_one_person_for_one_hour(case, opener, school):
    other = make.case(make.unit())
    now = clock.now()
    with clock.frozen(now):
        assert open_now(opener, case.youth.national_id) is not None
        assert sees(opener)
    with acting_as(opener):
        assert list(Youth.objects.values_list("pk", flat=True)) == [case.youth_id] != [other.youth_id]
    assert not sees(make.actor(Role.COUNSELLOR, school))
    with acting_as(make.system()):
        EmergencyOpening.objects.get()
    with connection.cursor() as cursor, acting_as(make.system()):
        cursor.execute("UPDATE access_grant SET closes_at = now() - interval '1 second'")
    assert not sees(opener)


def test_working_the_grants_out_again_changes_nothing_while_it_lasts_nor_after(case, opener):
    opening = open_now(opener, case.youth.national_id)
    for moment in (opening.opened_at, opening.closes_at + timedelta(seconds=1)):
        with clock.frozen(moment), acting_as(make.system()):
            assert grants.reconcile(on=clock.today()) == (0, 0)


def test_without_a_reason_or_the_role_nothing_opens(case, opener):
    with pytest.raises(Invalid, match="hva faren er"):
        open_now(opener, case.youth.national_id, reason="haster")
    leader = make.actor(Role.UNIT_LEADER, make.unit())
    with pytest.raises(NotAllowed):
        open_now(leader, case.youth.national_id)
    assert not sees(opener)


def test_a_number_nobody_has_opens_nothing_and_is_logged(opener):
    assert open_now(opener, "13811099999") is None
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        entry = AuditEntry.objects.get(verb="emergency.opened")
    assert entry.details == {"opening": None, "found": False}


def test_a_youth_of_another_county_is_not_reached(opener):
    far = make.case(make.unit(county_id=46))
    assert open_now(opener, far.youth.national_id) is None


def test_the_leader_and_the_privacy_officer_are_told_without_a_word_about_the_youth(
    case, opener, school, django_capture_on_commit_callbacks
):
    # Given a leader and a privacy officer with addresses, and a leader elsewhere
    leader = make.actor(Role.UNIT_LEADER, school)
    officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin())
    stranger = make.actor(Role.UNIT_LEADER, make.unit())
    for actor, address in ((leader, "leder@example.no"), (officer, "ombud@example.no"), (stranger, "x@example.no")):
        User.objects.filter(pk=actor.user_id).update(email=address)
    # When somebody at the school opens
    with django_capture_on_commit_callbacks(execute=True):
        open_now(opener, case.youth.national_id)
    # Then the two are written to, and both find who and why
    [sent] = mail.outbox
    assert set(sent.to) == {"leder@example.no", "ombud@example.no"}
    for word in (case.youth.first_name, case.youth.last_name, case.youth.national_id, WHY, "skole"):
        assert word not in sent.subject + sent.body
    for actor in (leader, officer):
        with acting_as(actor):
            assert EmergencyOpening.objects.get().reason == WHY
    assert not sees(stranger, EmergencyOpening)
    assert not sees(leader)


@pytest.fixture
def of_two(school):
    """One who is counsellor at two schools, with a leader and an address at each."""
    second = make.unit(name="Andre skolen")
    person = make.user("To Steder")
    for each in (school, second):
        make.assign(person, Role.COUNSELLOR, each)
        leader = make.actor(Role.UNIT_LEADER, each)
        User.objects.filter(pk=leader.user_id).update(email=f"leder-{each.pk}@example.no")
    return actor_for(user_id=person.pk, on=clock.today()), second


def test_one_with_two_roles_says_from_which_unit_and_its_leader_answers(
    case, of_two, school, django_capture_on_commit_callbacks
):
    # Given the page of somebody who may open from two units
    actor, second = of_two
    browser, path = browser_of(actor), reverse("consent:open_in_emergency")
    page = browser.get(path).content.decode()
    assert "Hvilken enhet åpner du fra?" in page
    assert school.name in page
    # When nothing is chosen, then the second one
    written = {"national_id": case.youth.national_id, "reason": WHY}
    assert browser.post(path, written).status_code == 422
    assert not sees(actor)
    with django_capture_on_commit_callbacks(execute=True):
        opened = browser.post(path, {**written, "unit": opaque.encode(second.pk)}, follow=True)
    # Then it is booked there, which the person is told, and the leader there alone is written to
    with acting_as(make.system()):
        assert EmergencyOpening.objects.get().opened_at_unit_id == second.pk
    assert "Åpnet i én time fra Andre skolen." in opened.content.decode()
    assert [sent.to for sent in mail.outbox] == [[f"leder-{second.pk}@example.no"]]


def test_nobody_opens_from_a_unit_where_they_hold_no_such_role(case, of_two, opener):
    actor, second = of_two
    for who, unit_id in ((actor, None), (opener, second.pk), (actor, case.unit_id)):
        with acting_as(who), pytest.raises((Invalid, NotAllowed)):
            emergencies.open_in_emergency(actor=who, national_id=case.youth.national_id, reason=WHY, unit_id=unit_id)
        assert not sees(who)
    assert "Hvilken enhet" not in browser_of(opener).get(reverse("consent:open_in_emergency")).content.decode()


def test_those_who_answer_note_that_they_have_looked_once(case, opener, school):
    opening = open_now(opener, case.youth.national_id)
    leader = make.actor(Role.UNIT_LEADER, school)
    with acting_as(opener), pytest.raises(NotAllowed):
        emergencies.look_at(actor=opener, opening_id=opening.pk)
    with acting_as(leader):
        emergencies.look_at(actor=leader, opening_id=opening.pk)
        with pytest.raises(EditConflict, match="Noen har alt sett"):
            emergencies.look_at(actor=leader, opening_id=opening.pk)


def test_the_reason_cannot_be_changed_afterwards(case, opener, school):
    open_now(opener, case.youth.national_id)
    leader = make.actor(Role.UNIT_LEADER, school)
    with acting_as(leader), pytest.raises(DatabaseError), transaction.atomic():
        EmergencyOpening.objects.update(reason="noe annet")


def test_it_lets_one_read_the_journal_and_stands_in_the_log(case, opener):
    with acting_as(make.system()):
        JournalNote.objects.create(
            youth=case.youth, text="x", written_on=make.TODAY, written_by_id=opener.user_id, recorded_at=clock.now()
        )
    open_now(opener, case.youth.national_id)
    assert sees(opener, JournalNote)
    with acting_as(make.system()):
        opening = EmergencyOpening.objects.get()
    assert opening.closes_at - opening.opened_at == timedelta(hours=1)


def test_the_page_says_when_it_closes_to_the_one_who_opened_it_and_to_nobody_else(case, opener):
    with clock.frozen(clock.now()):
        opening = open_now(opener, case.youth.national_id)
        page = reverse("casework:person", kwargs={"youth_id": case.youth_id})
        said = f"Stenges {formats.moment(opening.closes_at)}."
        assert said in browser_of(opener).get(page).content.decode()
        responsible = make.actor(Role.COUNSELLOR, Unit.objects.get(pk=case.unit_id))
        assert "Stenges" not in browser_of(responsible).get(page).content.decode()


def test_who_sees_what_names_the_one_it_is_open_to_and_until_when(case, opener):
    opening = open_now(opener, case.youth.national_id)
    responsible = make.actor(Role.COUNSELLOR, Unit.objects.get(pk=case.unit_id))
    page = reverse("casework:who_sees", kwargs={"youth_id": case.youth_id})
    said = browser_of(responsible).get(page).content.decode()
    row = said[said.index(opener.name) :].partition("</tr>")[0]
    for told in ("bare denne personen", "Åpnet i nødstilfelle", formats.moment(opening.closes_at)):
        assert told in row
