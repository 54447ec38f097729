from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, connection, transaction
from python_calamine import CalamineWorkbook

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.reporting.enums import ReportFormat, ReportKind
from fotfeste.reporting.models import FrozenReport
from fotfeste.reporting.returns.code_translation import How, place
from fotfeste.reporting.returns.status_table import status_table
from fotfeste.reporting.returns.status_table_files import as_csv, file_name, rendered, summary
from fotfeste.reporting.services.reports import freeze_report, rerun
from tests import factories as make
from tests.reporting import bulk, history

pytestmark = pytest.mark.django_db

AUTUMN = date(2026, 11, 15)


@pytest.fixture
def uda():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


def _freeze(actor, **asked) -> FrozenReport:
    asked = {"report": ReportKind.NATIONAL_NOV, "county_id": 3, "on": AUTUMN, **asked}
    with clock.frozen(history.at(AUTUMN, 15)), acting_as(actor):
        return freeze_report(actor=actor, **asked)


def test_todays_table_has_a_row_for_each_code_one_for_unknown_codes_and_the_sum():
    bulk.register({(3, "OTUK"): 3, (3, "OTAR_IM"): 1, (3, "?"): 2, (11, "OTUK"): 4})
    lines = as_csv(status_table(county_id=None, on=AUTUMN)).splitlines()
    assert lines[0] == "number,code,text,total,03,11"
    assert lines[1] == "1.1,OTUK,Ukjent aktivitet,7,3,4"
    assert lines[-2:] == [",?,Ukjent statuskode,2,2,0", "SUM,SUM,Sum,10,6,4"]
    assert len(lines) == 1 + 23 + 1 + 1


def test_a_county_nobody_is_registered_in_has_no_column_and_that_is_said():
    bulk.register({(3, "OTUK"): 1})
    table = status_table(county_id=None, on=AUTUMN)
    assert table.columns == (3,)
    assert 11 in table.without_data
    assert any("Rogaland" in sentence for sentence in summary(table))


def test_a_youth_who_moved_to_another_county_still_counts_where_it_was():
    school, elsewhere = make.unit(), make.unit(county_id=11)
    case = history.case(school, since=date(2026, 9, 1))
    with acting_as(make.system(3, 11)):
        type(case.youth).objects.filter(pk=case.youth_id).update(county_id=11, unit_id=elsewhere.pk)
    assert status_table(county_id=3, on=AUTUMN).sums.total == 1


@pytest.mark.proves("rule-count-group-4-5-6-out", "amb-58")
def test_the_denominator_of_the_unknown_share_is_the_target_group_and_is_named():
    bulk.register({(3, "OTUK"): 2, (3, "OTAR"): 6, (3, "OTAR_IM"): 5, (3, "Feil"): 3, (3, "?"): 1})
    table = status_table(county_id=3, on=AUTUMN)
    assert (table.unknown().count, table.unknown().of, table.target_groups_text) == (2, 8, "gruppe 1–4")
    assert "2 av 8 i målgruppen, 25,0" in " ".join(summary(table))


@pytest.mark.parametrize(
    ("code", "counted_as", "how"),
    [
        ("OTUK", "OTUK", How.SURELY),
        ("FEIL", "Feil", How.SURELY),
        ("OTIK", "OTIF", How.LIKELY),
        ("OTHL", "OTOV", How.AMBIGUOUSLY),
        ("OTVE", "OTEV_IM", How.AMBIGUOUSLY),
        ("ELEV", "ELVG_IM", How.LIKELY),
        ("?", "?", How.NOT),
    ],
)
@pytest.mark.proves("amb-56")
def test_a_code_of_2011_has_a_row_in_todays_list_and_a_certainty(code, counted_as, how):
    placed = place("2011", code, wanted="current")
    assert (placed.code, placed.how) == (counted_as, how)


@pytest.mark.parametrize(
    ("code", "counted_as", "how"),
    [
        ("OTUK", "OTUK", How.SURELY),
        ("OTIF", "OTIK", How.LIKELY),
        ("OTEV_IM", "OTVE", How.AMBIGUOUSLY),
        ("OTKO", "?", How.NOT),
    ],
)
def test_a_code_of_today_can_be_shown_in_the_list_of_2011(code, counted_as, how):
    placed = place("current", code, wanted="2011")
    assert (placed.code, placed.how) == (counted_as, how)


def test_a_code_without_a_place_in_the_list_is_not_called_unknown():
    bulk.register({(3, "OTKO"): 2, (3, "?"): 1})
    table = status_table(county_id=3, on=AUTUMN, code_list="2011")
    assert (table.without_place, table.unknown_codes, table.sums.total) == (2, 1, 3)


