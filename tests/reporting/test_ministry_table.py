"""
The ministry's own table per 1 January 2011, loaded as 45 168 youths and counted again.

``data/status_table_2011.csv`` is what the slide prints, as our file has it; column 99 is what the country has beyond
the thirteen counties shown. That rows and columns add up to the printed sums was checked when it was written down.
"""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from django.db import connections

from fotfeste.casework.selectors import status_counts as selector
from fotfeste.casework.selectors.counting import By
from fotfeste.config.commands import report
from fotfeste.kernel.database import Server
from fotfeste.reporting.reporter import as_reporter
from fotfeste.reporting.returns.code_translation import How
from fotfeste.reporting.returns.status_table import status_table
from tests.conftest import point_django_at
from tests.reporting import bulk

PRINTED = (Path(__file__).parent / "data" / "status_table_2011.csv").read_text(encoding="utf-8")
DAY = date(2011, 1, 1)


@pytest.fixture(scope="module")
def ministry_2011(server: Server, template_database: str, django_db_setup: None, django_db_blocker) -> Iterator[None]:
    """A database in which the country of 2011 is registered, with a code of the list of that time."""
    endpoint = server.create_database("fotfeste_ministry_2011", template=template_database)
    with django_db_blocker.unblock():
        before = {alias: dict(connections.databases[alias]) for alias in ("default", "owner")}
        point_django_at(endpoint)
        bulk.register(_cells(), code_list="2011", first_day=date(2010, 10, 1))
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE casework_status_event")
        yield
        for alias, described in before.items():
            connections[alias].close()
            connections.databases[alias].update(described)
            del connections[alias]
    server.drop_database("fotfeste_ministry_2011")


def _printed() -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(PRINTED)))


def _cells() -> dict[tuple[int, str], int]:
    return {
        (int(county), row["code"]): int(count)
        for row in _printed()[:-1]
        for county, count in row.items()
        if county.isdigit() and count != "0"
    }


def _reported(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    import argparse

    parser = argparse.ArgumentParser()
    report.add_arguments(parser)
    assert report.run(parser.parse_args(["status-table", "--on", "2011-01-01", *arguments])) == 0
    return capsys.readouterr().out


@pytest.mark.proves("rep-county-table", "amb-59")
def test_every_printed_cell_and_sum_of_2011_comes_out_of_the_command_as_printed(ministry_2011, capsys):
    assert _reported(capsys, "--county", "all", "--codes", "2011") == PRINTED


@pytest.mark.proves("ind-share-unknown", "amb-58", "rule-count-group-4-5-6-out", "ind-target-group-size")
def test_the_unknown_share_says_that_it_is_of_groups_one_to_three(ministry_2011, capsys):
    told = json.loads(_reported(capsys, "--county", "all", "--codes", "2011", "--format", "json"))
    assert told["sum"]["total"] == 45168
    assert (told["target_group"]["total"], told["target_group"]["text"]) == (29113, "gruppe 1–3")
    assert (told["unknown"]["count"], told["unknown"]["of"]) == (8042, 29113)
    assert round(told["unknown"]["share"] * 100, 1) == 27.6
    assert round(told["unknown"]["counties"]["03"]["share"] * 100, 1) == 54.7
    assert told["unknown"]["counties"]["03"]["of"] == 1654
    assert [group["total"] for group in told["groups"]] == [13461, 10871, 4781, 12666, 335, 3042, 12]


def test_the_twelve_codes_nobody_knows_are_kept_as_unknown(ministry_2011, capsys):
    told = json.loads(_reported(capsys, "--county", "all", "--codes", "2011", "--format", "json"))
    assert told["unknown_codes"] == 12


@pytest.mark.proves("amb-56")
def test_without_a_list_named_the_one_in_force_on_the_day_is_used(ministry_2011):
    assert status_table(county_id=3, on=DAY).code_list == "2011"


@pytest.mark.proves("amb-56")
def test_in_todays_codes_nobody_is_lost_and_what_is_unsure_is_said(ministry_2011):
    table = status_table(county_id=None, on=DAY, code_list="current")
    assert table.sums.total == 45168
    assert table.by_certainty() == {How.SURELY: 28244, How.LIKELY: 3412, How.AMBIGUOUSLY: 13500, How.NOT: 12}
    by_code = {row.code: row.total for row in table.rows}
    assert by_code["?"] == 12
    assert by_code["OTOV"] == 3605 + 834, "the wholly unemployed are counted as under follow-up"
    assert by_code["OTSY"] == 680 + 300, "ill, and in an institution"


def test_the_target_group_shrinks_in_todays_codes_only_by_those_who_moved_away(ministry_2011):
    table = status_table(county_id=None, on=DAY, code_list="current")
    assert table.target_group.total() == 29113 - 1131 - 833


def test_one_county_has_its_own_column_and_nobody_elses(ministry_2011, capsys):
    lines = list(csv.reader(io.StringIO(_reported(capsys, "--county", "03", "--codes", "2011"))))
    assert lines[0] == ["number", "code", "text", "total", "03"]
    assert lines[1][3:] == ["905", "905"]
    assert lines[-1][3:] == ["3881", "3881"]


def test_the_day_before_anybody_was_registered_all_is_nought(ministry_2011):
    table = status_table(county_id=3, on=date(2010, 9, 30))
    assert (table.sums.total, table.unknown().value) == (0, None)


def test_a_count_behind_row_policies_is_read_from_the_index_alone(ministry_2011, monkeypatch):
    """All that a count and its row policy look at is in the index, so that ten years of statuses stay unread."""
    plans = []

    def explained(statement: str, values: dict) -> list:
        with connections["default"].cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {statement}", values)
            plans.extend(line.strip() for (line,) in cursor.fetchall())
        return []

    monkeypatch.setattr(selector, "fetch", explained)
    # On the day itself everybody is in the answer, and reading the whole table would be as good.
    before = date(2010, 9, 1)
    with as_reporter():
        selector.status_counts(on=before)
        selector.status_counts(on=before, by=(By.UNIT,))
        selector.status_series(days=(date(2010, 8, 1), before))
    scans = [line for line in plans if "on casework_status_event" in line]
    assert len(scans) == 6
    # Whether every branch or only the one with rows takes it, depends on the server's version; none reads the table.
    assert sum("Index Only Scan using status_event_any_day_" in scan for scan in scans) >= 3, scans
    assert not any("Seq Scan" in scan for scan in scans), scans
