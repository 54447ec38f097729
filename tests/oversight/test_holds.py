"""Nothing about a person is disposed of while a hold is in force; the privacy officer places and lifts it."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import opaque
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.oversight.models import LegalHold
from fotfeste.oversight.person_papers import papers
from fotfeste.oversight.selectors.holds import held_ids
from fotfeste.oversight.services.holds import lift_hold, place_hold
from fotfeste.oversight.services.person_copies import copy_person
from fotfeste.people.models import Youth
from tests import factories as make
from tests.oversight.conftest import text_of

pytestmark = pytest.mark.django_db

NUMBER = make.tenor_number(date(2008, 2, 3), 77)
WHY = "Klagen er ikke avgjort"


@pytest.fixture
def officer():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin(), name="Ombud Prøve")


@pytest.fixture
def youth():
    return make.case(make.unit(), last_name="Ekornstad", national_id=NUMBER).youth


def _place(officer, *, last_day=None, reason=WHY, number=NUMBER):
    with acting_as(officer):
        return place_hold(actor=officer, national_id=number, reason=reason, last_day=last_day)


def _held(youth, on=make.TODAY):
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))):
        return held_ids(county_id=youth.county_id, on=on)


def test_a_hold_is_in_force_until_it_is_lifted(officer, youth):
    hold = _place(officer)
    assert _held(youth, make.TODAY + timedelta(days=5000)) == {youth.pk}
    with acting_as(officer):
        lift_hold(actor=officer, hold_id=hold.pk, reason="Klagen er avgjort")
    assert _held(youth) == frozenset()


def test_a_hold_with_a_last_day_is_in_force_through_it(officer, youth):
    last = make.TODAY + timedelta(days=30)
    _place(officer, last_day=last)
    assert _held(youth, last) == {youth.pk}
    assert _held(youth, last + timedelta(days=1)) == frozenset()


def test_only_the_privacy_officer_places_and_lifts_it(officer, youth):
    hold = _place(officer)
    for role in set(Role) - {Role.PRIVACY_OFFICER}:
        actor = make.actor(role, make.education_admin())
        with acting_as(actor):
            with pytest.raises(NotAllowed):
                place_hold(actor=actor, national_id=NUMBER, reason=WHY, last_day=None)
            with pytest.raises(Invalid):
                lift_hold(actor=actor, hold_id=hold.pk, reason="Klagen er avgjort")
            assert not LegalHold.objects.exists()


def test_an_officer_of_another_county_sees_and_lifts_nothing(officer, youth):
    hold = _place(officer)
    other = make.actor(Role.PRIVACY_OFFICER, make.education_admin(32))
    with acting_as(other), pytest.raises(Invalid):
        lift_hold(actor=other, hold_id=hold.pk, reason="Klagen er avgjort")
    assert _place(other) is None


def test_the_database_lets_the_reason_and_the_youth_of_a_hold_stand(officer, youth):
    hold = _place(officer)
    for change in ({"reason": "noe annet"}, {"placed_by_id": officer.user_id}):
        with acting_as(officer), pytest.raises(DatabaseError), transaction.atomic():
            LegalHold.objects.filter(pk=hold.pk).update(**change)
    with acting_as(officer), pytest.raises(DatabaseError), transaction.atomic():
        LegalHold.objects.filter(pk=hold.pk)._raw_delete("default")


def test_lifting_twice_shows_who_was_first(officer, youth):
    hold = _place(officer)
    with acting_as(officer):
        lift_hold(actor=officer, hold_id=hold.pk, reason="Klagen er avgjort")
        with pytest.raises(EditConflict):
            lift_hold(actor=officer, hold_id=hold.pk, reason="Også avgjort nå")


@pytest.mark.parametrize(("reason", "last_day"), [("kort", None), (WHY, make.TODAY - timedelta(days=1))])
def test_a_reason_somebody_can_understand_and_a_day_to_come_are_needed(officer, youth, reason, last_day):
    with pytest.raises(Invalid):
        _place(officer, reason=reason, last_day=last_day)
    assert _held(youth) == frozenset()


def test_placing_and_lifting_is_logged_with_the_youth_and_without_the_reason(officer, youth):
    hold = _place(officer)
    with acting_as(officer):
        lift_hold(actor=officer, hold_id=hold.pk, reason="Klagen er avgjort")
        logged = list(AuditEntry.objects.filter(verb__startswith="hold.").order_by("pk"))
    assert [(each.verb, each.youth_id) for each in logged] == [("hold.placed", youth.pk), ("hold.lifted", youth.pk)]
    assert not any("Klagen" in str(each.details) for each in logged)


def test_asking_about_a_number_nobody_has_is_logged(officer):
    assert _place(officer) is None
    with acting_as(officer):
        assert AuditEntry.objects.get(verb="hold.placed").details == {"hold": None, "found": False}


def test_a_hold_follows_the_youth_to_another_county(officer, youth):
    # Given a youth on hold
    hold = _place(officer)
    make.county(32, "Akershus")
    other = make.unit(county_id=32)
    # When the youth moves to another county
    with acting_as(make.system(make.OSLO, 32)):
        Youth.objects.filter(pk=youth.pk).update(county_id=32, unit_id=other.pk)
    # Then the officer there has it, and the one before no longer
    there = make.actor(Role.PRIVACY_OFFICER, make.education_admin(32))
    with acting_as(there):
        assert LegalHold.objects.get().pk == hold.pk
    with acting_as(officer):
        assert not LegalHold.objects.exists()


def test_the_page_takes_the_number_names_nobody_and_lifts(enter, officer, youth):
    browser = enter(officer)
    sent = browser.post("/logg/vern/", {"national_id": NUMBER, "reason": WHY, "last_day": ""}, follow=True)
    assert sent.redirect_chain == [("/logg/vern/", 302)]
    page = text_of(sent)
    assert WHY in page
    assert f"?ungdom={opaque.encode(youth.pk)}" in page
    assert "Ekornstad" not in page
    assert NUMBER not in page
    with acting_as(officer):
        hold = LegalHold.objects.get()
    browser.post(f"/logg/vern/{opaque.encode(hold.pk)}/oppheve/", {"reason": "Klagen er avgjort"})
    assert WHY not in text_of(browser.get("/logg/vern/"))
    assert "Klagen er avgjort" in text_of(browser.get("/logg/vern/?vis=over"))


def test_only_the_privacy_officer_sees_the_page(enter):
    for role in Role:
        expected = 200 if role is Role.PRIVACY_OFFICER else 403
        assert enter(make.actor(role, make.education_admin())).get("/logg/vern/").status_code == expected


def test_a_hold_is_in_the_copy_to_the_person(officer, youth):
    _place(officer)
    with acting_as(officer):
        made = copy_person(actor=officer, national_id=NUMBER)
    assert WHY in papers(made)["opplysninger.html"].decode()
