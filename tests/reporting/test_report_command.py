import argparse
import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from fotfeste.config.commands import report
from fotfeste.kernel.errors import Invalid
from tests import factories as make
from tests.reporting import bulk, history

pytestmark = pytest.mark.django_db


def _run(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    report.add_arguments(parser)
    return report.run(parser.parse_args(["status-table", *arguments]))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--county", "77", "--on", "2026-11-15"], "«77» er ikke et fylkesnummer"),
        (["--county", "oslo", "--on", "2026-11-15"], "«oslo» er ikke et fylkesnummer"),
        (["--county", "03", "--on", "31.02.2026"], "«31.02.2026» er ikke en dato"),
        (["--county", "03", "--on", "2026-11-15", "--known-at", "i går"], "«i går» er ikke et tidspunkt"),
        (["--county", "03", "--on", "2026-11-15", "--format", "xlsx"], "Si hvor med --out"),
        (["--county", "03", "--on", "2026-11-15", "--out", "/proc/nei/fil.csv"], "Kan ikke skrive til"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(arguments, sentence):
    with pytest.raises(Invalid, match=sentence):
        _run(*arguments)


def test_known_at_gives_the_table_as_it_was_known_then(capsys):
    case = history.case(make.unit(), since=date(2026, 9, 1))
    history.was_wrong(case, "OTEV", date(2026, 9, 1), recorded=date(2026, 11, 1))
    wanted = ["--county", "03", "--on", "2026-10-01", "--format", "json"]

    def told(*more: str) -> dict[str, int]:
        assert _run(*wanted, *more) == 0
        rows = json.loads(capsys.readouterr().out)["rows"]
        return {row["code"]: row["total"] for row in rows if row["total"]}

    assert told() == {"OTEV": 1}
    assert told("--known-at", "2026-10-31T12:00") == {"OTUK": 1}
    assert told("--known-at", "2026-10-31") == {"OTUK": 1}
    assert told("--known-at", "2026-11-01") == {"OTEV": 1}, "a bare day is known to its end"


@pytest.mark.parametrize("form", ["csv", "json", "xlsx"])
def test_each_format_is_written_to_the_file_and_the_screen_gets_the_summary(tmp_path: Path, capsys, form):
    bulk.register({(3, "OTUK"): 1, (3, "OTAR"): 3})
    out = tmp_path / "rapporter" / f"tabell.{form}"
    on = (date(2026, 9, 1) + timedelta(1)).isoformat()
    assert _run("--county", "all", "--on", on, "--format", form, "--out", str(out)) == 0
    assert out.stat().st_size > 100
    assert "1 av 4 i målgruppen" in capsys.readouterr().out
