"""The tasks of the year on the screen, and writing down what nothing else shows."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.models import WheelRecord
from fotfeste.annualwheel.services.tasks import keep_tasks
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.models import NamedContact
from tests import factories as make
from tests.annualwheel.test_screens import text_of
from tests.lists.otuk_world import World

pytestmark = pytest.mark.django_db

TODAY = date(2026, 12, 18)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


@pytest.fixture
def world():
    with clock.frozen(make.TODAY):
        made = World.made()
    NamedContact.objects.filter(unit__in=[made.alna, made.stovner]).delete()
    NamedContact.objects.create(
        unit=made.alna, role=ContactRole.DISTRICT_CONTACT, name="Fatima Prøve", first_day=date(2025, 1, 1)
    )
    by = make.system()
    with acting_as(by, on=TODAY):
        keep_tasks(county_id=make.OSLO, by_id=by.user_id, on=TODAY)
    return made


@pytest.mark.proves("std-dc-network-meetings")
def test_a_district_sees_its_task_among_its_tasks_and_records_the_meeting_with_what_shows_it(enter, world):
    client = enter(world.alna_contact)
    listed = text_of(client.get("/oppgaver/?vis=enheten"))
    assert "Fra årshjulet" in listed
    assert "Nettverksmøter minst to ganger i året Bydel Alna · Fatima Prøve" in listed
    assert "Bydel Stovner" not in text_of(client.get("/arshjul/oppgaver/"))
    here = "/arshjul/dl-network-meetings/gjort/"
    assert "Bydel Stovner" not in text_of(client.get(here))
    given = {"unit": opaque.encode(world.alna.pk), "on": "17.12.2026", "who": "Fatima Prøve", "shown_by": ""}
    refused = client.post(here, given)
    assert refused.status_code == 422
    assert "Må fylles ut." in text_of(refused)
    assert client.post(here, {**given, "unit": opaque.encode(world.stovner.pk), "shown_by": "x"}).status_code == 422
    told = text_of(client.post(here, {**given, "shown_by": "Referat i sak 26/100"}, follow=True))
    assert "17. des. 2026 Bydel Alna: Fatima Prøve · Referat i sak 26/100" in told
    assert "Nettverksmøter" not in text_of(client.get("/oppgaver/?vis=enheten"))
    row = WheelRecord.objects.get()
    back = f"/arshjul/gjort/{opaque.encode(row.pk)}/trekk/"
    assert "Feil enhet" in text_of(client.post(back, {"reason": "Feil enhet"}, follow=True))
    assert "trukket tilbake allerede" in text_of(client.post(back, {"reason": "Én gang til"}))
    assert enter(world.stovner_contact).get(back).status_code == 404


def test_the_administration_sees_every_unit_who_has_each_task_and_where_nobody_is_named(enter, world):
    client = enter(world.admin)
    page = text_of(client.get("/arshjul/oppgaver/"))
    assert "Bydel Alna Fatima Prøve siden 18. des. 2026" in page
    nobody = text_of(client.get("/arshjul/oppgaver/?vis=uten-navn"))
    assert "Bydel Stovner Ingen er navngitt" in nobody
    assert "Fatima Prøve" not in nobody
    assert "enheter har oppgaver, men ingen navngitt" in nobody
    # What something else shows cannot be written down here, and who only looks cannot write at all.
    assert client.get("/arshjul/dl-otuk-list-oct/gjort/").status_code == 404
    leader = make.actor(Role.COUNTY_LEADER, make.education_admin())
    assert enter(leader).get("/arshjul/dl-network-meetings/gjort/").status_code == 403
