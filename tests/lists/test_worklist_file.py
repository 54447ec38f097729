"""The worklist as a file: what is in it, who may take it out, and what the log says of it."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.people.enums import Protection
from tests import factories as make

pytestmark = pytest.mark.django_db


def file_url(kind: str) -> str:
    return reverse("lists:worklist_file", kwargs={"kind": kind})


def test_a_leader_takes_out_those_the_list_is_narrowed_to_marked_on_each_row_and_in_each_log(log_in):
    # Given a unit with somebody whose name a spreadsheet would run, one of another status, one shielded, one elsewhere
    school = make.unit(name="Prøve videregående skole")
    risky = make.case(school, last_name="=CMD()", status="OTAR")
    make.case(school, last_name="Ukjent")
    make.case(school, last_name="Skjult", status="OTAR", protection=Protection.CONFIDENTIAL)
    make.case(make.unit(), last_name="Annen", status="OTAR")
    leader = make.actor(Role.UNIT_LEADER, school, name="Lea Leder")
    client = log_in(leader)
    # When the list of those in work is taken out both ways
    assert "Ta ut denne listen som fil" in client.get("/ungdommer/?status=OTAR").content.decode()
    given = {kind: client.get(f"{file_url(kind)}?status=OTAR") for kind in ("csv", "xlsx")}
    content = {kind: b"".join(answer.streaming_content) for kind, answer in given.items()}
    # Then each holds that one alone, unable to run, with who took it out
    assert given["csv"].headers["Content-Disposition"] == 'attachment; filename="ungdommer-2026-11-23.csv"'
    _headers, *rows = list(csv.reader(io.StringIO(content["csv"].decode("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows] == ["'=CMD(), Amina"]
    assert rows[0][-1].startswith("Tatt ut av Lea Leder, Prøve videregående skole, ")
    _cover, sheet = (CalamineWorkbook.from_filelike(io.BytesIO(content["xlsx"])).get_sheet_by_index(n) for n in (0, 1))
    [_headers, *lines] = sheet.to_python()
    assert [line[0] for line in lines] == ["=CMD(), Amina"]
    assert b"<f>" not in content["xlsx"]
    # And the log of the youth tells it, with what the list was narrowed to and no name
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        entries = list(AuditEntry.objects.filter(verb="worklist.downloaded"))
    assert [(entry.user_id, entry.youth_ids) for entry in entries] == [(leader.user_id, [risky.youth_id])] * 2
    assert entries[0].details == {"format": "csv", "choices": {"status": "OTAR"}}


def test_who_follows_up_takes_no_list_out_and_is_not_offered_it(log_in):
    school = make.unit()
    make.case(school)
    client = log_in(make.actor(Role.COUNSELLOR, school))
    assert client.get(file_url("csv")).status_code == 403
    assert "Ta ut denne listen som fil" not in client.get("/ungdommer/").content.decode()
    assert log_in(make.actor(Role.UNIT_LEADER, school)).get(file_url("pdf")).status_code == 404
