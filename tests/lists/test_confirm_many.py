"""The statuses of those ticked in the worklist are confirmed together, as a school does at each deadline."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, StatusConfirmation
from fotfeste.kernel import opaque
from tests import factories as make
from tests.lists.test_worklist_actions import stands

pytestmark = pytest.mark.django_db

LIST = "/ungdommer/"
CONFIRM = "/ungdommer/bekreft/"
BUTTON = f'formaction="{CONFIRM}"'


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


def ticked(*cases: Registration, **versions: int) -> dict[str, object]:
    keys = [opaque.encode(case.youth_id) for case in cases]
    shown = {f"versjon-{key}": case.version for key, case in zip(keys, cases, strict=True)}
    return {"valgt": keys, "liste": "hurtig=confirm", **shown, **versions}


def confirmed() -> set[tuple[int, str, date]]:
    with acting_as(make.system()):
        return set(StatusConfirmation.objects.values_list("youth_id", "code", "confirmed_on"))


@pytest.mark.proves("rule-reconfirm")
def test_the_statuses_of_those_ticked_are_confirmed_and_it_is_told_whose_were_not(log_in, school, counsellor):
    # Given two that are due, one that somebody has changed since it was shown, and one of another school
    due = [make.case(school, status=code) for code in ("OTUK", "OTOV")]
    changed = make.case(school, status="OTOV", last_name="Endret")
    other = make.case(make.unit(), status="OTOV")
    stands(changed, version=2)
    client = log_in(counsellor)
    assert BUTTON in client.get(LIST).content.decode()
    # When all of them are ticked
    page = client.post(CONFIRM, ticked(*due, changed, other), follow=True)
    # Then the two are confirmed today, and the list one came from tells of the others
    assert page.redirect_chain[-1][0].startswith(LIST)
    assert confirmed() == {(case.youth_id, case.status_code, make.TODAY) for case in due}
    report = page.context["confirmed"]
    assert (report.done, [name for name, _why in report.refused]) == (2, ["Endret, Amina", ""])
    text = " ".join(page.content.decode().split())
    assert "2 bekreftet." in text
    assert "2 ble ikke bekreftet" in text
    assert "Nå står det: Status: OTOV" in text
    # And it is told once
    assert client.get(LIST).context["confirmed"] is None


def test_nothing_ticked_is_said_in_the_list(log_in, school, counsellor):
    make.case(school)
    page = log_in(counsellor).post(CONFIRM, {"liste": ""})
    assert (page.status_code, "Velg minst én ungdom i listen." in page.content.decode()) == (422, True)
    assert confirmed() == set()


def test_a_leader_who_confirms_nothing_has_no_such_button_and_is_stopped(log_in, school):
    case = make.case(school, status="OTOV")
    client = log_in(make.actor(Role.UNIT_LEADER, school))
    assert BUTTON not in client.get(LIST).content.decode()
    assert client.post(CONFIRM, ticked(case)).status_code == 403
    assert confirmed() == set()


def test_forty_take_hardly_more_statements_than_one(log_in, school, counsellor, django_assert_max_num_queries):
    cases = [make.case(school, status="OTOV") for _each in range(40)]
    client = log_in(counsellor)
    client.get(LIST)
    with django_assert_max_num_queries(60):
        client.post(reverse("lists:confirm_statuses"), ticked(*cases))
    assert len(confirmed()) == 40
