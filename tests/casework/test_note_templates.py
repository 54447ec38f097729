"""Notes begin from a text the unit keeps, and what is left of its brackets is told of before it is saved."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import ContactAttempt, JournalNote, NoteTemplate
from fotfeste.casework.selectors.note_templates import templates_offered
from fotfeste.casework.services.note_templates import write_template
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day():
    with clock.frozen(make.TODAY):
        yield make.TODAY


def offered(actor, language="nb"):
    with acting_as(actor):
        found = templates_offered(unit_ids=actor.unit_ids, county_ids=actor.county_ids, language=language)
    return {each.key: (each.name, each.text, each.whose) for each in found}


def test_a_unit_has_its_own_texts_before_the_countys_and_those_before_what_is_common():
    school, other = make.unit(), make.unit()
    leader, counsellor = make.actor(Role.UNIT_LEADER, school), make.actor(Role.COUNSELLOR, school)
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    stranger = make.actor(Role.COUNSELLOR, other)
    assert offered(counsellor)["call"][1].startswith("Ringte.")
    assert offered(counsellor, "nn")["call"][1].startswith("Ringde.")
    assert offered(counsellor, "en")["call"][0] == "Telephone call"
    # The county's text goes before the common one, and the unit's before the county's
    address = reverse("casework:edit_note_template", kwargs={"key": "call"})
    assert (
        browser_of(admin).post(address, {"name": "Samtale", "text": "Fylkets [ord]", "version": 0}).status_code == 302
    )
    assert offered(counsellor)["call"] == ("Samtale", "Fylkets [ord]", "county")
    assert browser_of(leader).post(address, {"name": "Samtale", "text": "Vårt [ord]", "version": 0}).status_code == 302
    assert offered(counsellor)["call"] == ("Samtale", "Vårt [ord]", "unit")
    assert offered(stranger)["call"] == ("Samtale", "Fylkets [ord]", "county")
    # One with no text is taken out, what stood is kept, and whoever is late is shown both
    with acting_as(leader):
        row = NoteTemplate.objects.get(unit=school, superseded_at=None)
        write_template(actor=leader, unit_id=school.pk, key="call", name="Samtale", text="", version=row.pk)
        with pytest.raises(EditConflict):
            write_template(actor=leader, unit_id=school.pk, key="call", name="Samtale", text="Sent", version=row.pk)
        with pytest.raises(Invalid, match="navn"):
            write_template(actor=leader, unit_id=school.pk, key="", name=" ", text="Ny")
        assert NoteTemplate.objects.filter(unit=school).count() == 2
    assert "call" not in offered(counsellor)
    shown = browser_of(leader).get(reverse("casework:note_templates")).content.decode()
    assert "Tatt ut" in shown
    # Nobody else keeps them
    assert browser_of(counsellor).get(address).status_code == 403
    with acting_as(leader), pytest.raises(NotAllowed):
        write_template(actor=leader, unit_id=other.pk, key="call", name="Samtale", text="Deres")


def test_what_is_not_filled_in_is_told_of_once_and_then_saved_as_it_stands():
    school = make.unit()
    counsellor, case = make.actor(Role.COUNSELLOR, school), make.case(school)
    page = browser_of(counsellor)
    journal = reverse("casework:journal", kwargs={"youth_id": case.youth_id})
    shown = page.get(f"{journal}?mal=call").content.decode()
    assert "Snakket med [hvem]." in shown
    note = {"text": "Snakket med [hvem].", "written_on": make.TODAY.isoformat()}
    told = page.post(journal, note)
    assert told.status_code == 422
    assert "Dette er ikke fylt ut: [hvem]." in told.content.decode()
    assert 'name="unfilled" value="[hvem]"' in told.content.decode()
    # What has come since is told of too; the same once more is saved
    assert page.post(journal, {**note, "text": "Ringte [når], [hvem].", "unfilled": "[hvem]"}).status_code == 422
    assert page.post(journal, {**note, "unfilled": "[hvem]"}).status_code == 302
    contact = reverse("casework:register_contact", kwargs={"youth_id": case.youth_id})
    call = {"channel": "call", "direction": "out", "result": "no_answer", "on": make.TODAY.isoformat()}
    assert page.post(contact, {**call, "note": "Prøver igjen [dag]."}).status_code == 422
    assert page.post(contact, {**call, "note": "Prøver igjen fredag."}).status_code == 302
    assert page.post(contact, {"hva": "ikke-svar"}).status_code == 302
    with acting_as(counsellor):
        assert JournalNote.objects.get().text == "Snakket med [hvem]."
        assert ContactAttempt.objects.count() == 2
