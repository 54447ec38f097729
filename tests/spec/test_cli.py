"""`fotfeste spec` prints what is built, writes the pages and says when something is wrong."""

import json

import pytest

from fotfeste.spec import cli, coverage
from fotfeste.spec.coverage import Report, Row

ROWS = (
    Row("amb-01", "reading", "Aldersramme", ("fotfeste/law.py",), ("tests/test_law.py::test_it",)),
    Row("amb-02", "reading", "Alder", ("fotfeste/law.py",), ()),
    Row("tg-age-frame", "group-rule", "Ramme", (), ()),
)


@pytest.fixture
def reported(monkeypatch):
    """Return a function that makes the command see a given report, and no floor."""

    def use(*, problems=(), tests_from="tests", least=None, repository=None):
        report = Report(rows=ROWS, problems=problems, tests_from=tests_from)
        monkeypatch.setattr(coverage, "current_report", lambda: report)
        monkeypatch.setattr(coverage, "repository", lambda: repository)
        monkeypatch.setattr(cli, "floor", lambda: least or {})

    return use


def test_the_table_counts_each_kind_and_everything(reported, capsys):
    reported()
    assert cli.run(json=False, write_docs=False) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["reading", "2", "1", "1", "0"] in lines
    assert ["group-rule", "1", "0", "0", "1"] in lines
    assert lines[-1] == ["I", "alt", "3", "1", "1", "1"]


def test_the_json_alone_is_on_standard_output(reported, capsys):
    reported(tests_from="snapshot")
    assert cli.run(json=True, write_docs=False) == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["totals"] == {
        "reading": {"all": 2, "implemented": 1},
        "group-rule": {"all": 1, "implemented": 0},
    }
    assert "Testene følger ikke med her" in printed.err


def test_coverage_below_the_floor_is_a_failure(reported, capsys):
    reported(least={"reading": 2})
    assert cli.run(json=False, write_docs=False) == 1
    assert "reading: 2 skal være på plass" in capsys.readouterr().err


def test_a_wrong_mark_is_a_failure(reported, capsys):
    reported(problems=("tests/test_law.py::test_it: amb-99 står ikke i spesifikasjonen.",))
    assert cli.run(json=False, write_docs=False) == 1
    assert "amb-99" in capsys.readouterr().err


def test_the_pages_are_written_once_and_then_left_alone(reported, tmp_path, capsys):
    reported(repository=tmp_path)
    assert cli.run(json=False, write_docs=True) == 0
    assert "Skrev docs/coverage.md." in capsys.readouterr().err
    page = (tmp_path / "docs" / "coverage.md").read_text(encoding="utf-8")
    assert "1 of 3 items are implemented." in page
    assert "| amb-01 | Aldersramme | implemented | `fotfeste/law.py` | `tests/test_law.py::test_it` |" in page
    assert "Not yet (1): tg-age-frame." in page
    assert "amb-01" in (tmp_path / "docs" / "readings.md").read_text(encoding="utf-8")

    cli.run(json=False, write_docs=True)
    assert "Skrev" not in capsys.readouterr().err


def test_an_installed_package_refuses_to_write(reported, capsys):
    reported(tests_from="snapshot")
    assert cli.run(json=False, write_docs=True) == 2
    assert "utsjekk av kildekoden" in capsys.readouterr().err
