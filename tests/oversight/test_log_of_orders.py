"""What a system actor does because somebody ordered it, names that person in the log."""

import re

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import MembershipDecision
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.kernel import clock
from fotfeste.oversight.telling import sentences
from tests import factories as make
from tests.casework.reading_steps import choose, chosen, settle
from tests.integrations.conftest import Desk
from tests.integrations.reading.files import csv_of, people
from tests.oversight.conftest import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def officer():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin())


@pytest.fixture
def marit():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Marit Prøve")


def told(officer, **which) -> list[tuple[str, str, str]]:
    with acting_as(officer):
        rows = AuditEntry.objects.filter(**which).order_by("pk")
        return [(each.who, each.did, each.ordered) for each in sentences(rows)]


def test_an_ordered_import_names_who_ordered_it_in_every_line(client, enter, marit, officer):
    desk = Desk(client, marit)
    waiting = desk.put(csv_of(people("leavers", 2)))
    desk.do(waiting, "ta-i-bruk")
    lines = told(officer, verb__in=("import.applied", "import.new", "import.asked_for"))
    assert {ordered for _who, _did, ordered in lines} == {"på bestilling fra Marit Prøve"}
    assert sum(did == "leste inn" for _who, did, _ordered in lines) == 2
    assert "Marit Prøve" not in {who for who, _did, _ordered in lines}
    text = re.sub(r"<[^>]+>", "", text_of(enter(officer).get("/logg/")))
    assert "tok i bruk en innlesing på bestilling fra Marit Prøve." in text
    # And what she did herself is not said twice
    assert told(officer, verb="import.uploaded") == [("Marit Prøve", "lastet opp en fil", "")]


def test_an_import_nobody_ordered_names_nobody_else(officer):
    with (
        acting_as(make.system()) as actor,
        read("leavers", csv_of(people("leavers", 1)), environment="test", on=make.TODAY) as reading,
    ):
        run_import(actor=actor, reading=reading, county_id=make.OSLO, on=make.TODAY, apply=True)
    assert {ordered for *_rest, ordered in told(officer, verb__startswith="import.")} == {""}


def test_who_chose_a_reading_is_named_where_somebody_was_judged_by_it(marit, officer):
    case = make.case(make.unit(), status="OTAR")
    settle()
    choose(marit, chosen())
    with acting_as(make.system()):
        assert MembershipDecision.objects.get(youth_id=case.youth_id, is_current=True).statutory == "not_in_ot"
    (line,) = told(officer, verb="rules.changed", youth_id=case.youth_id, details__reading="amb-08")
    assert line[2] == "på bestilling fra Marit Prøve"
