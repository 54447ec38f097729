"""The worklist attacked: as a file by somebody with two roles, by cells a spreadsheet runs, and by what is remembered."""

import csv
import io
from datetime import timedelta
from html import escape

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.services import responsibility
from fotfeste.casework.services.residence import set_protection
from fotfeste.collaboration.models import Task
from fotfeste.collaboration.services.tasks import set_task
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.organisations.enums import UnitKind
from tests import factories as make
from tests.at_once.race import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


def file_of(actor, kind="csv", query="") -> bytes:
    answer = browser_of(actor).get(reverse("lists:worklist_file", kwargs={"kind": kind}) + query)
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))[1:]


def test_who_leads_one_unit_takes_no_list_out_of_another_where_they_only_follow_up():
    led, other = make.unit(name="Ledet skole"), make.unit(name="Annen skole")
    make.case(led, last_name="Aas")
    make.case(other, last_name="Bakke")
    person = make.user("Lea Leder")
    make.assign(person, Role.COUNSELLOR, other)
    make.assign(person, Role.UNIT_LEADER, led)
    actor = actor_for(user_id=person.pk, on=make.TODAY)
    assert b"Bakke" in browser_of(actor).get(reverse("lists:worklist")).content
    assert [row[0] for row in rows_of(file_of(actor))] == ["Aas, Amina"]


def test_no_choice_in_the_address_reaches_further_than_the_list_or_to_anybody_protected():
    led, other = make.unit(name="Ledet skole"), make.unit(name="Annen skole")
    make.case(led, last_name="Aas")
    hidden = make.case(led, last_name="Skjult")
    make.case(other, last_name="Bakke")
    leader = make.actor(Role.UNIT_LEADER, led)
    with acting_as(make.system()) as importer:
        set_protection(actor=importer, youth_id=hidden.youth_id, grade="strictly_confidential")
    for query in (
        "",
        f"?enhet={other.pk}",
        "?enhet=abc",
        "?sorter=navn%27--",
        "?status=%00",
        "?utvalg=no_person",
        "?side=99",
    ):
        for kind in ("csv", "xlsx"):
            content = file_of(leader, kind, query)
            if kind == "xlsx":
                content = str(
                    CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(1).to_python()
                ).encode()
            assert b"Skjult" not in content, (kind, query)
            assert b"Bakke" not in content, (kind, query)
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        for entry in AuditEntry.objects.filter(verb="worklist.downloaded"):
            assert hidden.youth_id not in entry.youth_ids


@pytest.mark.parametrize(
    "name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20A1"]
)
def test_no_name_is_run_by_a_spreadsheet(name):
    led = make.unit()
    case = make.case(led)
    with acting_as(make.system()):
        case.youth.last_name = name
        case.youth.save(update_fields=["last_name"])
    [row] = rows_of(file_of(make.actor(Role.UNIT_LEADER, led)))
    assert row[0].startswith("'"), row


@pytest.mark.parametrize(
    "what", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7 }}{url}{% x %}", "&lt;b&gt;"]
)
def test_a_reminder_is_shown_as_the_text_it_is(what):
    school = make.unit()
    case = make.case(school)
    actor = make.actor(Role.COUNSELLOR, school)
    with acting_as(actor):
        set_task(actor=actor, youth_id=case.youth_id, what=what, due_on=None)
    browser = browser_of(actor)
    for address in (
        reverse("lists:worklist") + "?kolonner=reminder",
        reverse("collaboration:tasks"),
    ):
        body = browser.get(address).content.decode()
        assert "<script>alert(1)" not in body
        assert "<img src=x" not in body
        assert escape(what) in body, address


def test_what_a_unit_remembers_of_a_youth_is_read_by_no_other_and_not_there_once_the_youth_is_elsewhere():
    # Given a district that has followed a youth up and written what to remember, and a school that takes over
    old, new = make.unit(UnitKind.DISTRICT, name="Gammel bydel", takes_responsibility=True), make.unit(name="Ny skole")
    case = make.case(old, last_name="Aas")
    actor, there = make.actor(Role.DISTRICT_CONTACT, old), make.actor(Role.COUNSELLOR, new)
    with acting_as(actor):
        set_task(actor=actor, youth_id=case.youth_id, what="Husk samtalen", due_on=make.TODAY)
    listed, tasks = reverse("lists:worklist") + "?kolonner=reminder", reverse("collaboration:tasks")
    assert "Husk samtalen" in browser_of(actor).get(listed).content.decode()
    with acting_as(make.system()) as system:
        responsibility.take_over(actor=system, youth_id=case.youth_id, from_unit_id=old.pk, holder_id=new.pk)
    # Then the school does not read it in its lists, and the district not once it no more follows on with the school
    for address in (listed, tasks):
        assert "Husk samtalen" not in browser_of(there).get(address).content.decode(), address
    with clock.frozen(make.TODAY + timedelta(days=31)):
        for address in (listed, tasks):
            assert "Husk samtalen" not in browser_of(actor).get(address).content.decode(), address
        with acting_as(actor):
            assert not Task.objects.exists()


def test_a_reminder_longer_than_there_is_room_for_is_refused_and_not_cut():
    school = make.unit()
    case = make.case(school)
    actor = make.actor(Role.COUNSELLOR, school)
    answer = browser_of(actor).post(
        reverse("lists:remind"),
        {"valgt": [case.youth_id], "what": "x" * 201, "due_on": str(make.TODAY + timedelta(1)), "to": "me"},
    )
    assert answer.status_code == 422
    with acting_as(actor):
        assert not Task.objects.exists()


def test_nobody_reminds_of_a_youth_they_do_not_follow_up():
    mine, other = make.unit(), make.unit()
    case = make.case(other, last_name="Bakke")
    actor = make.actor(Role.COUNSELLOR, mine)
    answers = [
        browser_of(actor).post(
            reverse("lists:remind"),
            {"valgt": [each], "what": "Ring", "due_on": str(make.TODAY + timedelta(1)), "to": "me"},
            follow=True,
        )
        for each in (case.youth_id, 99_999_999)
    ]
    said = {(a.status_code, a.content.decode().count("Bakke")) for a in answers}
    assert len(said) == 1
    assert said.pop()[1] == 0
    with acting_as(make.system()):
        assert not Task.objects.exists()
    with acting_as(actor), pytest.raises(Refused):
        set_task(actor=actor, youth_id=case.youth_id, what="Ring", due_on=None)
