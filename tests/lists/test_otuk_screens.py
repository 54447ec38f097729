"""Rounds on the screen: who may open what, what is taken out and logged, and what only some may know."""

import csv
import io
import zipfile
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import clock
from fotfeste.lists.exports.folder import file_stem
from fotfeste.lists.models import OtukRound
from fotfeste.people.models import Youth
from tests import factories as make
from tests.lists.otuk_world import STOVNER

pytestmark = pytest.mark.django_db

ROUND = date(2026, 11, 20)


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def board_url(made, unit) -> str:
    return reverse("lists:otuk_board", kwargs={"round_id": made.pk, "unit_id": unit.pk})


def file_url(made, unit, kind: str) -> str:
    return reverse("lists:otuk_file", kwargs={"round_id": made.pk, "unit_id": unit.pk, "kind": kind})


def log_of(verb: str) -> list[AuditEntry]:
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        return list(AuditEntry.objects.filter(verb=verb).order_by("pk"))


def content_of(answer) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_administration_makes_a_round_and_sees_how_far_each_district_has_come(world, log_in):
    # Given youths in two districts and one nowhere
    world.unknown("Aas")
    world.unknown("Bakke", district=STOVNER)
    world.unknown("Dahl", district="", street="")
    browser = log_in(world.admin)
    # When the round is made
    page = browser.post("/otuk/lag/", {"on": "20.11.2026"}, follow=True)
    # Then it shows the districts, nobody answered, and who has no district and why
    assert "Listene er laget, og bydelene kan svare." in text_of(page)
    counts = {count.name: (count.listed, count.answered) for count in page.context["counts"]}
    assert counts == {"Bydel Stovner": (1, 0), "Bydel Alna": (1, 0)}
    assert [(youth.last_name, why) for youth, why in page.context["left_out"]] == [("Dahl", "Ingen adresse er kjent")]
    assert OtukRound.objects.get().frozen_by_id == world.admin.user_id


def test_the_rounds_are_listed_with_what_is_answered_and_the_next_day(world, log_in):
    world.unknown("Aas")
    world.freeze()
    page = log_in(world.admin).get("/otuk/")
    assert [(listed, answered) for _made, listed, answered in page.context["rounds"]] == [(1, 0)]
    assert "Neste liste etter Oslostandarden: 19. feb. 2027" in text_of(page)


def test_a_missing_list_is_said_on_the_rounds_page(world, log_in):
    assert "Listen for 20. nov. 2026 er ikke laget ennå." in text_of(log_in(world.admin).get("/otuk/"))


@pytest.mark.parametrize(
    ("on", "sentence"),
    [("24.11.2026", "ikke har vært"), ("31.02.2026", "Vi forstår ikke datoen"), ("", "Må fylles ut")],
)
def test_a_day_that_cannot_be_is_refused_beside_the_field(world, log_in, on, sentence):
    page = log_in(world.admin).post("/otuk/lag/", {"on": on})
    assert (page.status_code, sentence in text_of(page)) == (422, True)
    assert not OtukRound.objects.exists()


def test_the_proof_says_the_same_and_then_the_difference(world, log_in):
    case = world.unknown("Aas")
    made = world.freeze()
    browser = log_in(world.admin)
    url = reverse("lists:otuk_proof", kwargs={"round_id": made.pk})
    assert "Listen er den samme" in text_of(browser.get(url))
    with acting_as(make.system()):
        Youth.objects.filter(pk=case.youth_id).update(first_name="Annen")
    page = text_of(browser.get(url))
    assert "Navn: Aas, Amina → Aas, Annen" in page
    assert [entry.screen for entry in log_of("listed")] == ["lists:otuk_proof"]


@pytest.mark.proves("otl-batch-date", "otl-recipient")
def test_a_list_is_taken_out_as_a_workbook_with_who_and_when_on_its_cover_and_in_each_youths_log(world, log_in):
    # Given a list of two, one with a name a spreadsheet would run
    first, second = world.unknown("Aas"), world.unknown("=Bakke")
    made = world.freeze()
    # When it is taken out
    answer = log_in(world.admin).get(file_url(made, world.alna, "xlsx"))
    # Then the cover tells whose copy it is, the names are text, and both youths have it in their log
    assert answer.headers["Content-Disposition"] == 'attachment; filename="otuk-2026-11-20-bydel-alna.xlsx"'
    content = content_of(answer)
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    cover = [line.replace("\xa0", " ") for (line,) in book.get_sheet_by_name("Om listen").to_python()]
    assert cover[0] == "OTUK-liste 20.11.2026 – Bydel Alna"
    assert "Tatt ut av Marit Prøve, Utdanningsadministrasjonen, 23. nov. 2026 kl. 12.00." in cover
    told = book.get_sheet_by_name("OTUK").to_python()
    assert [row[1] for row in told] == ["Navn", "=Bakke, Amina", "Aas, Amina"]
    assert [row[-1].replace("\xa0", " ") for row in told[1:]] == [cover[-1]] * 2
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert b"<f>" not in parts.read("xl/worksheets/sheet2.xml")
    (entry,) = log_of("otuk.downloaded")
    assert entry.youth_ids == sorted([first.youth_id, second.youth_id])
    assert (entry.user_id, entry.county_id, entry.details["format"]) == (world.admin.user_id, make.OSLO, "xlsx")


