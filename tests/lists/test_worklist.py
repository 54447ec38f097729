"""The worklist in the browser, without JavaScript: who is on it, narrowed, ordered and counted."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.forms.contact import STEPS
from fotfeste.casework.models import Registration
from fotfeste.casework.selectors import listed
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.kernel import opaque
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.enums import Protection
from tests import factories as make

pytestmark = pytest.mark.django_db

LIST = "/ungdommer/"
# The frame of every request: savepoints, and the settings its transaction carries.
FRAME = re.compile(r"^\s*(SAVEPOINT|RELEASE|ROLLBACK|SELECT set_config)")


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


def shown(response) -> list[str]:
    return [row.name for row in response.context["rows"]]


def text_of(response) -> str:
    return response.content.decode()


def stands(registration: Registration, **columns: object) -> None:
    """Let a case stand in some way, as the services would have written it."""
    with acting_as(make.system()):
        Registration.objects.filter(pk=registration.pk).update(**columns)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.COUNSELLOR, True),
        (Role.UNIT_LEADER, True),
        (Role.EDUCATION_ADMIN, True),
        (Role.PROTECTED_HANDLER, True),
        (Role.NAV_RESPONSIBLE, False),
        (Role.DISTRICT_CONTACT, False),
    ],
)
def test_each_role_finds_the_youths_it_is_to_follow_and_no_others(log_in, school, role, sees):
    make.case(school, last_name="Vår")
    at = school if role in {Role.COUNSELLOR, Role.UNIT_LEADER} else make.education_admin()
    if role in {Role.NAV_RESPONSIBLE, Role.DISTRICT_CONTACT}:
        at = make.unit(UnitKind.NAV_OFFICE if role is Role.NAV_RESPONSIBLE else UnitKind.DISTRICT)
    found = shown(log_in(make.actor(role, at)).get(LIST))
    assert ("Vår, Amina" in found) is sees


@pytest.mark.parametrize("role", [Role.COUNTY_LEADER, Role.SYSTEM_ADMINISTRATOR, Role.PRIVACY_OFFICER])
def test_roles_that_see_no_youths_have_no_list(log_in, school, role):
    response = log_in(make.actor(role, school)).get(LIST)
    assert response.status_code == 403


def test_another_schools_youths_are_not_on_the_list(log_in, school):
    make.case(make.unit(), last_name="Annen")
    assert shown(log_in(make.actor(Role.COUNSELLOR, school)).get(LIST)) == []


@pytest.mark.parametrize(
    ("role", "says"),
    [
        (Role.COUNSELLOR, "Når enheten får ansvaret"),
        (Role.DISTRICT_CONTACT, "står på OTUK-listene"),
        (Role.NAV_RESPONSIBLE, "Nav ser dem det er spurt om"),
        (Role.EDUCATION_ADMIN, "er lest inn"),
    ],
)
def test_an_empty_list_says_what_to_do_next(log_in, school, role, says):
    at = make.education_admin() if role is Role.EDUCATION_ADMIN else school
    assert says in text_of(log_in(make.actor(role, at)).get(LIST))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "OTAR"}, {"Arbeid"}),
        ({"status": "gruppe-3"}, {"Arbeid"}),
        ({"ukjent": "30"}, {"Lenge"}),
        ({"kontakt": "30"}, {"Lenge", "Ny", "Arbeid"}),
        ({"kontakt": "7"}, {"Lenge", "Ny", "Arbeid", "Nådd"}),
        ({"arsak": "not_applied"}, {"Ny"}),
        ({"alder": "18"}, {"Lenge", "Ny", "Nådd"}),
        ({"bekreft": "ja"}, {"Arbeid"}),
        ({"hurtig": "unknown"}, {"Lenge", "Ny", "Nådd"}),
        ({"hurtig": "new"}, {"Ny"}),
        ({"hurtig": "only_attempts"}, {"Lenge"}),
        ({"hurtig": "unknown", "ukjent": "30"}, {"Lenge"}),
        ({"status": "finnes-ikke", "alder": "x", "enhet": "1", "hurtig": "'; --"}, {"Lenge", "Ny", "Arbeid", "Nådd"}),
    ],
)
def test_the_list_is_narrowed_by_what_is_chosen(log_in, school, query, found):
    # Given somebody long unknown, somebody new, somebody in work whose status is overdue, and somebody reached
    today = make.TODAY
    tried = make.case(school, last_name="Lenge", since=today - timedelta(days=60))
    stands(tried, attempts=3, last_attempt_on=today)
    make.case(school, last_name="Ny", since=today - timedelta(days=3), reason="not_applied")
    working = make.case(
        school, last_name="Arbeid", status="OTAR", since=today - timedelta(days=90), born=date(2007, 1, 2)
    )
    stands(working, status_confirm_by=today - timedelta(days=1))
    reached = make.case(school, last_name="Nådd", since=today - timedelta(days=20))
    stands(reached, first_contact_on=today - timedelta(days=10), last_contact_on=today - timedelta(days=10), attempts=1)
    # When the list is narrowed
    response = log_in(make.actor(Role.COUNSELLOR, school)).get(LIST, query)
    # Then it holds those, and says how many they are
    assert {name.split(",")[0] for name in shown(response)} == found
    assert response.context["page_obj"].paginator.count == len(found)


def test_every_number_opens_what_it_counts(log_in, school):
    make.case(school, since=make.TODAY)
    make.case(school, since=make.TODAY - timedelta(days=90))
    make.case(school, status="OTAR")
    client = log_in(make.actor(Role.COUNSELLOR, school))
    chips = client.get(LIST, {"alder": "18"}).context["chips"]
    assert {chip.label: chip.count for chip in chips}["Ukjent aktivitet"] == 2
    for chip in chips:
        assert client.get(chip.url).context["page_obj"].paginator.count == chip.count


@pytest.mark.parametrize(
    ("sort", "first", "last"),
    [
        ("name", "Aas", "Ås"),
        ("-name", "Ås", "Aas"),
        ("-unknown", "Ås", "Berg"),
        ("unknown", "Aas", "Berg"),
        ("born", "Ås", "Berg"),
        ("-born", "Berg", "Ås"),
        ("status", "Berg", "Aas"),
        ("attempts", "Ås", "Aas"),
        ("reason", "Aas", "Berg"),
        ("contact", "Ås", "Aas"),
        ("district", "Ås", "Aas"),
        ("tull", "Ås", "Berg"),
    ],
)
def test_the_list_is_ordered_by_every_column_and_blanks_come_last(log_in, school, sort, first, last):
    oldest = make.case(school, last_name="Ås", since=date(2026, 3, 1), born=date(2010, 1, 1))
    stands(oldest, district_code="030101")
    newest = make.case(school, last_name="Aas", since=date(2026, 9, 1), reason="not_applied", born=date(2008, 1, 1))
    stands(newest, attempts=4, last_contact_on=date(2026, 10, 2), district_code="030102")
    known = make.case(school, last_name="Berg", status="OTAR", since=date(2026, 5, 1), born=date(2006, 1, 1))
    stands(known, attempts=2, last_contact_on=date(2026, 5, 2), district_code="030101")
    found = shown(log_in(make.actor(Role.COUNSELLOR, school)).get(LIST, {"sort": sort}))
    assert (found[0], found[-1]) == (f"{first}, Amina", f"{last}, Amina")


def test_fifty_at_a_time_with_the_total(log_in, school):
    for _number in range(52):
        make.case(school)
    client = log_in(make.actor(Role.COUNSELLOR, school))
    first, second = client.get(LIST), client.get(LIST, {"side": "2"})
    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 2)
    assert "52 åpne tilmeldinger" in text_of(first)
    assert not {row.youth_id for row in first.context["rows"]} & {row.youth_id for row in second.context["rows"]}


def test_a_page_of_fifty_takes_twelve_queries_or_fewer(log_in, school):
    for number in range(50):
        make.case(school, protection=Protection.CONFIDENTIAL if number % 10 == 0 else Protection.NONE)
    client = log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
    client.post("/ungdommer/filter/", {"name": "Mine", "valg": "hurtig=unknown"})
    client.get(LIST)
    with CaptureQueriesContext(connection) as captured:
        assert len(client.get(LIST).context["rows"]) == 50
    asked = [query["sql"] for query in captured if not FRAME.match(query["sql"])]
    assert len(asked) <= 12, "\n".join(q[:150] for q in asked)


def test_only_the_part_below_the_filters_is_sent_to_htmx(log_in, school):
    make.case(school, last_name="Delvis")
    page = text_of(log_in(make.actor(Role.COUNSELLOR, school)).get(LIST, headers={"HX-Request": "true"}))
    assert "Delvis" in page
    assert "<html" not in page


def test_no_name_stands_in_an_address_or_in_the_title(log_in, school):
    make.case(school, last_name="Hemmeligsen", first_name="Unik")
    page = text_of(log_in(make.actor(Role.COUNSELLOR, school)).get(LIST))
    addresses = re.findall(r'(?:href|action|hx-post|hx-get)="([^"]*)"', page)
    title = re.search(r"<title>(.*?)</title>", page)
    assert title is not None
    assert not [text for text in [*addresses, title[1]] if "hemmelig" in text.lower() or "unik" in text.lower()]


@pytest.mark.parametrize("order", sorted(listed.ORDERS))
@pytest.mark.parametrize("descending", [False, True])
def test_portions_follow_on_each_other_in_every_order(school, order, descending):
    # Given six cases that differ, some with blanks
    for number in range(6):
        made = make.case(school, last_name="AÅBØCÆ"[number], born=date(2006 + number % 3, 1, 1 + number))
        if number % 2:
            day = make.TODAY - timedelta(days=number)
            stands(
                made,
                last_contact_on=day, last_attempt_on=day, status_confirm_by=day, next_promise_on=day,
                unknown_since=None, attempts=number, district_code=f"03010{number}",
            )  # fmt: skip
    # When they are read in portions and all at once
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        found = {"found": open_registrations(), "order": order, "descending": descending}
        whole = [row.registration_id for row in listed.listed(**found, count=10)]
        portions = [listed.listed(**found, start=start, count=4) for start in (0, 4)]
        backwards = [row.registration_id for row in listed.listed(**{**found, "descending": not descending}, count=10)]
    # Then each is there once, and the two ends of the order differ
    assert [row.registration_id for portion in portions for row in portion] == whole
    assert sorted(whole) == sorted(set(whole))
    assert len(whole) == 6
    assert backwards != whole


def test_what_is_written_in_a_name_stays_a_name(log_in, school):
    case = make.case(school, last_name="</bdi><script>{0}", first_name='"&')
    client = log_in(make.actor(Role.COUNSELLOR, school))
    page = text_of(client.get(LIST))
    linked, to_choose = 1, 1
    assert page.count("&lt;/bdi&gt;&lt;script&gt;{0}, &quot;&amp;") == linked + to_choose + len(STEPS)
    assert "<script>{" not in page
    address = reverse("lists:quick_contact", kwargs={"youth_id": case.youth_id})
    assert page.count(f'hx-post="{address}"') == len(STEPS)


class TestProtected:
    """Where a protected youth is, is told to those who handle them, and to the unit itself."""

    @pytest.fixture
    def case(self, school):
        made = make.case(school, last_name="Skjult", protection=Protection.STRICTLY_CONFIDENTIAL)
        stands(made, district_code="030101")
        return made

    def row(self, response):
        return next(row for row in response.context["rows"] if row.name == "Skjult, Amina")

    def test_the_coordination_is_told_that_but_not_where(self, log_in, school, case):
        make.case(make.unit(), last_name="Åpen")
        response = log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin())).get(LIST)
        row = self.row(response)
        assert (row.is_protected, row.unit, row.district) == (True, "", "")
        assert "Skjermet" in text_of(response)

    def test_the_named_handler_is_told_where(self, log_in, school, case):
        row = self.row(log_in(make.actor(Role.PROTECTED_HANDLER, make.education_admin())).get(LIST))
        assert (row.unit, bool(row.district)) == ("Prøve vgs", True)

    def test_the_unit_knows_itself_but_not_the_district(self, log_in, school, case):
        row = self.row(log_in(make.actor(Role.COUNSELLOR, school)).get(LIST))
        assert (row.unit, row.district) == ("Prøve vgs", "")

    @pytest.mark.parametrize("by", ["enhet", "bydel"])
    def test_a_filter_does_not_tell_what_the_row_does_not(self, log_in, school, case, by):
        open_case = make.case(school, last_name="Åpen")
        stands(open_case, district_code="030101")
        value = opaque.encode(school.pk) if by == "enhet" else "030101"
        make.case(make.unit())
        client = log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
        response = client.get(LIST, {by: value})
        assert shown(response) == ["Åpen, Amina"]
        assert response.context["page_obj"].paginator.count == 1

    @pytest.mark.parametrize("sort", ["unit", "district"])
    def test_the_order_does_not_tell_either(self, log_in, school, case, sort):
        other = make.unit(name="Zoo videregående skole")
        stands(make.case(other, last_name="Sist"), district_code="030115")
        client = log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
        assert shown(client.get(LIST, {"sort": sort}))[-1] == "Skjult, Amina"
        assert shown(client.get(LIST, {"sort": f"-{sort}"}))[-1] == "Skjult, Amina"


def test_the_address_of_a_row_leads_to_the_person(log_in, school):
    made = make.case(school)
    page = text_of(log_in(make.actor(Role.COUNSELLOR, school)).get(LIST))
    assert reverse("casework:person", kwargs={"youth_id": made.youth_id}) in page


def test_the_columns_chosen_stand_in_the_address_and_follow_a_row_that_is_answered(log_in, school):
    # Given a list with the usual columns
    case = make.case(school)
    stands(case, next_promise_on=make.TODAY)
    client = log_in(make.actor(Role.COUNSELLOR, school))
    usual = text_of(client.get(LIST))
    assert ("Årsak" in usual, "Neste løfte" in usual) == (True, False)
    # When others are ticked
    form = client.get("/ungdommer/kolonner/?status=OTUK&kolonner=age.reason")
    assert [name for name, _label, is_on in form.context["columns"] if is_on] == ["age", "reason"]
    chosen = client.get(f"{LIST}?status=OTUK&kolonner=promise&kolonner=contact&kolonner=navn")
    assert "Neste løfte" not in text_of(chosen)  # an address that holds more than columns is not read
    chosen = client.get(f"{LIST}?status=OTUK&kolonner=promise&kolonner=contact")
    # Then those stand, and stay in every address of the page and in the row that comes back
    table = text_of(chosen).split("<table")[1]
    assert ("Neste løfte" in table, "23.11.2026" in table, ">Årsak<" in table, 'sort="born"' in table) == (
        True, True, False, False,
    )  # fmt: skip
    assert "kolonner=promise.contact" in table
    step = {"hva": "sms", "liste": "status=OTUK&kolonner=promise.contact"}
    address = reverse("lists:quick_contact", kwargs={"youth_id": case.youth_id})
    row = text_of(client.post(address, step, headers={"HX-Request": "true"}))
    assert ('data-label="Neste løfte"' in row, 'data-label="Årsak"' in row) == (True, False)
