"""Signed minutes are printed, and filed in the pupil's file: each version once, whatever fails on the way."""

import hashlib
import json

import pytest
from django.test import override_settings
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste.access.scope import acting_as
from fotfeste.collaboration import archives
from fotfeste.collaboration.enums import ArchiveState
from fotfeste.collaboration.models import ArchivedMinutes
from fotfeste.consent.services import releases
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_minutes import ANSWERS, sign

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    """The archive is a folder that is not made yet."""
    place = tmp_path / "arkiv"
    with override_settings(PUPIL_ARCHIVE={"adapter": f"{archives.__name__}.FolderArchive", "folder": str(place)}):
        yield place


def work():
    """Let the worker do what it is asked to; return where each version stands."""
    asked = ProcrastinateJob.objects.filter(task_name="collaboration.file_minutes")
    for arguments in list(asked.values_list("args", flat=True)):
        app.tasks["collaboration.file_minutes"](**arguments)
    with acting_as(make.system()):
        return list(ArchivedMinutes.objects.order_by("minutes_version__number").values_list("state", flat=True))


@pytest.mark.proves("min-filed")
def test_each_version_is_filed_once_with_what_an_archive_needs_under_a_name_that_tells_nothing(
    counsellor, case, school, held, folder
):
    sign(counsellor, held)
    sign(counsellor, held, answers={**ANSWERS, "wish": "Tilbake til skolen"})
    assert work() == [ArchiveState.FILED, ArchiveState.FILED]
    # Given a worker that died when the archive had taken the last one, and before that was written down
    with acting_as(make.system()):
        ArchivedMinutes.objects.filter(minutes_version__number=2).update(
            state=ArchiveState.WAITING, reference="", archived_at=None
        )
    assert work() == [ArchiveState.FILED, ArchiveState.FILED]
    with acting_as(make.system()):
        first, second = ArchivedMinutes.objects.order_by("minutes_version__number")
    assert {each.name for each in folder.iterdir()} == {first.reference, second.reference}
    place = folder / second.reference
    document, about = (place / "referat.pdf").read_bytes(), json.loads((place / "metadata.json").read_text())
    assert document.startswith(b"%PDF")
    assert about["sha256"] == hashlib.sha256(document).hexdigest()
    youth = case.youth
    assert (about["pupil"]["national_id"], about["version"], about["replaces"]) == (
        youth.national_id,
        2,
        first.reference,
    )
    assert (about["unit"]["name"], about["title"]) == (school.name, "Referat: Avklaringsmøte")
    for word in (youth.first_name, youth.last_name, youth.national_id):
        assert word not in str(place.relative_to(folder))
    assert {path.stat().st_mode & 0o077 for path in (folder, place, *place.iterdir())} == {0}


def test_an_archive_that_is_away_is_told_of_on_the_screen_and_tried_again(counsellor, case, held, folder):
    folder.write_text("noe annet er her")
    sign(counsellor, held)
    assert work() == [ArchiveState.FAILED]
    page = reverse("collaboration:meeting", kwargs={"youth_id": case.youth_id, "meeting_id": held.pk})
    browser = browser_of(counsellor)
    assert "Arkivet tok ikke imot referatet" in browser.get(page).content.decode()
    assert "Referater arkivet ikke har tatt imot" in browser.get(reverse("collaboration:my_meetings")).content.decode()
    folder.unlink()
    ProcrastinateJob.objects.all()._raw_delete("default")
    app.tasks["collaboration.file_waiting"]()
    assert work() == [ArchiveState.FILED]
    assert "Lagt i elevmappen" in browser.get(page).content.decode()
    assert "arkivet ikke har tatt imot" not in browser.get(reverse("collaboration:my_meetings")).content.decode()


def test_whoever_may_read_the_minutes_gets_them_as_a_tagged_paper_in_their_language(
    counsellor, case, district_contact, nav_responsible, released, held
):
    sign(counsellor, held)
    page = reverse("collaboration:minutes_paper", kwargs={"youth_id": case.youth_id, "meeting_id": held.pk})
    school, district, nav = (browser_of(each) for each in (counsellor, district_contact, nav_responsible))
    for language, title in (("nb", "Referat: Avklaringsmøte"), ("nn", "Referat: A"), ("en", "Minutes: ")):
        paper = school.get(page, {"sprak": language})
        assert b"/StructTreeRoot" in paper.content
        assert f"/Lang({language})".encode() in paper.content.replace(b"/Lang (", b"/Lang(")
        assert title in paper.content.decode("utf-8", "ignore")
    assert case.youth.last_name not in paper["Content-Disposition"]
    assert (district.get(page).status_code, nav.get(page).status_code) == (200, 404)
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=released.pk)
    assert (school.get(page).status_code, district.get(page).status_code) == (200, 404)
