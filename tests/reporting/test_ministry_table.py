"""
The ministry's own table per 1 January 2011: 45 168 made-up youths as VIGO files, taken in county by county and counted again.

``data/status_table_2011.csv`` is what the slide prints, as our file has it; column 99 is what the country has beyond
the thirteen counties shown. That rows and columns add up to the printed sums was checked when it was written down.
"""

import argparse
import csv
import io
import json
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from django.db import connections

from fotfeste.casework.selectors import status_counts as selector
from fotfeste.casework.selectors.counting import By
from fotfeste.config.commands import import_, report, synth
from fotfeste.kernel.database import Server
from fotfeste.reporting.reporter import as_reporter
from fotfeste.reporting.returns.code_translation import How
from fotfeste.reporting.returns.status_table import status_table
from tests.conftest import point_django_at

PRINTED = (Path(__file__).parent / "data" / "status_table_2011.csv").read_text(encoding="utf-8")
COUNTIES = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "14", "99")
DAY = date(2011, 1, 1)


@pytest.fixture(scope="module")
def taken_in(
    server: Server, template_database: str, django_db_setup: None, django_db_blocker, tmp_path_factory
) -> Iterator[dict[str, int]]:
    """A database that took in a file for each column of the table; how many each county was told were new."""
    endpoint = server.create_database("fotfeste_ministry_2011", template=template_database)
    files = tmp_path_factory.mktemp("ministry")
    with django_db_blocker.unblock():
        before = {alias: dict(connections.databases[alias]) for alias in ("default", "owner")}
        point_django_at(endpoint)
        _told(synth, "--table", "ot-2011", "--out", str(files))
        applied = {}
        for file in sorted(files.glob("*.json")):
            asked = ("--county", file.stem, "--on", DAY.isoformat(), "--apply", "--json")
            applied[file.stem] = json.loads(_told(import_, "vigo-ot", str(file), *asked))["new"]
        with connections["owner"].cursor() as cursor:
            cursor.execute("VACUUM ANALYZE casework_status_event")
        yield applied
        for alias, described in before.items():
            connections[alias].close()
            connections.databases[alias].update(described)
            del connections[alias]
    server.drop_database("fotfeste_ministry_2011")


def _told(command: ModuleType, *arguments: str) -> str:
    """Run one command of the product and return what it wrote."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    with redirect_stdout(io.StringIO()) as written:
        assert command.run(parser.parse_args(arguments)) == 0
    return written.getvalue()


def _reported(*arguments: str) -> str:
    return _told(report, "status-table", "--on", DAY.isoformat(), *arguments)


def test_the_youths_of_each_column_go_in_as_a_file_of_its_county(taken_in):
    last = list(csv.DictReader(io.StringIO(PRINTED)))[-1]
    assert taken_in == {county: int(last[county]) for county in COUNTIES}
    assert sum(taken_in.values()) == 45168


@pytest.mark.proves("rep-county-table", "ot-table-2011", "amb-59", "rule-count-group-4-5-6-out")
def test_every_printed_cell_and_sum_of_2011_comes_out_of_the_command_as_printed(taken_in):
    assert _reported("--county", "all", "--codes", "2011") == PRINTED


@pytest.mark.proves("ind-share-unknown", "amb-58", "rule-count-group-4-5-6-out", "ind-target-group-size")
def test_the_unknown_share_says_that_it_is_of_groups_one_to_three(taken_in):
    told = json.loads(_reported("--county", "all", "--codes", "2011", "--format", "json"))
    assert told["sum"]["total"] == 45168
    assert (told["target_group"]["total"], told["target_group"]["text"]) == (29113, "gruppe 1–3")
    assert (told["unknown"]["count"], told["unknown"]["of"]) == (8042, 29113)
    assert round(told["unknown"]["share"] * 100, 1) == 27.6
    assert round(told["unknown"]["counties"]["03"]["share"] * 100, 1) == 54.7
    assert told["unknown"]["counties"]["03"]["of"] == 1654
    assert [group["total"] for group in told["groups"]] == [13461, 10871, 4781, 12666, 335, 3042, 12]


def test_the_twelve_codes_nobody_knows_are_kept_as_unknown(taken_in):
    told = json.loads(_reported("--county", "all", "--codes", "2011", "--format", "json"))
    assert told["unknown_codes"] == 12


@pytest.mark.proves("amb-56")
def test_without_a_list_named_the_one_in_force_on_the_day_is_used(taken_in):
    assert status_table(county_id=3, on=DAY).code_list == "2011"


@pytest.mark.proves("amb-56")
def test_in_todays_codes_nobody_is_lost_and_what_is_unsure_is_said(taken_in):
    table = status_table(county_id=None, on=DAY, code_list="current")
    assert table.sums.total == 45168
    assert table.by_certainty() == {How.SURELY: 28244, How.LIKELY: 3412, How.AMBIGUOUSLY: 13500, How.NOT: 12}
    by_code = {row.code: row.total for row in table.rows}
    assert by_code["?"] == 12
    assert by_code["OTOV"] == 3605 + 834, "the wholly unemployed are counted as under follow-up"
    assert by_code["OTSY"] == 680 + 300, "ill, and in an institution"


def test_how_surely_todays_codes_say_the_same_is_told_with_them(taken_in):
    today = json.loads(_reported("--county", "all", "--codes", "current", "--format", "json"))
    assert today["sum"]["total"] == 45168
    how = {name: today["translated"][name] for name in ("surely", "likely", "ambiguously", "not")}
    assert how == {"surely": 28244, "likely": 3412, "ambiguously": 13500, "not": 12}
    lines = list(csv.DictReader(io.StringIO(_reported("--county", "all", "--codes", "current"))))
    assert (lines[-1]["code"], lines[-1]["03"]) == ("SUM", "3881")


def test_the_target_group_shrinks_in_todays_codes_only_by_those_who_moved_away(taken_in):
    table = status_table(county_id=None, on=DAY, code_list="current")
    assert table.target_group.total() == 29113 - 1131 - 833


def test_one_county_has_its_own_column_and_nobody_elses(taken_in):
    lines = list(csv.reader(io.StringIO(_reported("--county", "03", "--codes", "2011"))))
    assert lines[0] == ["number", "code", "text", "total", "03"]
    assert lines[1][3:] == ["905", "905"]
    assert lines[-1][3:] == ["3881", "3881"]


def test_the_day_before_anybody_was_registered_all_is_nought(taken_in):
    table = status_table(county_id=3, on=date(2010, 9, 30))
    assert (table.sums.total, table.unknown().value) == (0, None)


def test_a_count_behind_row_policies_is_read_from_the_index_alone(taken_in, monkeypatch):
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
