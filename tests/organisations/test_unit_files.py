"""A county's file of units on the screen: taken out, changed, planned, used, and handed back where it is wrong."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import clock
from fotfeste.kernel.errors import NotAllowed
from fotfeste.kernel.opaque import encode
from fotfeste.organisations.models import Unit, UnitFile
from fotfeste.organisations.services import unit_files
from fotfeste.organisations.unit_columns import COLUMNS
from tests import factories as make

pytestmark = pytest.mark.django_db

DESK = "/enheter/fil/"


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Marit Prøve")


class Browser:
    """Somebody at the screen."""

    def __init__(self, client, actor) -> None:
        self.client = client
        session = client.session
        session["user_id"] = actor.user_id
        session.save()

    def units(self) -> list[dict[str, str]]:
        """Take out the units of the county."""
        text = self.client.get(f"{DESK}last-ned/").content.decode("utf-8-sig")
        return list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))

    def put(self, rows: list[dict[str, str]] | bytes):
        """Bring a file, and return the answer."""
        content = rows if isinstance(rows, bytes) else file_of(rows)
        file = BytesIO(content)
        file.name = "enheter.csv"
        return self.client.post(DESK, {"file": file}, follow=True)

    def press(self, act: str, **said):
        """Press a button of the last file, and return the page that comes."""
        return self.client.post(f"{DESK}{encode(last_file().pk)}/{act}/", said, follow=True)


def file_of(rows: list[dict[str, str]]) -> bytes:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, COLUMNS, delimiter=";", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return ("\ufeff" + text.getvalue()).encode()


def last_file() -> UnitFile:
    return UnitFile.objects.latest("pk")


def shown(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


@pytest.fixture
def browser(client, admin):
    return Browser(client, admin)


def test_what_is_taken_out_and_brought_back_changes_nothing(browser):
    rows = browser.units()
    assert {row["type"] for row in rows} >= {"vgs", "ungdomsskole", "bydel", "nav", "ot"}
    assert len(rows) > 100
    answer = browser.put(rows)
    plan = answer.context["plan"]
    assert (plan.new, plan.changed, plan.unchanged, plan.rejected) == (0, 0, len(rows), ())
    assert "Ingenting å ta i bruk" in shown(answer)
    assert "Ta i bruk</button>" not in shown(answer)


def changed(rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Give one school another name, add a school, and make one row wrong."""
    kuben = next(row for row in rows if row["navn"] == "Kuben videregående skole")
    nav = next(row for row in rows if row["type"] == "nav")
    new = dict.fromkeys(COLUMNS, "") | {"fylke": "03", "type": "vgs", "navn": "Nye skole", "vigo_nr": "03999"}
    return [kuben | {"navn": "Kuben yrkesarena", "privat": ""}, new, nav | {"fylke": "hjemme"}]


def test_the_plan_tells_what_is_new_what_changes_and_what_is_wrong_before_anything_is_done(browser):
    answer = browser.put(changed(browser.units()))
    text = shown(answer)
    assert "<del>Kuben videregående skole</del> → <ins>Kuben yrkesarena</ins>" in text
    assert "Nye skole" in text
    assert "Kolonnen fylke: «hjemme» er ikke et fylkesnummer." in text
    assert Unit.objects.filter(name="Kuben videregående skole").exists()
    assert not Unit.objects.filter(vigo_number="03999").exists()


def test_the_file_is_used_as_the_plan_says_and_the_desk_tells_who_did_it(browser, admin):
    plan = browser.put(changed(browser.units())).context["plan"]
    answer = browser.press("ta-i-bruk", version=plan.digest)
    assert "Filen er tatt i bruk." in shown(answer)
    kuben = Unit.objects.get(name="Kuben yrkesarena")
    assert (kuben.is_private, kuben.is_kept_locally, kuben.source) == (False, True, "Fylkets enhetsfil")
    assert Unit.objects.get(vigo_number="03999").takes_responsibility
    desk = shown(browser.client.get(DESK))
    assert "1 nye, 1 endret, 1 avvist" in desk
    assert "Marit Prøve" in desk
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        assert AuditEntry.objects.filter(verb="units.applied", user_id=admin.user_id).exists()


def test_the_rejected_rows_come_back_in_the_same_form_with_a_sentence(browser):
    browser.put(changed(browser.units()))
    answer = browser.client.get(f"{DESK}{encode(last_file().pk)}/avviste/")
    (row,) = csv.DictReader(StringIO(answer.content.decode("utf-8-sig"), newline=""), delimiter=";")
    assert (row["fylke"], row["rad"]) == ("hjemme", "4")
    assert row["feil"] == "Kolonnen fylke: «hjemme» er ikke et fylkesnummer."
    # Corrected, and with the two columns still there, it can be read
    assert browser.put(file_of([row | {"fylke": "03"}])).context["plan"].unchanged == 1


def test_a_plan_that_no_longer_holds_is_not_used_but_shown_anew(browser):
    plan = browser.put(changed(browser.units())).context["plan"]
    Unit.objects.filter(name="Kuben videregående skole").update(name="Kuben vgs")
    answer = browser.press("ta-i-bruk", version=plan.digest)
    assert "Noe er endret siden du så planen" in shown(answer)
    assert answer.status_code == 409
    assert last_file().applied_at is None


