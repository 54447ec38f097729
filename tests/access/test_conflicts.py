"""The page that shows both versions to whoever saved too late, where the screen does not do so itself."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.services import statuses
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.kernel.seen import each_by_itself
from tests import factories as make
from tests.at_once.race import browser_of
from tests.seen import seen

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def case(school):
    return make.case(school)


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


def confirm(actor, case, **headers):
    """Confirm the status as a page showed it before somebody changed the case."""
    path = reverse("casework:confirm_status", kwargs={"youth_id": case.youth_id})
    return browser_of(actor).post(path, {"version": case.version - 1, "to": ["a", "b"]}, headers=headers)


def test_it_carries_all_that_was_sent_and_the_version_that_stands(case, counsellor):
    page = confirm(counsellor, case)
    path = reverse("casework:confirm_status", kwargs={"youth_id": case.youth_id})
    assert page.context["sent"] == [("to", "a"), ("to", "b")]
    assert seen(page, path)["version"] == str(case.version)
    assert "Lagre mitt likevel" in page.content.decode()


@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        ("http://testserver/ungdommer/?status=OTUK", "/ungdommer/?status=OTUK"),
        ("http://testserver//vondt.example/", "/"),
        ("https://vondt.example/", "/"),
        ("", "/"),
    ],
)
def test_it_leads_back_to_a_page_of_ours_only(case, counsellor, came_from, leads_to):
    assert confirm(counsellor, case, Referer=came_from).context["back"] == leads_to


def test_to_a_button_in_a_page_it_takes_the_place_of_the_page(case, counsellor):
    page = confirm(counsellor, case, **{"HX-Request": "true", "HX-Current-URL": "http://testserver/ungdommer/"})
    assert (page.headers["HX-Retarget"], page.headers["HX-Reselect"]) == ("main", "main")
    assert page.context["back"] == "/ungdommer/"


def test_it_stands_in_the_log_as_read(case, counsellor):
    confirm(counsellor, case)
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        read = AuditEntry.objects.filter(verb="read", youth_id=case.youth_id)
        assert [entry.screen for entry in read] == ["casework:confirm_status"]


def test_of_many_each_that_was_not_saved_is_told_with_what_stands(case, counsellor, school):
    other = make.case(school)

    def confirm_as_seen(item):
        registration, version = item
        statuses.confirm_status(actor=counsellor, registration_id=registration.pk, version=version)

    items = [(case, case.version - 1), (other, other.version)]
    with acting_as(counsellor):
        done, refused = each_by_itself(items, confirm_as_seen)
    assert [item for item, _none in done] == [items[1]]
    assert "Nå står det: Status: OTUK" in refused[0][1]


def test_a_refusal_stops_none_of_the_others_and_one_conflict_alone_is_shown_whole():
    def refuse(item):
        raise Invalid("Nei.") if item else EditConflict("For sent.", theirs={"Navn": "Kari"}, yours={"Navn": "Ola"})

    assert each_by_itself([1, 2], refuse) == ([], [(1, "Nei."), (2, "Nei.")])
    with pytest.raises(EditConflict):
        each_by_itself([0], refuse)


def test_the_bulk_report_tells_what_stands_of_each_that_somebody_changed_first(school, counsellor):
    cases = [make.case(school), make.case(school)]
    keys = [opaque.encode(case.youth_id) for case in cases]
    given = {"valgt": keys, "person": opaque.encode(counsellor.user_id), "liste": ""}
    versions = {f"versjon-{keys[0]}": cases[0].version, f"versjon-{keys[1]}": cases[1].version - 1}
    page = browser_of(counsellor).post(reverse("lists:assign_counsellor"), given | versions, follow=True)
    text = page.content.decode()
    assert "Nå står det: Status: OTUK" in text
    assert "Ansvarlig person: Ingen" in text