@pytest.mark.proves("rep-national-nov")
def test_a_frozen_report_comes_out_the_same_after_everything_has_changed(uda):
    # Given a report frozen on 15 November
    case, other = (history.case(make.unit(), since=date(2026, 9, 1)) for _ in range(2))
    frozen = _freeze(uda)
    # When statuses are set, corrected backwards, and youths are registered late for days before
    history.becomes(case, "OTEV", AUTUMN + timedelta(3))
    history.was_wrong(other, "OTEV", date(2026, 10, 1), recorded=AUTUMN + timedelta(5))
    bulk.register({(3, "OTOV"): 2}, first_day=date(2026, 9, 1), recorded_at=history.at(AUTUMN + timedelta(8)))
    # Then the report made again has the same cells, while the table as known now has others
    again = rerun(frozen)
    assert (again.is_same, again.differences) == (True, ())
    assert again.table.sums.total == 2
    assert status_table(county_id=3, on=AUTUMN).sums.total == 4


def test_a_frozen_report_tells_which_cell_somebody_changed_behind_its_back(uda):
    case = history.case(make.unit(), since=date(2026, 9, 1))
    frozen = _freeze(uda)
    with acting_as(make.system()), connection.cursor() as cursor:
        cursor.execute("UPDATE casework_status_event SET code = 'OTAR' WHERE youth_id = %s", [case.youth_id])
    again = rerun(frozen)
    assert not again.is_same
    assert {(d.code, d.county, d.frozen, d.now) for d in again.differences} == {
        ("OTUK", "03", 1, 0),
        ("OTAR", "03", 0, 1),
    }


@pytest.mark.proves("rep-national-jun", "rep-internal")
@pytest.mark.parametrize("kind", [ReportKind.NATIONAL_JUN, ReportKind.INTERNAL, ReportKind.COUNTY_TABLE])
def test_each_report_is_kept_with_what_it_was_for_and_logged(uda, kind):
    bulk.register({(3, "OTUK"): 1}, first_day=date(2026, 1, 1))
    frozen = _freeze(uda, report=kind, on=date(2026, 6, 15))
    assert (frozen.get_report_display(), frozen.content["sum"]["total"]) == (kind.label, 1)
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        assert AuditEntry.objects.filter(verb="report.frozen", user_id=uda.user_id).exists()


def test_a_frozen_report_cannot_be_changed_or_deleted(uda):
    frozen = _freeze(uda)
    for act in (lambda: FrozenReport.objects.update(digest=""), lambda: frozen.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_only_the_administration_of_the_county_freezes_its_reports(uda):
    with pytest.raises(NotAllowed):
        _freeze(uda, county_id=11)
    with pytest.raises(NotAllowed):
        _freeze(uda, county_id=None)
    with pytest.raises(NotAllowed):
        _freeze(make.actor(Role.COUNTY_LEADER, make.education_admin()))


def test_a_day_that_has_not_come_cannot_be_frozen(uda):
    with pytest.raises(Invalid, match="ikke vært ennå"):
        _freeze(uda, on=AUTUMN + timedelta(1))


def test_the_workbook_says_what_it_is_and_holds_the_same_numbers():
    bulk.register({(3, "OTUK"): 2, (3, "OTAR"): 6}, code_list="2011", first_day=date(2011, 1, 1))
    table = status_table(county_id=3, on=date(2011, 1, 1), code_list="current")
    content = rendered(table, ReportFormat.XLSX, made_at=history.at(AUTUMN))
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    assert book.sheet_names == ["Om tabellen", "Status per fylke", "Oversatte koder"]
    cover = {row[0]: row[1] for row in book.get_sheet_by_name("Om tabellen").to_python()[1:] if len(row) > 1}
    assert (cover["Område"], cover["Dag"]) == ("Oslo", "1.\u00a0jan.\u00a02011")
    assert "gruppe 1–4, 8 ungdommer" in cover["Nevner i andeler"]
    assert "15. nov." in cover["Slik det var kjent"].replace("\u00a0", " ")
    cells = book.get_sheet_by_name("Status per fylke").to_python()
    assert cells[0][:5] == ["Nr.", "Kode", "Status", "I alt", "03 Oslo"]
    assert ["1.1", "OTUK", "Ukjent aktivitet", 2, 2] in cells
    assert book.get_sheet_by_name("Oversatte koder").to_python()[1][:4] == ["OTUK", "OTUK", "", "Sikkert"]


def test_a_file_is_named_by_county_day_and_list_and_nothing_else():
    table = status_table(county_id=3, on=AUTUMN)
    assert file_name(table, ReportFormat.CSV) == "statustabell-03-2026-11-15-current.csv"