def test_a_file_is_used_once(browser):
    plan = browser.put(changed(browser.units())).context["plan"]
    browser.press("ta-i-bruk", version=plan.digest)
    assert "allerede tatt i bruk" in shown(browser.press("ta-i-bruk", version=plan.digest))
    assert "allerede tatt i bruk" in shown(browser.press("forkast"))
    assert UnitFile.objects.count() == 1


def test_a_file_can_be_thrown_away(browser):
    browser.put(changed(browser.units()))
    assert "Ingenting er endret" in shown(browser.press("forkast"))
    assert not UnitFile.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        pytest.param(b"PK\x03\x04", "er ikke en CSV-fil", id="a workbook"),
        pytest.param(b"navn;type\nA;vgs\n", "mangler kolonnene", id="columns missing"),
        pytest.param((";".join(COLUMNS)).encode(), "har ingen rader", id="no rows"),
        pytest.param(b"", "Filen er tom", id="empty"),
        pytest.param(b"x" * (2 * 1024 * 1024 + 1), "større enn 2 MB", id="too large"),
        pytest.param((";".join(COLUMNS) + '\n03;vgs;"' + "a" * 200_000).encode(), "kan ikke leses", id="no end quote"),
    ],
)
def test_a_file_that_cannot_be_read_is_answered_with_a_sentence(browser, content, sentence):
    answer = browser.put(content)
    assert answer.status_code == 422
    assert sentence in shown(answer)
    assert not UnitFile.objects.exists()


def test_another_countys_unit_is_refused_row_by_row(browser):
    row = dict.fromkeys(COLUMNS, "") | {"fylke": "11", "type": "vgs", "navn": "Annen skole", "vigo_nr": "11999"}
    (rejected,) = browser.put([row]).context["plan"].rejected
    assert rejected.sentence == "Du kan ikke endre enheter i fylke 11."


def test_an_empty_answer_in_a_row_takes_nothing_away_from_a_known_unit(browser):
    school = Unit.objects.filter(county_id=3, is_private=True).exclude(org_number="").first()
    row = dict.fromkeys(COLUMNS, "") | {"fylke": "03", "type": "vgs", "navn": school.name, "orgnr": school.org_number}
    plan = browser.put([row]).context["plan"]
    assert [change.field for unit in plan.units for change in unit.changes if change.field != "kind"] == []


def test_only_those_who_take_in_files_for_the_county_may(client, admin):
    with acting_as(admin):
        kept = unit_files.upload_units(actor=admin, county_id=3, content=file_of([dict.fromkeys(COLUMNS, "x")]))
    other = make.actor(Role.EDUCATION_ADMIN, make.education_admin(11))
    assert Browser(client, other).client.get(f"{DESK}{encode(kept.pk)}/").status_code == 404
    with acting_as(other), pytest.raises(NotAllowed):
        unit_files.apply_units(actor=other, file_id=kept.pk, digest="")
    with acting_as(other), pytest.raises(NotAllowed):
        unit_files.discard_units(actor=other, file_id=kept.pk)
    counsellor = make.actor(Role.COUNSELLOR, make.unit())
    assert Browser(client, counsellor).client.get(DESK).status_code == 403


def test_the_directory_shows_the_way_there_to_those_who_may(browser, client):
    assert DESK in shown(browser.client.get("/enheter/"))
    counsellor = Browser(client, make.actor(Role.COUNSELLOR, make.unit()))
    assert f'href="{DESK}"' not in shown(counsellor.client.get("/enheter/"))


def test_a_unit_is_closed_on_its_page_by_the_plan_of_it_and_is_not_closed_after_all(browser):
    # Given a school, whose page offers to close it
    school = make.unit(name="Skolen som stenger", org_number="", vigo_number="03904")
    at = f"/enheter/{encode(school.pk)}/"
    assert f"{at}steng/" in shown(browser.client.get(at))
    assert browser.client.post(f"{at}steng/", {"closed_from": ""}).status_code == 422
    # When a day is said, the plan of it is shown and nothing is changed before it is used
    plan = browser.client.post(f"{at}steng/", {"closed_from": "01.08.2027"}, follow=True)
    assert "Stengt fra: <del>stenger ikke</del> → <ins>1. aug. 2027</ins>" in shown(plan)
    assert Unit.objects.get(pk=school.pk).last_day is None
    browser.press("ta-i-bruk", version=plan.context["plan"].digest)
    assert Unit.objects.get(pk=school.pk).last_day == date(2027, 7, 31)
    # Then an empty day says that it does not close
    plan = browser.client.post(f"{at}steng/", {"closed_from": ""}, follow=True)
    browser.press("ta-i-bruk", version=plan.context["plan"].digest)
    assert Unit.objects.get(pk=school.pk).last_day is None


def test_only_whoever_keeps_the_county_s_units_closes_one_and_never_the_service_itself(browser, client):
    service = encode(make.education_admin().pk)
    refused = browser.client.post(f"/enheter/{service}/steng/", {"closed_from": "01.08.2027"})
    assert (refused.status_code, "Denne enheten kan ikke stenges her." in shown(refused)) == (422, True)
    assert "/steng/" not in shown(browser.client.get(f"/enheter/{service}/"))
    elsewhere = make.unit(name="Et annet fylkes skole", county_id=11, org_number="", vigo_number="11904")
    assert browser.client.get(f"/enheter/{encode(elsewhere.pk)}/steng/").status_code == 403
    counsellor = Browser(client, make.actor(Role.COUNSELLOR, make.unit()))
    assert counsellor.client.get(f"/enheter/{encode(elsewhere.pk)}/steng/").status_code == 403
