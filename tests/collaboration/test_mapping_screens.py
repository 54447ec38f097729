"""The tab «Kartlegging»: pre-filled, warned of what looks sensitive, with who is around as a picture and a table."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Ground, Topic
from fotfeste.collaboration.enums import ActorBody, ActorPart
from fotfeste.collaboration.models import ActorMap, Mapping
from fotfeste.collaboration.services.actors import Marked, mark_actors
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db

FILLED = {
    "situation": "Sluttet i høst.",
    "needs": "En voksen som ringer.",
    "goal": "Jeg vil bli tømrer.\nJeg vil ha egen leilighet.",
    "wants_school": "yes",
    "has_contact": "yes",
    "consent_asked": "yes",
    "talked": "yes",
    "next_step": "ask_consent",
    "housing_state": "support",
}


def address(name, case, **more):
    return reverse(f"collaboration:{name}", kwargs={"youth_id": case.youth_id, **more})


def seen(page):
    """Return everything the form on a page carries, as a browser would send it."""
    form = page.context["form"]
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False}


@pytest.mark.proves("map-actors", "map-housing", "rut-rule-actors")
def test_a_counsellor_writes_the_mapping_goes_through_the_map_and_a_partner_reads_what_is_shared(
    counsellor, school, case, nav
):
    browser, form = browser_of(counsellor), address("write_mapping", case)
    shown = browser.get(form)
    assert school.name in shown.content.decode()
    warned = browser.post(form, {**seen(shown), **FILLED, "needs": "Har angst."})
    assert warned.status_code == 200, warned.context["form"].errors
    told = warned.content.decode()
    assert "«angst» kan handle om helse" in told
    assert 'href="#id_needs">Behov</a>' in told
    with acting_as(counsellor):
        assert not Mapping.objects.exists()
    # Saving once more is a choice, and is not stopped.
    saved = browser.post(form, {**seen(warned), "seen_warning": warned.context["again"].told})
    assert saved.url == address("mark_actors", case)
    around = browser.get(saved.url)
    assert around.context["form"]["school-vgs_part"].value() == "involved"
    marks = {**seen(around), "ppt_part": "invite", "child-welfare_part": "involved", "rest_not_relevant": "on"}
    assert browser.post(saved.url, marks).url == address("mapping", case)
    own = browser.get(address("mapping", case)).content.decode()
    for text in ("<q>Jeg vil bli tømrer.</q>", "Har angst.", "<svg", "Barneverntjenesten", "Trenger støtte"):
        assert text in own

    partner = browser_of(make.actor(Role.NAV_ADVISER, nav))
    assert partner.get(address("mapping", case)).status_code == 404
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.MAPPING, ground=Ground.RELEASE)
    shared = partner.get(address("mapping", case)).content.decode()
    assert "Jeg vil bli tømrer." in shared
    assert "Pedagogisk-psykologisk tjeneste" in shared
    assert "Barneverntjenesten" not in shared


def test_what_stood_before_is_found_again(counsellor, case):
    browser, form = browser_of(counsellor), address("write_mapping", case)
    browser.post(form, {**seen(browser.get(form)), **FILLED})
    with acting_as(counsellor):
        first = Mapping.objects.get()
        assert not ActorMap.objects.exists()
    again = browser.get(form)
    assert again.context["form"]["goal"].value() == FILLED["goal"]
    changed = {
        "goal": "Noe helt annet.",
        "housing_state": "",
        "has_contact": "no",
        "consent_asked": "no",
        "talked": "no",
    }
    browser.post(form, {**seen(again), **changed})
    now = browser.get(address("mapping", case)).content.decode()
    assert "Noe helt annet." in now
    assert "Bosituasjon" not in now
    before = browser.get(address("mapping_version", case, mapping_id=first.pk)).content.decode()
    assert "Jeg vil bli tømrer." in before
    assert "Bosituasjon" in before


def test_what_cannot_be_is_said_where_it_stands_before_anything_else(counsellor, case):
    browser = browser_of(counsellor)
    # A conversation ahead in time, though a text would be warned of as well
    form = address("write_mapping", case)
    sent = {**seen(browser.get(form)), **FILLED, "needs": "Har angst.", "held_on": "2031-01-01"}
    errors = browser.post(form, sent).context["form"].errors
    assert errors == {"held_on": ["Samtalen kan ikke være holdt fram i tid."]}
    # One of all that may be around the youth
    form = address("mark_actors", case)
    sent = {**seen(browser.get(form)), "ppt_part": "involved", "ppt_since": "2031-01-01"}
    errors = browser.post(form, sent).context["form"].errors
    assert errors == {"ppt_since": ["«Siden» kan ikke være en dag fram i tid."]}
    # A meeting yesterday, with addresses that are none
    form = address("call_meeting", case)
    sent = {
        **seen(browser.get(form)),
        "day": "2026-11-22",
        "time": "10:30",
        "purpose": "Veien videre",
        "video_url": "et eller annet sted",
        "youth_channel": "email",
        "youth_email": "amina",
    }
    assert browser.post(form, sent).context["form"].errors == {
        "day": ["Velg en tid fram i tid."],
        "video_url": ["Skriv hele adressen, slik: https://eksempel.no."],
        "youth_email": ["Skriv e-postadressen slik: navn@eksempel.no."],
    }


@pytest.mark.proves("map-actors")
def test_who_is_let_in_is_told_of_nobody_elses_release_and_of_none_that_is_there_that_it_lacks(
    counsellor, case, district, district_contact, nav
):
    release(counsellor, case, district, topics=(Topic.MAPPING, Topic.CONTACT))
    with acting_as(counsellor):
        marks = dict.fromkeys((ActorBody.DISTRICT, ActorBody.NAV), Marked(ActorPart.INVITE))
        mark_actors(actor=counsellor, youth_id=case.youth_id, marks=marks, version=0)

    def told(reader):
        shown = browser_of(reader).get(address("mapping", case)).context["actors"]
        return {each.actor.body: (each.release, each.lacks_release) for each in shown if each.actor.part}

    own = told(counsellor)
    assert own[ActorBody.DISTRICT][0].startswith("Ja, til")
    assert own[ActorBody.NAV] == ("Nei", True)
    assert told(district_contact) == {ActorBody.DISTRICT: ("", False), ActorBody.NAV: ("", False)}
    releases = reverse("casework:releases", kwargs={"youth_id": case.youth_id})
    page = browser_of(district_contact).get(releases).content.decode()
    assert "Samtykker som andre har registrert, vises ikke her." in page
    assert "ikke spurt" not in page
    assert "vises ikke her" not in browser_of(counsellor).get(releases).content.decode()


@pytest.mark.proves("inv-recipients")
def test_a_call_begins_with_those_on_the_map_the_youth_has_let_in(counsellor, case, district, nav):
    def ticked():
        field = browser_of(counsellor).get(address("call_meeting", case)).context["form"]["units"]
        return {str(words).split(" – ")[0] for key, words in field.field.choices if key in (field.value() or [])}

    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    assert ticked() == set()
    with acting_as(counsellor):
        marks = dict.fromkeys((ActorBody.DISTRICT, ActorBody.NAV), Marked(ActorPart.INVITE))
        mark_actors(actor=counsellor, youth_id=case.youth_id, marks=marks, version=0)
    assert ticked() == {district.name}
    release(counsellor, case, nav, topics=(Topic.MEETINGS,))
    assert ticked() == {district.name, nav.name}
    with acting_as(counsellor):
        marks = {ActorBody.NAV: Marked(ActorPart.NOT_RELEVANT)}
        mark_actors(actor=counsellor, youth_id=case.youth_id, marks=marks)
    assert ticked() == {district.name}
