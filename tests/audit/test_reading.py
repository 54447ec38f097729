"""What the log says of a reading: the very ground that opened it, and everybody a list showed."""

from datetime import date

import pytest
from django.db import connection

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.audit.models import AuditEntry
from fotfeste.audit.selectors import Kind, Wanted, entries_about, entries_of
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def district():
    return make.unit(UnitKind.DISTRICT)


@pytest.fixture
def officer():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin())


def _ground(actor, youth, topic=Topic.IDENTITY) -> str:
    with acting_as(actor), connection.cursor() as cursor:
        cursor.execute("SELECT access_ground(%s, %s, %s, %s)", [topic.value, youth.pk, youth.county_id, youth.unit_id])
        return cursor.fetchone()[0]


def test_the_nearest_ground_is_named(school, district):
    youth = make.youth(school)
    make.grant(youth, district, Topic.IDENTITY)
    grounds = {
        "own": _ground(make.actor(Role.COUNSELLOR, school), youth),
        "county": _ground(make.actor(Role.EDUCATION_ADMIN, make.education_admin()), youth),
        "asked": _ground(make.actor(Role.DISTRICT_CONTACT, district), youth),
        "job": _ground(make.system(), youth),
        "stranger": _ground(make.actor(Role.COUNSELLOR, make.unit()), youth),
    }
    assert grounds == {
        "own": "responsible_unit",
        "county": "county_coordination",
        "asked": "otuk_list",
        "job": "system",
        "stranger": "unknown",
    }


def test_the_ground_is_that_of_the_topic_shown_and_of_the_day(school, district):
    youth = make.youth(school)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    make.grant(youth, district, Topic.IDENTITY)
    make.grant(youth, district, Topic.STATUS, last_day=date(2026, 11, 22), first_day=date(2026, 11, 1))
    make.grant(youth, make.unit(UnitKind.DISTRICT), Topic.CONTACT)
    grounds = [_ground(contact, youth, topic) for topic in (Topic.IDENTITY, Topic.STATUS, Topic.CONTACT)]
    assert grounds == ["otuk_list", "unknown", "unknown"]


def test_a_list_is_one_entry_for_each_ground_and_is_found_for_each_youth(school, district, officer):
    # Given two youths of the district's own and one it is asked about
    own, also_own = make.youth(district), make.youth(district)
    asked = make.youth(school)
    make.grant(asked, district, Topic.IDENTITY)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    # When they are shown in one list
    with acting_as(contact):
        audit.record_listed(by=contact.user_id, youths=[asked.pk, also_own.pk, own.pk, own.pk], screen="lists:worklist")
    # Then
    with acting_as(officer):
        found = {entry.ground: entry.youth_ids for entry in AuditEntry.objects.filter(verb="listed")}
        mentions = {youth.pk: entries_about(youth.pk) for youth in (own, asked)}
        told = entries_of(mentions[asked.pk])
    assert found == {"responsible_unit": sorted([own.pk, also_own.pk]), "otuk_list": [asked.pk]}
    assert {len(each) for each in mentions.values()} == {1}
    assert [entry.ground for entry in told] == ["otuk_list"]


def test_an_empty_list_is_not_logged(school, officer):
    with acting_as(make.actor(Role.COUNSELLOR, school)) as counsellor:
        audit.record_listed(by=counsellor.user_id, youths=[], screen="lists:worklist")
    with acting_as(officer):
        assert not AuditEntry.objects.filter(verb="listed").exists()


def test_somebody_who_went_out_of_sight_while_shown_is_logged_all_the_same(school, officer):
    youth = make.youth(make.unit())
    counsellor = make.actor(Role.COUNSELLOR, school)
    with acting_as(counsellor):
        audit.record_read(by=counsellor.user_id, about=youth.pk, screen="casework:person")
        audit.record_listed(by=counsellor.user_id, youths=[youth.pk], screen="lists:worklist")
    with acting_as(officer):
        entries = entries_of(entries_about(youth.pk))
    assert [(entry.verb, entry.ground, entry.county_id) for entry in entries] == [
        ("listed", "unknown", make.OSLO),
        ("read", "unknown", make.OSLO),
    ]


def test_what_is_logged_about_a_youth_is_told_within_the_county_and_to_no_other_role(school):
    youth = make.youth(school)
    counsellor = make.actor(Role.COUNSELLOR, school)
    with acting_as(counsellor):
        audit.record_listed(by=counsellor.user_id, youths=[youth.pk], screen="lists:worklist")
    elsewhere = make.actor(Role.PRIVACY_OFFICER, make.education_admin(46))
    for actor in (counsellor, elsewhere, make.actor(Role.EDUCATION_ADMIN, make.education_admin()), make.system()):
        with acting_as(actor):
            assert entries_about(youth.pk) == []


def test_what_is_about_nobody_belongs_to_the_county_of_whoever_did_it(school, officer):
    with acting_as(make.actor(Role.COUNSELLOR, school)) as counsellor:
        audit.record("login", by=counsellor.user_id)
    with acting_as(make.system(3, 46)) as worker:
        audit.record("import.asked_for", by=worker.user_id)
    with acting_as(officer):
        assert list(AuditEntry.objects.values_list("verb", "county_id")) == [("login", make.OSLO)]


def test_readings_acts_and_refusals_are_told_apart(school, officer):
    youth = make.youth(school)
    with acting_as(make.actor(Role.COUNSELLOR, school)) as counsellor:
        audit.record_read(by=counsellor.user_id, about=youth.pk, screen="casework:person")
        audit.record("status.set", by=counsellor.user_id, about=youth.pk)
        audit.record_refusal(by=counsellor.user_id, ground="rule", screen="casework:person", about=youth.pk)
    with acting_as(officer):
        found = {kind: [each.verb for each in entries_about(youth.pk, Wanted(kind=kind))] for kind in Kind}
    assert found == {
        Kind.ALL: ["refused", "status.set", "read"],
        Kind.READINGS: ["read"],
        Kind.ACTS: ["status.set"],
        Kind.REFUSALS: ["refused"],
    }
