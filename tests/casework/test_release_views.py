"""The screens where a youth's yes and no are taken down, shown, printed and taken back."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.consent import printing, texts
from fotfeste.consent.enums import GivenHow
from fotfeste.consent.models import Release, ReleaseScan
from fotfeste.kernel import clock
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Youth
from tests import factories as make

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 en signert side"


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def log_in(client):
    def enter(actor):
        client.cookies.clear()
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return enter


@pytest.fixture
def nav():
    return make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")


@pytest.fixture
def case():
    return make.case(make.unit(name="Prøve vgs"))


@pytest.fixture
def counsellor(case):
    from fotfeste.organisations.models import Unit

    return make.actor(Role.COUNSELLOR, Unit.objects.get(pk=case.unit_id))


def address(name, case, **more):
    return reverse(f"casework:{name}", kwargs={"youth_id": case.youth_id, **more})


def filled(nav, **changes):
    said = {
        "purpose": "cooperation", "other_unit": str(nav.pk), "topics": ["status", "plan"], "answer": "yes",
        "first_day": "23.11.2026", "last_day": "01.03.2027", "how": "spoken", "present": "Ungdommen, rådgiver",
        "guardians": "none",
    }  # fmt: skip
    return {**said, **changes}


def text_of(response):
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def the_release():
    with acting_as(make.system()):
        return Release.objects.get()


def test_a_yes_is_taken_down_shown_as_a_chip_and_opens_at_once(log_in, case, counsellor, nav):
    client = log_in(counsellor)
    assert "ikke spurt ennå" in text_of(client.get(address("releases", case)))
    assert client.post(address("record_release", case), filled(nav)).status_code == 302
    said = text_of(client.get(address("person", case)))
    assert "Nav Prøve: gitt" in said
    assert "til 1. mars 2027" in said
    with acting_as(make.actor(Role.NAV_ADVISER, nav), on=make.TODAY):
        assert Youth.objects.exists()


@pytest.mark.proves("con-kind", "con-exceptions", "con-how", "con-text-version")
def test_what_was_left_out_how_it_was_given_and_by_which_text_stand_on_the_page_and_the_paper(
    log_in, case, counsellor, nav, monkeypatch
):
    client, printed = log_in(counsellor), []
    client.post(address("record_release", case), filled(nav, exceptions="Ikke om familien", how="paper"))
    said = text_of(client.get(address("releases", case)))
    assert [words for words in ("Ikke om familien", str(GivenHow.PAPER.label)) if words not in said] == []
    monkeypatch.setattr(printing, "render_pdf", lambda _file, data, language: printed.append((data, language)) or b"")
    client.get(address("release_paper", case, release_id=the_release().pk))
    (data, language), rows = printed[0], [row for part in printed[0][0]["parts"] for row in part["rows"]]
    assert ["Unntak", "Ikke om familien"] in rows
    assert ["Gitt hvordan", str(GivenHow.PAPER.label)] in rows
    # What is signed lifts the duty of confidentiality, in the words of the version that is kept
    text = texts.text_on(day=make.TODAY, language=language)
    assert the_release().text_version == text.version
    assert text.version in data["footer"]
    assert "taushetsplikt" in data["paragraphs"][0]


def test_no_answer_is_chosen_before_the_youth_has_answered(log_in, case, counsellor, nav):
    client = log_in(counsellor)
    assert client.get(address("record_release", case)).context["form"]["answer"].value() is None
    unanswered = {name: value for name, value in filled(nav).items() if name != "answer"}
    answer = client.post(address("record_release", case), unanswered)
    assert answer.status_code == 422
    assert answer.context["form"].errors["answer"] == ["Må fylles ut."]


def test_what_is_missing_is_said_at_the_field_and_what_was_chosen_stands(log_in, case, counsellor, nav):
    response = log_in(counsellor).post(
        address("record_release", case), filled(nav, other_unit="", present="", exceptions="Ikke om familien")
    )
    said = text_of(response)
    assert response.status_code == 422
    assert "Velg minst én tjeneste" in said
    assert "hvem som var til stede" in said
    assert "Ikke om familien" in said


def test_it_is_taken_back_in_one_step_and_the_partner_s_page_is_gone(log_in, case, counsellor, nav):
    adviser = make.actor(Role.NAV_ADVISER, nav)
    log_in(counsellor).post(address("record_release", case), filled(nav))
    let_in = text_of(log_in(adviser).get(address("person", case)))
    client = log_in(counsellor)
    # Whoever cannot confirm the status is not told to
    assert "eller sett en ny" in text_of(client.get(address("person", case)))
    assert "eller sett en ny" not in let_in
    assert "De som følger opp, sier om statusen fortsatt stemmer." in let_in
    asked = text_of(client.get(address("withdraw_release", case, release_id=the_release().pk)))
    assert "Nav Prøve" in asked
    client.post(address("withdraw_release", case, release_id=the_release().pk))
    assert "Nav Prøve: trukket" in text_of(client.get(address("releases", case)))
    assert log_in(adviser).get(address("person", case)).status_code == 404


def test_a_renewal_begins_as_the_old_one_was(log_in, case, counsellor, nav):
    client = log_in(counsellor)
    client.post(address("record_release", case), filled(nav))
    page = client.get(address("renew_release", case, release_id=the_release().pk))
    form = page.context["form"]
    assert form["other_unit"].initial == str(nav.pk)
    assert set(form["topics"].initial) == {"status", "plan"}
    client.post(address("renew_release", case, release_id=the_release().pk), filled(nav))
    with acting_as(make.system()):
        assert Release.objects.filter(withdrawn_at=None).count() == 1


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_paper_is_a_tagged_pdf_in_the_language_the_youth_was_asked_in(log_in, case, counsellor, nav, language):
    client = log_in(counsellor)
    client.post(address("record_release", case), filled(nav), headers={"accept-language": language})
    with acting_as(make.system()):
        Release.objects.update(language=language)
    made = client.get(address("release_paper", case, release_id=the_release().pk))
    assert made["Content-Type"] == "application/pdf"
    assert made["Content-Disposition"] == 'attachment; filename="samtykke.pdf"'
    assert made.content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made.content
    assert f"/Lang ({language})".encode() in made.content or f"/Lang({language})".encode() in made.content


class TestTheSignedPaper:
    @pytest.fixture
    def client(self, client, log_in, case, counsellor, nav):
        client = log_in(counsellor)
        client.post(address("record_release", case), filled(nav, how="paper", present=""))
        return client

    def send(self, client, case, content, name="ark.pdf"):
        where = address("keep_release_scan", case, release_id=the_release().pk)
        return client.post(where, {"file": SimpleUploadedFile(name, content)}, follow=True)

    def test_it_is_kept_once_and_only_handed_out_as_a_file(self, client, case):
        assert "er lagt inn" in text_of(self.send(client, case, PDF))
        assert "kan ikke byttes ut" in text_of(self.send(client, case, PDF))
        handed = client.get(address("release_scan", case, release_id=the_release().pk))
        assert handed.content == PDF
        assert handed["Content-Disposition"].startswith("attachment")
        assert handed["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("content", [b"<script>alert(1)</script>", b"MZ\x90", b"PK\x03\x04"])
    def test_what_it_is_is_read_from_its_content(self, client, case, content):
        assert "PDF eller et bilde" in text_of(self.send(client, case, content))
        with acting_as(make.system()):
            assert not ReleaseScan.objects.exists()

    def test_a_service_that_is_let_in_does_not_see_it(self, client, case, log_in, nav):
        self.send(client, case, PDF)
        adviser = log_in(make.actor(Role.NAV_ADVISER, nav))
        assert adviser.get(address("release_scan", case, release_id=the_release().pk)).status_code == 404


def test_those_that_end_soon_stand_on_the_morning_s_page(log_in, case, counsellor, nav):
    soon = make.TODAY + timedelta(days=12)
    client = log_in(counsellor)
    client.post(address("record_release", case), filled(nav, last_day=soon.strftime("%d.%m.%Y")))
    assert "Samtykke som går ut snart" in text_of(client.get("/"))


def test_those_of_the_administrations_own_youths_stand_on_its_morning_s_page(log_in, nav):
    office = make.education_admin()
    client, soon = log_in(make.actor(Role.EDUCATION_ADMIN, office)), make.TODAY + timedelta(days=12)
    assert "Samtykke som går ut snart" not in text_of(client.get("/"))
    case = make.case(office)
    client.post(address("record_release", case), filled(nav, last_day=soon.strftime("%d.%m.%Y")))
    assert "Samtykke som går ut snart" in text_of(client.get("/"))


def test_who_sees_what_names_the_release_as_the_ground(log_in, case, counsellor, nav):
    client = log_in(counsellor)
    client.post(address("record_release", case), filled(nav))
    said = text_of(client.get(address("who_sees", case)))
    assert "Ungdommen har sagt ja til det" in said
    assert "Samtykket som gjelder fra 23. nov. 2026" in said
    assert str(Topic.PLAN.label) in said
