"""Coverage tells the truth about what is built and what is proven, and does not sink."""

import json
from textwrap import dedent

import pytest

from fotfeste.spec import catalogue, coverage, generated, marker
from fotfeste.spec.coverage import Report, Row
from fotfeste.spec.floor import fallen_below, floor, raised


@pytest.fixture
def project(tmp_path):
    """Return a function that writes a small project and reads its coverage."""
    (tmp_path / "src" / "fotfeste").mkdir(parents=True)
    (tmp_path / "tests").mkdir()

    def read(code="", tests="", with_tests=True):
        (tmp_path / "src" / "fotfeste" / "law.py").write_text(dedent(code), encoding="utf-8")
        (tmp_path / "tests" / "test_law.py").write_text(dedent(tests), encoding="utf-8")
        return coverage.coverage(tmp_path / "src", tmp_path / "tests" if with_tests else None)

    return read


def row(report, item_id):
    return next(each for each in report.rows if each.id == item_id)


def test_an_item_with_code_and_a_test_is_implemented(project):
    report = project(
        code="""
            @implements("tg-age-frame", "amb-01")
            def last_day(): ...
            """,
        tests="""
            @pytest.mark.proves("tg-age-frame")
            def test_the_frame(): ...
            """,
    )
    found = row(report, "tg-age-frame")
    assert found.code == ("fotfeste/law.py:last_day",)
    assert found.tests == ("tests/test_law.py::test_the_frame",)
    assert found.status == "implemented"
    assert row(report, "amb-01").status == "partial"
    assert row(report, "amb-02").status == "not-yet"


def test_a_test_without_code_is_partial(project):
    report = project(tests='@pytest.mark.proves("amb-02")\ndef test_it(): ...')
    assert row(report, "amb-02").status == "partial"


def test_a_call_at_the_top_of_a_module_is_found(project):
    assert row(project(code='implements("amb-03")'), "amb-03").code == ("fotfeste/law.py",)


def test_methods_classes_and_async_functions_get_their_full_name(project):
    report = project(
        code="""
            @spec.implements("amb-04")
            class Rules:
                @implements("amb-05")
                async def judge(self): ...
            """,
        tests="""
            @pytest.mark.proves("amb-04")
            class TestRules:
                @pytest.mark.proves("amb-05")
                def test_judges(self): ...
            """,
    )
    assert row(report, "amb-04").code == ("fotfeste/law.py:Rules",)
    assert row(report, "amb-05").code == ("fotfeste/law.py:Rules.judge",)
    assert row(report, "amb-04").tests == ("tests/test_law.py::TestRules",)
    assert row(report, "amb-05").tests == ("tests/test_law.py::TestRules::test_judges",)


def test_marks_on_parameters_and_on_a_whole_module_are_found(project):
    report = project(
        tests="""
            pytestmark = [pytest.mark.proves("amb-06")]

            @pytest.mark.parametrize("day", [pytest.param(1, marks=pytest.mark.proves("amb-07"))])
            def test_the_day(day): ...
            """
    )
    assert row(report, "amb-06").tests == ("tests/test_law.py",)
    assert row(report, "amb-07").tests == ("tests/test_law.py::test_the_day",)


def test_a_mark_in_a_comment_or_a_text_does_not_count(project):
    report = project(code='"""Use implements("amb-01")."""\n# implements("amb-02")\n')
    assert [each.id for each in report.rows if each.code] == []


def test_marking_a_repeated_statement_covers_the_duty_and_the_other_way_round(project):
    report = project(
        code='@implements("std-dc-review-lists")\ndef review(): ...',
        tests='@pytest.mark.proves("avt-dc-review-lists")\ndef test_review(): ...',
    )
    assert row(report, "avt-dc-review-lists").status == "implemented"
    assert row(report, "std-dc-review-lists").status == "implemented"


def test_a_wrong_id_in_a_test_is_reported_with_its_place(project):
    report = project(tests='@pytest.mark.proves("amb-99")\ndef test_it(): ...')
    assert report.problems == ("tests/test_law.py::test_it: amb-99 står ikke i spesifikasjonen.",)


