"""A shared note is read by those the youth lets into the plan, and the journal by the responsible unit alone."""

import re

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.services import journal
from fotfeste.collaboration.models import SharedNote
from fotfeste.collaboration.services import notes
from fotfeste.consent.services import releases
from fotfeste.kernel.errors import Invalid, NotAllowed
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


def write(actor, case, text="Avtalt møte hos Nav torsdag."):
    with acting_as(actor):
        return notes.write_shared_note(actor=actor, youth_id=case.youth_id, text=text)


def test_a_partner_who_is_let_into_the_plan_reads_and_writes_until_the_release_is_taken_back(counsellor, case, nav):
    adviser = make.actor(Role.NAV_ADVISER, nav)
    write(counsellor, case)
    with acting_as(counsellor):
        journal.write_note(actor=counsellor, youth_id=case.youth_id, text="Bare for oss.")
    with acting_as(adviser):
        assert not SharedNote.objects.exists()
    given = release(counsellor, case, nav, topics=(Topic.PLAN,))
    write(adviser, case, "Plass i arbeidstrening fra mandag.")
    shown = browser_of(adviser).get(reverse("collaboration:shared_notes", kwargs={"youth_id": case.youth_id}))
    text = shown.content.decode()
    assert "Avtalt møte hos Nav torsdag." in text
    assert "Plass i arbeidstrening" in text
    assert "Bare for oss." not in text
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    with acting_as(adviser):
        assert not SharedNote.objects.exists()
    with acting_as(counsellor):
        assert SharedNote.objects.count() == 2


def test_a_unit_corrects_its_own_notes_and_nobody_elses(counsellor, case, nav):
    adviser = make.actor(Role.NAV_ADVISER, nav)
    release(counsellor, case, nav, topics=(Topic.PLAN,))
    note = write(counsellor, case)
    with acting_as(adviser), pytest.raises(NotAllowed, match="enheten som skrev"):
        notes.correct_shared_note(actor=adviser, note_id=note.pk, text="Noe annet")
    with acting_as(counsellor):
        new = notes.correct_shared_note(actor=counsellor, note_id=note.pk, text="Møtet er fredag.")
        note.refresh_from_db()
    assert (new.corrects_id, note.superseded_at is not None) == (note.pk, True)


def test_whoever_is_asked_about_a_name_on_a_list_shares_nothing(counsellor, case, district, district_contact):
    make.grant(case.youth, district, Topic.IDENTITY)
    with pytest.raises((NotAllowed, Invalid)):
        write(district_contact, case)
    where = {"youth_id": case.youth_id}
    assert browser_of(district_contact).get(reverse("collaboration:shared_notes", kwargs=where)).status_code == 404


def test_what_is_written_is_found_again_within_the_case_and_the_words_stand_in_no_address(counsellor, case):
    write(counsellor, case)
    write(counsellor, case, "Ingenting å melde.")
    page = reverse("casework:search_case", kwargs={"youth_id": case.youth_id})
    found = browser_of(counsellor).post(page, {"words": "TORSDAG nav"})
    text = found.content.decode()
    assert "Avtalt møte hos Nav torsdag." in text
    assert "Ingenting å melde." not in text
    assert found.request["QUERY_STRING"] == ""


def test_it_is_seen_everywhere_which_note_is_shared_and_the_timeline_can_show_those_alone(counsellor, case):
    note = write(counsellor, case)
    with acting_as(counsellor):
        own = journal.write_note(actor=counsellor, youth_id=case.youth_id, text="Bare for oss.")
    here = {"youth_id": case.youth_id}

    def shown(name, query="", **more):
        page = browser_of(counsellor).get(reverse(name, kwargs={**here, **more}) + query).content.decode()
        return [words in page for words in ("torsdag", "Bare for oss")], page

    texts, page = shown("casework:person")
    assert (texts, "?vis=delt" in page) == ([True, True], True)
    assert shown("casework:person", "?vis=delt")[0] == [True, False]
    assert shown("casework:person", "?vis=journal")[0] == [False, True]
    assert ">delt<" in _plain(shown("collaboration:shared_notes")[1])
    assert ">internt<" in _plain(shown("casework:journal")[1])
    assert "Delt: alle som" in shown("collaboration:correct_shared_note", note_id=note.pk)[1]
    assert "Journalen ses bare av" in shown("casework:correct_note", note_id=own.pk)[1]


def _plain(page):
    return re.sub(r"\s+", "", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))


def test_words_that_belong_elsewhere_are_asked_about_once_before_several_bodies_read_them(counsellor, case):
    """The same for a new note, a corrected one and minutes that are signed; saving once more is then a choice."""
    browser, about = browser_of(counsellor), {"youth_id": case.youth_id}
    address = reverse("collaboration:shared_notes", kwargs=about)
    sent = {"text": "Fikk diagnosen i går.", "written_on": make.TODAY.strftime("%d.%m.%Y")}
    asked = browser.post(address, sent)
    assert "«diagnosen» kan handle om helse" in asked.content.decode()
    with acting_as(counsellor):
        assert not SharedNote.objects.exists()
    seen = {"seen_warning": asked.context["again"].told}
    assert browser.post(address, {**sent, **seen}).status_code == 302
    with acting_as(counsellor):
        note = SharedNote.objects.get()
    address = reverse("collaboration:correct_shared_note", kwargs={**about, "note_id": note.pk})
    sent = {"text": "Har sluttet med hasj.", "version": note.pk}
    asked = browser.post(address, sent)
    assert "kan handle om rus" in asked.content.decode()
    assert browser.post(address, {**sent, "seen_warning": asked.context["again"].told}).status_code == 302