def test_a_list_is_taken_out_as_csv_with_formulas_escaped(world, log_in):
    world.unknown("=Bakke")
    made = world.freeze()
    answer = log_in(world.admin).get(file_url(made, world.alna, "csv"))
    (row,) = csv.DictReader(io.StringIO(content_of(answer).decode("utf-8-sig")), delimiter=";")
    assert (row["Navn"], row["Fødselsdato"]) == ("'=Bakke, Amina", "14.05.2008")
    assert row["Tatt ut"].startswith("Tatt ut av Marit Prøve, Utdanningsadministrasjonen, 23.")


def test_a_protected_youth_is_in_no_file_and_no_count(world, log_in):
    world.unknown("Aas")
    world.unknown("Skjult", protection="strictly_confidential")
    made = world.freeze()
    browser = log_in(world.admin)
    assert b"Skjult" not in content_of(browser.get(file_url(made, world.alna, "csv")))
    page = text_of(browser.get(reverse("lists:otuk_round", kwargs={"round_id": made.pk})))
    assert "Skjult" not in page
    assert "Eget spor" not in page
    assert "Skjult" not in text_of(browser.get(board_url(made, world.alna)))
    assert browser.get(reverse("lists:otuk_protected", kwargs={"round_id": made.pk})).status_code == 404


def test_the_protected_have_a_list_of_their_own_for_those_who_handle_them(world, log_in):
    case = world.unknown("Skjult", protection="strictly_confidential")
    made = world.freeze()
    browser = log_in(world.handler)
    assert "Eget spor" in text_of(browser.get(reverse("lists:otuk_round", kwargs={"round_id": made.pk})))
    page = text_of(browser.get(reverse("lists:otuk_protected", kwargs={"round_id": made.pk})))
    assert "Skjult, Amina" in page
    assert "Furuveien" not in page
    assert [entry.youth_ids for entry in log_of("listed") if entry.screen == "lists:otuk_protected"] == [
        [case.youth_id]
    ]


@pytest.mark.parametrize("name", ["otuk_round", "otuk_proof"])
@pytest.mark.parametrize("role", [Role.DISTRICT_CONTACT, Role.NAV_RESPONSIBLE, Role.COUNSELLOR, Role.COUNTY_LEADER])
def test_the_rounds_own_pages_are_the_administrations(world, log_in, role, name):
    world.unknown("Aas")
    made = world.freeze()
    browser = log_in(make.actor(role, world.alna))
    assert browser.get(reverse(f"lists:{name}", kwargs={"round_id": made.pk})).status_code == 403
    assert browser.get(file_url(made, world.alna, "xlsx")).status_code == 403
    assert browser.post("/otuk/lag/", {"on": "20.11.2026"}).status_code == 403
    assert log_of("otuk.downloaded") == []


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in {Role.DISTRICT_CONTACT, Role.NAV_RESPONSIBLE, Role.EDUCATION_ADMIN}]
)
def test_who_has_nothing_to_do_with_the_lists_does_not_open_them(world, log_in, role):
    world.unknown("Aas")
    made = world.freeze()
    browser = log_in(make.actor(role, world.alna))
    assert [browser.get(url).status_code for url in ("/otuk/", board_url(made, world.alna))] == [403, 403]


def test_another_countys_administration_finds_no_such_round(world, log_in):
    world.unknown("Aas")
    made = world.freeze()
    make.county(11, "Rogaland")
    browser = log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin(11)))
    for url in (reverse("lists:otuk_round", kwargs={"round_id": made.pk}), board_url(made, world.alna)):
        assert browser.get(url).status_code == 404
    assert browser.get(file_url(made, world.alna, "csv")).status_code == 404


def test_a_file_of_another_kind_or_for_a_unit_without_a_list_is_not_found(world, log_in):
    world.unknown("Aas")
    made = world.freeze()
    browser = log_in(world.admin)
    assert browser.get(file_url(made, world.alna, "pdf")).status_code == 404
    assert browser.get(file_url(made, world.stovner, "csv")).status_code == 404


def test_who_answers_one_list_is_taken_straight_to_it(world, log_in):
    world.unknown("Aas")
    made = world.freeze()
    for actor, unit in ((world.alna_contact, world.alna), (world.nav, world.nav_alna)):
        assert log_in(actor).get("/otuk/").url == board_url(made, unit)


def test_who_has_nobody_to_answer_for_is_told_when_the_next_list_comes(world, log_in):
    with clock.frozen(date(2026, 11, 23)):
        page = text_of(log_in(world.alna_contact).get("/otuk/"))
    assert "Neste liste kommer 19. feb. 2027." in page


@pytest.mark.parametrize(
    ("district", "called"),
    [("Grünerløkka", "grunerlokka"), ("Østensjø", "ostensjo"), ("St. Hanshaugen", "st-hanshaugen"), ("Åsane", "asane")],
)
def test_a_lists_file_is_called_by_plain_letters_any_system_can_store(district, called):
    assert file_stem(OtukRound(on=date(2026, 11, 20)), district) == f"otuk-2026-11-20-{called}"
