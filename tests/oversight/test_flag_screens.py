"""The privacy officer's list of unusual reading."""

import re

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit import services as audit
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import clock, opaque
from fotfeste.oversight.models import ReadingFlag
from fotfeste.oversight.services import flags
from tests import factories as make
from tests.oversight.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin(), name="Liv Prøve")


@pytest.fixture
def relative():
    """A youth with a rare name, opened last week by a coordinator who has it too."""
    youth = make.youth(make.unit(), last_name="Ekornstad")
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Marit Ekornstad")
    week = flags.week_before(make.TODAY)
    with clock.frozen(week), acting_as(admin, on=week):
        audit.record_read(by=admin.user_id, about=youth.pk, screen="casework:person")
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))) as overseer:
        flags.flag_week(actor=overseer, week=week)
    return youth


def _flag(officer) -> ReadingFlag:
    with acting_as(officer):
        return ReadingFlag.objects.get()


def test_only_the_privacy_officer_sees_the_list(enter):
    for role in Role:
        expected = 200 if role is Role.PRIVACY_OFFICER else 403
        assert enter(make.actor(role, make.education_admin())).get("/logg/uvanlige/").status_code == expected


def test_it_says_who_when_and_why_with_a_way_to_the_log_and_never_names_the_youth(enter, officer, relative):
    page = enter(officer).get("/logg/uvanlige/")
    html, text = page.content.decode(), re.sub(r"<[^>]+>", "", text_of(page))
    assert "Marit Ekornstad: Samme navn som brukeren selv" in text
    assert "Uke 47, fra 16. nov. 2026" in text
    assert "Åpnet 1 ungdom med samme etternavn som brukeren." in text
    assert "1 ungdom i fylket heter det." in text
    assert f"?ungdom={opaque.encode(relative.pk)}" in html
    assert "Amina" not in html


def test_the_first_screen_counts_what_waits(enter, officer, relative):
    assert "<strong>1</strong> <span>uvanlige oppslag å se på" in text_of(enter(officer).get("/"))


def test_it_is_looked_at_once_with_a_note_that_stays(enter, officer, relative):
    client, flag = enter(officer), _flag(officer)
    path = f"/logg/uvanlige/{opaque.encode(flag.pk)}/sett/"
    client.post(path, {"note": "Avklart med leder."})
    client.post(path, {"note": "En gang til."})
    assert "Ingenting venter" in text_of(client.get("/logg/uvanlige/"))
    assert "Sett på av Liv Prøve" in text_of(client.get("/logg/uvanlige/?vis=sett"))
    assert _flag(officer).note == "Avklart med leder."
    with acting_as(officer):
        assert AuditEntry.objects.filter(verb="flag.looked_at").count() == 1


def test_a_flag_of_another_county_is_not_there_to_be_looked_at(enter, officer, relative):
    stranger = make.actor(Role.PRIVACY_OFFICER, make.education_admin(46))
    client = enter(stranger)
    assert "Ingenting venter" in text_of(client.get("/logg/uvanlige/"))
    client.post(f"/logg/uvanlige/{opaque.encode(_flag(officer).pk)}/sett/", {"note": "x"})
    assert _flag(officer).looked_at is None


def test_it_says_what_is_looked_for_with_the_figures(enter, officer):
    text = text_of(enter(officer).get("/logg/uvanlige/"))
    assert "Minst 25 ungdommer i uken" in text
    assert "mellom kl. 22 og kl. 6" in text
