"""A file of a shared note is open to those who read the note, and to nobody for longer."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.models import SharedAttachment
from fotfeste.consent.services import releases
from tests import attached
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


def share(actor, case, *files):
    page = reverse("collaboration:shared_notes", kwargs={"youth_id": case.youth_id})
    form = {"text": "Søknaden ligger ved.", "written_on": "23.11.2026", "attachments": list(files)}
    return browser_of(actor).post(page, form)


def kept(actor):
    with acting_as(actor):
        return list(SharedAttachment.objects.order_by("pk"))


def fetched(actor, row):
    kwargs = {"youth_id": row.youth_id, "attachment_id": row.pk}
    return browser_of(actor).get(reverse("collaboration:shared_attachment", kwargs=kwargs))


def test_a_partner_shares_and_fetches_files_until_the_release_is_taken_back(counsellor, case, nav, district):
    adviser = make.actor(Role.NAV_ADVISER, nav)
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.STATUS)
    assert share(adviser, case, attached.file()).status_code in {403, 404}
    given = release(counsellor, case, nav)
    assert share(adviser, case, attached.file("Søknad.pdf")).status_code == 302
    (row,) = kept(counsellor)
    for each in (counsellor, adviser):
        assert fetched(each, row).content == attached.PDF
        for name in ("collaboration:shared_notes", "casework:person"):
            page = browser_of(each).get(reverse(name, kwargs={"youth_id": case.youth_id})).content.decode()
            assert "Søknad.pdf" in page
    assert fetched(make.actor(Role.DISTRICT_CONTACT, district), row).status_code == 404
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    assert (fetched(adviser, row).status_code, fetched(counsellor, row).status_code) == (404, 200)


def test_a_correction_of_a_shared_note_goes_on_with_its_files_and_another_unit_adds_none(counsellor, case, nav):
    adviser = make.actor(Role.NAV_ADVISER, nav)
    release(counsellor, case, nav)
    share(counsellor, case, attached.file())
    (row,) = kept(counsellor)
    form = reverse("collaboration:correct_shared_note", kwargs={"youth_id": case.youth_id, "note_id": row.note_id})
    keeps = browser_of(counsellor).get(form).context["form"]["keeps"].value()
    sent = {"text": "Rettet.", "version": row.note_id, "keeps": keeps}
    refused = browser_of(adviser).post(form, {**sent, "attachments": attached.file("x.png", attached.PNG)})
    assert (refused.status_code, len(kept(counsellor))) == (422, 1)
    assert browser_of(counsellor).post(form, sent).status_code == 302
    _old, new = kept(counsellor)
    assert (new.kept_from_id, fetched(adviser, new).content) == (row.pk, attached.PDF)
