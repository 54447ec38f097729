"""The overview and the reports as each role meets them."""

import json
import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.reporting.models import FrozenReport
from tests import factories as make
from tests.reporting import bulk, history

pytestmark = pytest.mark.django_db

OVERVIEW, REPORTS = "/oversikt/", "/rapporter/"


@pytest.fixture(autouse=True)
def today():
    with clock.frozen(history.at(make.TODAY)):
        yield


@pytest.fixture
def log_in(client):
    def enter(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return enter


@pytest.fixture
def uda():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


def _text(response) -> str:
    words = re.sub(r"<script.*?</script>|<[^>]+>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(words.replace("\u00a0", " ").replace("&nbsp;", " ").split())


@pytest.mark.proves("ind-share-unknown")
def test_the_headline_says_the_share_the_denominator_the_day_and_the_code_list(log_in, uda):
    bulk.register({(3, "OTUK"): 6, (3, "OTAR"): 18, (3, "OTEV_IM"): 4})
    page = _text(log_in(uda).get(OVERVIEW))
    assert "Ukjent aktivitet 25 %" in page
    assert "6 av 24 i målgruppen, 23. nov. 2026" in page
    assert "Kodeverk for OT fra 15. september 2011" in page


@pytest.mark.proves("ind-days-to-contact")
def test_the_second_headline_is_the_median_and_how_many_are_still_waiting(log_in, uda):
    school = make.unit()
    for days in (4, 8, 30):
        history.reached(history.case(school, since=date(2026, 9, 1)), date(2026, 9, 1) + timedelta(days))
    history.case(school, since=date(2026, 9, 1))
    page = _text(log_in(uda).get(OVERVIEW))
    assert "Dager til første kontakt 8 median" in page
    assert "Av 4 som ble ukjent det siste året, er 3 nådd" in page


@pytest.mark.proves("ind-days-to-contact")
def test_the_time_to_the_first_contact_is_a_picture_with_its_table_where_there_are_enough(log_in, uda):
    school = make.unit()
    for days in range(29):
        history.reached(history.case(school, since=date(2026, 9, 1)), date(2026, 9, 1) + timedelta(days))
    browser = log_in(uda)
    assert "Tiden til første kontakt" not in _text(browser.get(OVERVIEW)), "a curve of so few would show persons"
    history.reached(history.case(school, since=date(2026, 9, 1)), date(2026, 9, 30))
    page = _text(browser.get(OVERVIEW))
    assert "Tiden til første kontakt" in page
    assert "av 30 som ble ukjent det siste året" in page
    assert "14 dager 50 %" in page


def test_each_picture_has_its_table(log_in, uda):
    history.case(make.unit(), since=date(2026, 8, 1))
    bulk.register({(3, "OTUK"): 9, (3, "OTAR"): 9}, unit_ids={3: make.unit().pk}, district="030112")
    bulk.register({(3, "OTUK"): 9, (3, "OTAR"): 9}, unit_ids={3: make.unit().pk}, district="030111")
    html = log_in(uda).get(OVERVIEW).content.decode()
    figures = re.findall(r"<figure.*?</figure>", html, flags=re.DOTALL)
    assert len(figures) >= 4
    assert all("<svg" in figure and "<table" in figure for figure in figures)


def test_a_count_opens_the_same_number_of_rows_in_the_worklist(log_in):
    # Given a school with five unknown and two others, beside another school
    school = make.unit()
    bulk.register({(3, "OTUK"): 5, (3, "OTAR"): 2}, unit_ids={3: school.pk})
    bulk.register({(3, "OTUK"): 8}, unit_ids={3: make.unit().pk})
    browser = log_in(make.actor(Role.COUNSELLOR, school))
    # When the counsellor presses the headline figure
    html = browser.get(OVERVIEW).content.decode()
    link = re.search(r'class="fot-figure-value"><a href="([^"]+)"', html)
    listed = browser.get(link.group(1).replace("&amp;", "&"))
    # Then the worklist shows the five
    assert "5 av 7 i målgruppen" in _text(browser.get(OVERVIEW))
    assert listed.context["page_obj"].paginator.count == 5


@pytest.fixture
def schools():
    """Three schools; of the smallest so few are unknown that the county's leader is not told."""
    made = []
    for name, unknown in (("Liten skole", 2), ("Stor skole", 20), ("Større skole", 30)):
        made.append(make.unit(name=name))
        bulk.register({(3, "OTUK"): unknown, (3, "OTAR"): 40}, unit_ids={3: made[-1].pk})
    return made


@pytest.fixture
def leader():
    return make.actor(Role.COUNTY_LEADER, make.education_admin())


def test_a_county_leader_sees_no_small_counts_and_no_way_to_persons(log_in, schools, leader):
    page = log_in(leader).get(OVERVIEW)
    assert "52 av 172 i målgruppen" in _text(page)
    assert "Større skole" in _text(page)
    assert "Liten skole" not in "".join(row.name for row in page.context["units"].rows)
    assert page.context["units"].hidden == 2, "the next smallest too, or subtraction would tell"
    assert "/ungdommer/" not in page.content.decode()


def test_a_unit_the_countys_table_hides_tells_a_leader_nothing_by_itself_either(log_in, schools, leader):
    # Given a school that is hidden for what it would tell of the smallest one, and one that is not
    _small, hidden, other = schools
    browser = log_in(leader)
    pages = [_text(browser.get(OVERVIEW, {"enhet": opaque.encode(each.pk)})) for each in (hidden, other)]
    # Then the figures narrowed to it tell neither its share nor how that was before, in numbers or in a picture
    assert "30 av 70 i målgruppen" in pages[1]
    assert "20 av 60" not in pages[0]
    assert "33 %" not in pages[0]
    assert "For få til å vises" in pages[0]
    assert "Ukjent aktivitet over tid" not in pages[0]


def test_a_protected_youth_is_not_found_by_subtracting_the_units_from_the_county(log_in, uda, leader):
    # Given two schools, and one youth more whose unit is not told
    for name, unknown in (("Stor skole", 20), ("Større skole", 30)):
        school = make.unit(name=name)
        bulk.register({(3, "OTUK"): unknown, (3, "OTAR"): 40}, unit_ids={3: school.pk})
    make.case(school, protection="shielded")
    # When the county's leader looks, and somebody who may open them all
    seen = log_in(leader).get(OVERVIEW).context
    whole = log_in(uda).get(OVERVIEW).context
    # Then one school is left out with them: what remains of the county's sum is no small count
    assert ([row.name for row in seen["units"].rows], seen["units"].hidden) == (["Større skole"], 2)
    last = whole["units"].rows[-1]
    assert (last.name, last.of, last.name_url, last.count_url) == ("Enheten nevnes ikke", "1", None, None)


def test_a_leader_who_narrows_to_a_small_unit_is_told_it_is_too_small(log_in, leader):
    small = make.unit()
    bulk.register({(3, "OTUK"): 2, (3, "OTAR"): 1}, unit_ids={3: small.pk})
    page = _text(log_in(leader).get(OVERVIEW, {"enhet": opaque.encode(small.pk)}))
    assert "For få til å vises" in page
    assert "2 av 3" not in page


def test_a_counsellor_cannot_look_at_another_schools_figures_by_writing_the_address(log_in):
    own, other = make.unit(), make.unit()
    bulk.register({(3, "OTUK"): 7}, unit_ids={3: other.pk})
    page = log_in(make.actor(Role.COUNSELLOR, own)).get(OVERVIEW, {"enhet": opaque.encode(other.pk)})
    assert "7 av 7" not in _text(page)


def test_a_district_contact_sees_the_figures_of_those_who_live_there(log_in):
    alna = Unit.objects.get(kind=UnitKind.DISTRICT, code="030112")
    bulk.register({(3, "OTUK"): 8, (3, "OTAR"): 8}, unit_ids={3: make.unit().pk}, district="030112")
    bulk.register({(3, "OTUK"): 50}, district="030111")
    page = log_in(make.actor(Role.DISTRICT_CONTACT, alna)).get(OVERVIEW)
    assert "8 av 16 i målgruppen" in _text(page)
    assert "/ungdommer/?" not in page.content.decode(), "it may not open all who are counted"


def test_another_day_can_be_looked_at_and_one_that_has_not_come_cannot(log_in, uda):
    case = history.case(make.unit(), since=date(2026, 9, 1))
    history.becomes(case, "OTEV", date(2026, 10, 1))
    browser = log_in(uda)
    assert "1 av 1 i målgruppen, 15. sep. 2026" in _text(browser.get(OVERVIEW, {"dag": "2026-09-15"}))
    assert "Dagen har ikke vært ennå" in _text(browser.get(OVERVIEW, {"dag": "2027-01-01"}))


def test_a_county_without_youths_is_told_what_to_do(log_in, uda):
    assert "Ingen tall ennå" in _text(log_in(uda).get(OVERVIEW))


@pytest.mark.parametrize("role", [Role.NAV_RESPONSIBLE, Role.PRIVACY_OFFICER])
def test_roles_without_figures_are_refused(log_in, role):
    assert log_in(make.actor(role, make.education_admin())).get(OVERVIEW).status_code == 403


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_the_status_table_is_handed_out_as_a_file_without_anything_personal_in_its_name(log_in, uda, form):
    bulk.register({(3, "OTUK"): 6})
    answer = log_in(uda).get(
        reverse("reporting:download"),
        {"dag": "2026-11-15", "fylke": "3", "kodeverk": "current", "til": "rapport", "format": form},
    )
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="statustabell-03-2026-11-15-current.{form}"'
    assert len(answer.content) > 100


def test_a_file_for_others_than_those_it_is_reported_to_holds_no_small_count_and_no_sum_that_tells_one(log_in, uda):
    # Given four statuses with few and many
    bulk.register({(3, "OTUK"): 61, (3, "OTAR"): 1, (3, "OTEV"): 4, (3, "OTNO"): 13})
    browser, asked = log_in(uda), {"dag": "2026-11-15", "fylke": "3", "kodeverk": "current"}

    def lines(**said: str) -> tuple[dict[str, int], str]:
        answer = browser.get(reverse("reporting:download"), {**asked, "format": "csv", **said})
        rows = [line.rsplit(",", 2) for line in answer.content.decode().splitlines()[1:]]
        return {row[0].split(",")[1]: int(row[1]) for row in rows}, answer["Content-Disposition"]

    # Then a file is for others unless one says it is the report, which is sent whole
    told, name = lines()
    assert [told[code] for code in ("OTUK", "OTAR", "OTEV", "OTNO", "SUM")] == [60, 0, 5, 15, 80]
    assert "-avrundet.csv" in name
    assert lines(til="rapport")[0]["SUM"] == 79
    document = json.loads(browser.get(reverse("reporting:download"), {**asked, "format": "json"}).content)
    assert (document["rounded_to"], document["unknown"]["count"], document["sum"]["total"]) == (5, 60, 80)


@pytest.mark.proves("rep-national-nov")
def test_the_autumn_report_is_frozen_shown_and_downloaded_as_it_was(log_in, uda):
    # Given a table looked at on the reporting day
    school = make.unit()
    bulk.register({(3, "OTUK"): 6, (3, "OTAR"): 4}, unit_ids={3: school.pk})
    browser = log_in(uda)
    assert "6 av 10 i målgruppen" in _text(browser.get(REPORTS, {"dag": "2026-11-15"}))
    # When it is frozen, and more are registered afterwards for days before
    asked = {"dag": "2026-11-15", "fylke": "3", "kodeverk": "current", "rapport": "rep-national-nov"}
    answer = browser.post(reverse("reporting:freeze"), asked)
    bulk.register({(3, "OTUK"): 5}, recorded_at=history.at(make.TODAY, 18), unit_ids={3: school.pk})
    # Then it is listed, shows that it comes out the same, and is handed out with the old numbers
    kept = FrozenReport.objects.get()
    shown = browser.get(answer["Location"])
    assert "hver celle er lik" in _text(shown)
    assert "Nasjonal rapport høst" in _text(browser.get(REPORTS))
    told = json.loads(
        browser.get(reverse("reporting:download_frozen", kwargs={"report_id": kept.pk}) + "?format=json").content
    )
    assert told["sum"]["total"] == 10


def test_a_report_of_another_county_can_neither_be_made_nor_opened(log_in, uda):
    bulk.register({(11, "OTUK"): 6})
    browser = log_in(uda)
    asked = {"dag": "2026-11-15", "fylke": "11", "kodeverk": "current", "format": "csv", "rapport": "rep-national-nov"}
    assert browser.get(reverse("reporting:download"), asked).status_code == 404
    browser.post(reverse("reporting:freeze"), asked)
    assert not FrozenReport.objects.exists()


def test_only_who_reports_opens_the_reports(log_in):
    leader = log_in(make.actor(Role.COUNTY_LEADER, make.education_admin()))
    assert leader.get(REPORTS).status_code == 403
    assert leader.post(reverse("reporting:freeze")).status_code == 403


def test_the_overview_asks_the_same_number_of_questions_however_many_there_are(log_in, uda):
    browser = log_in(uda)

    def queries(times: int) -> int:
        for _ in range(times):
            bulk.register({(3, "OTUK"): 6, (3, "OTAR"): 6}, unit_ids={3: make.unit().pk}, district="030112")
        with CaptureQueriesContext(connection) as asked:
            browser.get(OVERVIEW)
        return len(asked)

    assert queries(1) == queries(8)
