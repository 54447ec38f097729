"""Everybody who works here can read by what rule somebody gets to know something."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.topics import Ground, Topic
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.config.conftest import text_of

pytestmark = pytest.mark.django_db


def test_the_rules_are_told_with_who_what_why_and_the_law(enter):
    said = text_of(enter(make.actor(Role.DISTRICT_CONTACT, make.unit(UnitKind.DISTRICT))).get("/delingsregler/"))
    assert "Ungdommen står på enhetens OTUK-liste" in said
    assert "Svare på om ungdommen er ivaretatt av Nav" in said
    assert "forvaltningsloven § 13 a nr. 1" in said


def test_who_sees_what_says_what_is_closed_and_what_would_open_it(enter):
    school = make.unit()
    case = make.case(school)
    leader = make.actor(Role.UNIT_LEADER, school)
    said = text_of(enter(leader).get(reverse("casework:who_sees", kwargs={"youth_id": case.youth_id})))
    assert "Det du ikke ser" in said
    assert "Ingen regel åpner dette for rollen din" in said


def test_a_partner_is_shown_those_who_let_it_in_and_nobody_else(enter):
    # Given somebody at a service no list is for
    service = make.unit(UnitKind.OTHER, name="PPT")
    case = make.case(make.unit(), last_name="Innsluppen")
    client = enter(make.actor(Role.PARTNER, service))
    make.grant(case.youth, service, Topic.IDENTITY, ground=Ground.OTUK_LIST)
    # Then a place on a list opens nothing, and the youth's own release does
    assert "Ingen ungdommer har sluppet deg inn" in text_of(client.get("/"))
    make.grant(case.youth, service, Topic.IDENTITY, Topic.STATUS, ground=Ground.RELEASE)
    assert "Innsluppen" in text_of(client.get("/"))
