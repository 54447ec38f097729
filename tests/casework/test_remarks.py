"""When the service does not correct what a youth asked for, the youth's own remark stands with the case."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Remark
from fotfeste.casework.services.remarks import keep_remark
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.oversight.person_papers import papers
from fotfeste.oversight.services.person_copies import copy_person
from tests import factories as make

pytestmark = pytest.mark.django_db

ASKED = "Jeg var ikke uten plass i oktober"
ANSWER = "Skolen meldte at plassen var ledig"
TOLD = {"about": "status", "asked": ASKED, "asked_by": "youth", "asked_on": make.TODAY, "answer": ANSWER}


@pytest.fixture(autouse=True)
def the_day():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def youth(school):
    return make.case(school).youth


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Prøve")


def _keep(actor, youth, **changed):
    with acting_as(actor):
        return keep_remark(actor=actor, youth_id=youth.pk, **{**TOLD, **changed})


def _enter(client, actor):
    session = client.session
    session["user_id"] = actor.user_id
    session.save()
    return client


def test_it_is_written_down_on_a_form_and_stands_on_the_page_and_in_the_history(client, counsellor, youth):
    browser, path = _enter(client, counsellor), f"/ungdom/{opaque.encode(youth.pk)}/"
    sent = browser.post(f"{path}merknad/", {**TOLD, "asked_on": make.TODAY.isoformat()}, follow=True)
    assert sent.status_code == 200
    for page in (sent, browser.get(path), browser.get(f"{path}historikk/")):
        told = page.content.decode()
        assert [part for part in (ASKED, ANSWER, "Kari Prøve", "Status eller tilmelding") if part not in told] == []


def test_it_is_in_the_copy_to_the_person(counsellor, youth):
    _keep(counsellor, youth)
    officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin())
    with acting_as(officer):
        text = papers(copy_person(actor=officer, national_id=youth.national_id))["opplysninger.html"].decode()
    assert ASKED in text
    assert ANSWER in text


def test_only_who_may_correct_keeps_one(school, youth):
    for role in (Role.UNIT_LEADER, Role.NAV_RESPONSIBLE, Role.COUNTY_LEADER, Role.PRIVACY_OFFICER):
        with pytest.raises((NotAllowed, Invalid)):
            _keep(make.actor(role, school), youth)
    with pytest.raises(Invalid):
        _keep(make.actor(Role.COUNSELLOR, make.unit()), youth)
    with acting_as(make.system()):
        assert not Remark.objects.exists()


@pytest.mark.parametrize(
    "changed",
    [{"asked": "nei"}, {"answer": " "}, {"about": "x"}, {"asked_by": ""}, {"asked_on": make.TODAY + timedelta(1)}],
)
def test_what_was_asked_the_answer_and_the_day_are_needed(changed, counsellor, youth):
    with pytest.raises(Invalid):
        _keep(counsellor, youth, **changed)


def test_it_is_never_changed_or_taken_away(counsellor, youth):
    remark = _keep(counsellor, youth)
    with acting_as(counsellor), pytest.raises(DatabaseError), transaction.atomic():
        Remark.objects.filter(pk=remark.pk).update(asked="noe annet enn det som stod")
    with acting_as(counsellor), pytest.raises(DatabaseError), transaction.atomic():
        Remark.objects.filter(pk=remark.pk)._raw_delete("default")


def test_the_log_says_that_it_was_kept_and_not_what_it_says(counsellor, youth):
    remark = _keep(counsellor, youth)
    officer = make.actor(Role.PRIVACY_OFFICER, make.education_admin())
    with acting_as(officer):
        entry = AuditEntry.objects.get(verb="remark.kept")
    assert (entry.youth_id, entry.details) == (youth.pk, {"remark": remark.pk, "about": "status"})
