"""A youth under address protection: no choice, count or order of the coordination tells where they are."""

import re

import pytest

from fotfeste.access.roles import Role
from tests import factories as make

pytestmark = pytest.mark.django_db
SCHOOL = "Nebbskolen"


def test_no_choice_and_no_count_tells_at_which_school_a_protected_youth_is(browser):
    # Given the county's administration, and a school that answers for one youth, who is protected
    school = make.unit(name=SCHOOL)
    make.case(school, last_name="Hemmeligsen", protection="strictly_confidential")
    client = browser(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))

    def counted() -> set[str]:
        """Return every line of the overview that names the school, without its markup."""
        page = client.get("/oversikt/").content.decode()
        rows = re.findall(r"<tr[ >].*?</tr>|<li[ >].*?</li>", page, re.DOTALL)
        return {re.sub(r"<[^>]+>|\s+", " ", row) for row in rows if SCHOOL in row}

    # Then the school is no choice of the worklist and in no row of the figures
    assert SCHOOL not in client.get("/ungdommer/").content.decode()
    assert counted() == set()
    # And with another youth there it counts that one alone, however many are protected
    make.case(school, last_name="Åpensen")
    assert SCHOOL in client.get("/ungdommer/").content.decode()
    with_one = counted()
    make.case(school, last_name="Skjultesen", protection="confidential")
    assert counted() == with_one


@pytest.mark.parametrize("order", ["unit", "-unit", "district", "-district"])
def test_two_protected_youths_stand_in_no_order_of_place(browser, order):
    first, last = make.unit(name="Aaa skole"), make.unit(name="Ååå skole")
    for name, school in (("A", first), ("B", last), ("C", last), ("D", first)):
        make.case(school, last_name=f"Skjult{name}sen", protection="confidential")
    page = browser(make.actor(Role.EDUCATION_ADMIN, make.education_admin())).get("/ungdommer/", {"sort": order})
    shown = "".join(dict.fromkeys(re.findall(r"Skjult(.)sen", page.content.decode())))
    # They stand as they were registered, whichever school each is at
    assert shown in {"ABCD", "DCBA"}