@pytest.mark.parametrize("mark", ["implements(RULE)", "implements()", 'implements(*["amb-01"])'])
def test_an_id_that_is_not_written_out_is_reported(project, mark):
    (problem,) = project(code=mark).problems
    assert problem == "fotfeste/law.py:1: merket kan ikke leses; id-ene må være skrevet ut som tekst."


def test_a_file_that_is_not_python_is_reported_and_the_rest_still_read(project):
    report = project(code='implements("amb-01"', tests='@pytest.mark.proves("amb-01")\ndef test_it(): ...')
    assert [problem.split(":")[0] for problem in report.problems] == ["fotfeste/law.py"]
    assert row(report, "amb-01").status == "partial"


def test_the_code_is_never_imported(project):
    report = project(code='raise RuntimeError\nimplements("amb-01")')
    assert row(report, "amb-01").code == ("fotfeste/law.py",)


def test_without_the_tests_at_hand_their_names_come_from_the_packed_snapshot(project, monkeypatch):
    monkeypatch.setattr(coverage, "_snapshot", lambda: {"amb-08": ["tests/test_law.py::test_it"]})
    report = project(tests='@pytest.mark.proves("amb-01")\ndef test_it(): ...', with_tests=False)
    assert report.tests_from == "snapshot"
    assert row(report, "amb-08").tests == ("tests/test_law.py::test_it",)
    assert row(report, "amb-01").tests == ()


def test_the_snapshot_read_back_gives_the_same_tests(project):
    report = project(tests='@pytest.mark.proves("std-dc-review-lists")\ndef test_it(): ...')
    packed = json.loads(coverage.snapshot_of(report))["tests"]
    assert packed["avt-dc-review-lists"] == ["tests/test_law.py::test_it"]


def test_the_json_has_the_agreed_form(project):
    report = project(code='implements("amb-03")').as_json()
    assert set(report) == {"items", "totals"}
    assert {"id": "amb-03", "kind": "reading", "code": ["fotfeste/law.py"], "tests": [], "status": "partial"} in report[
        "items"
    ]
    assert report["totals"]["unit-rule"] == {"all": 14, "implemented": 0}
    assert json.loads(json.dumps(report)) == report


def report_of(*statuses):
    places = {"implemented": (("a",), ("b",)), "partial": (("a",), ()), "not-yet": ((), ())}
    rows = tuple(Row(f"amb-{n:02}", "reading", "", *places[status]) for n, status in enumerate(statuses, start=1))
    return Report(rows=rows, problems=(), tests_from="tests")


def test_falling_below_the_floor_is_told_for_the_kind():
    (sentence,) = fallen_below(report_of("implemented", "partial"), {"reading": 2})
    assert sentence == "reading: 2 skal være på plass, men bare 1 er det."


def test_at_the_floor_nothing_is_told():
    assert fallen_below(report_of("implemented", "partial"), {"reading": 1}) == ()


def test_a_kind_that_disappears_is_below_its_floor():
    assert len(fallen_below(report_of("implemented"), {"duty": 1})) == 1


def test_the_floor_is_raised_and_never_lowered():
    report = report_of("implemented", "implemented")
    assert json.loads(raised(report, {"reading": 1})) == {"reading": 2}
    assert json.loads(raised(report, {"reading": 5})) == {"reading": 5}


@pytest.fixture(scope="module")
def current():
    """The coverage of this repository: each file of it is read once for all that is asked of it."""
    return coverage.current_report()


def test_no_mark_in_this_repository_is_wrong(current):
    assert current.problems == ()


def test_coverage_has_not_fallen_below_the_floor(current):
    assert fallen_below(current, floor()) == ()


@pytest.mark.parametrize("path", sorted(generated.contents(report_of())))
def test_a_generated_file_is_current(path, current):
    outdated = generated.outdated(coverage.repository(), current)
    assert path not in outdated, "Run `fotfeste spec --write`."


def test_the_generated_list_of_ids_refuses_what_is_not_there():
    assert "amb-73" not in marker.known_ids()
    assert len(marker.known_ids()) == len(catalogue.items())
