"""What is open to everybody, and what happens to those whose session has ended."""

from unittest.mock import patch

import pytest
from django.db import OperationalError, connection

from fotfeste.access.roles import Role
from fotfeste.organisations.models import Unit
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_accessibility_statement_is_open_to_everybody_and_says_whom_to_tell(client):
    response = client.get("/tilgjengelighet/")
    assert response.status_code == 200
    assert "Tilsynet for universell utforming" in response.content.decode()


def test_the_footer_of_the_login_page_leads_to_the_accessibility_statement(client):
    assert 'href="/tilgjengelighet/"' in client.get("/logg-inn/").content.decode()


def test_whatever_watches_the_server_is_told_in_one_word_that_it_works(client):
    response = client.get("/helse/")
    assert (response.status_code, response.content, response["Content-Type"]) == (
        200,
        b"ok\n",
        "text/plain; charset=utf-8",
    )


def test_whatever_watches_the_server_is_told_when_the_database_is_gone(client):
    with patch.object(connection, "cursor", side_effect=OperationalError("connection refused at 10.0.0.3")):
        response = client.get("/helse/")
    assert response.status_code == 503
    assert b"10.0.0.3" not in response.content


def test_the_style_guide_needs_a_login(client):
    assert client.get("/stil/").status_code == 302
    school = Unit.objects.get(name="Hersleb videregående skole")
    session = client.session
    session["user_id"] = make.actor(Role.COUNSELLOR, school).user_id
    session.save()
    assert client.get("/stil/").status_code == 200


def test_a_part_of_a_page_asked_for_after_the_session_ended_leaves_the_page_for_the_login(client):
    response = client.get(
        "/enheter/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/enheter/?tekst=Amina"},
    )
    assert response["HX-Redirect"] == "/logg-inn/?neste=%2Fenheter%2F"
    assert response.content == b""


def test_the_address_one_returns_to_after_login_holds_no_search_words(client):
    response = client.get("/enheter/?tekst=Amina")
    assert response.url == "/logg-inn/?neste=%2Fenheter%2F"


def test_a_form_sent_after_the_session_ended_does_not_lead_back_to_where_only_forms_go(client):
    assert client.post("/enheter/").url == "/logg-inn/"
