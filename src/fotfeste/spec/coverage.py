"""What implements each item of the specification, and what proves it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from fotfeste.spec import catalogue
from fotfeste.spec.marks import Marks, find_marks

Status = Literal["implemented", "partial", "not-yet"]

SRC_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Row:
    """One item with the code that implements it and the tests that prove it."""

    id: str
    kind: str
    label: str
    code: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def status(self) -> Status:
        """Say implemented when there is both code and a test, partial when there is only one of them."""
        if self.code and self.tests:
            return "implemented"
        return "partial" if self.code or self.tests else "not-yet"


@dataclass(frozen=True, slots=True)
class Report:
    """The coverage of the whole specification."""

    rows: tuple[Row, ...]
    problems: tuple[str, ...]
    tests_from: Literal["tests", "snapshot"]

    def totals(self) -> dict[str, dict[str, int]]:
        """Return how many items each kind has, and how many of them are implemented."""
        counted: dict[str, dict[str, int]] = {}
        for row in self.rows:
            of_kind = counted.setdefault(row.kind, {"all": 0, "implemented": 0})
            of_kind["all"] += 1
            of_kind["implemented"] += row.status == "implemented"
        return counted

    def of_kind(self, kind: str) -> tuple[Row, ...]:
        """Return the rows of one kind, in the order of the specification."""
        return tuple(row for row in self.rows if row.kind == kind)

    def as_json(self) -> dict[str, Any]:
        """Return the report as plain values: `items` and `totals`."""
        return {
            "items": [
                {
                    "id": row.id,
                    "kind": row.kind,
                    "code": list(row.code),
                    "tests": list(row.tests),
                    "status": row.status,
                }
                for row in self.rows
            ],
            "totals": self.totals(),
        }


def coverage(src_root: Path, tests_root: Path | None) -> Report:
    """
    Return the coverage read from the source text of the package and its tests.

    Without tests at hand, as in an installed package, the names of the tests come from the snapshot that
    was packed with it; the report then says so in `tests_from`.
    """
    package = src_root / "fotfeste"
    code = find_marks(package, mark="implements", separator=":", shown_from=src_root)
    if tests_root is None:
        tests = Marks(places={item_id: set(names) for item_id, names in _snapshot().items()})
    else:
        tests = find_marks(tests_root, mark="proves", separator="::", shown_from=tests_root.parent)
    return Report(
        rows=_rows(_by_duty(code), _by_duty(tests)),
        problems=_problems(code, tests),
        tests_from="snapshot" if tests_root is None else "tests",
    )


def current_report() -> Report:
    """Return the coverage of this installation."""
    return coverage(SRC_ROOT, root_of_tests())


def repository() -> Path | None:
    """Return the folder of the source checkout this package runs from; None when it is installed."""
    root = SRC_ROOT.parent
    return root if SRC_ROOT.name == "src" and (root / "pyproject.toml").is_file() else None


def root_of_tests() -> Path | None:
    """Return the folder of the tests; None when they are not here."""
    root = repository()
    return root / "tests" if root and (root / "tests").is_dir() else None


def snapshot_of(report: Report) -> str:
    """Return the test names of a report as the text of the snapshot file."""
    names = {row.id: list(row.tests) for row in report.rows if row.tests}
    return json.dumps({"tests": names}, indent=1, ensure_ascii=False) + "\n"


def _snapshot() -> Mapping[str, list[str]]:
    packed = resources.files("fotfeste.spec").joinpath("data", "coverage.json")
    tests: Mapping[str, list[str]] = json.loads(packed.read_text(encoding="utf-8"))["tests"]
    return tests


def _by_duty(marks: Marks) -> dict[str, set[str]]:
    # A duty and the statements that repeat it are the same duty, whichever id was written.
    pooled: dict[str, set[str]] = {}
    for item_id, places in marks.places.items():
        try:
            pooled.setdefault(catalogue.duty_of(item_id), set()).update(places)
        except catalogue.UnknownItem:
            continue
    return pooled


def _rows(code: dict[str, set[str]], tests: dict[str, set[str]]) -> tuple[Row, ...]:
    rows = []
    for item in catalogue.items():
        shared = catalogue.duty_of(item.id)
        rows.append(
            Row(
                id=item.id,
                kind=item.kind,
                label=item.label_nb,
                code=tuple(sorted(code.get(shared, ()))),
                tests=tuple(sorted(tests.get(shared, ()))),
            )
        )
    return tuple(rows)


def _problems(code: Marks, tests: Marks) -> tuple[str, ...]:
    known = {item.id for item in catalogue.items()}
    found = [
        f"{place}: {item_id} står ikke i spesifikasjonen."
        for marks in (code, tests)
        for item_id in sorted(set(marks.places) - known)
        for place in sorted(marks.places[item_id])
    ]
    unreadable = [*code.unreadable, *tests.unreadable]
    found += [f"{place}: merket kan ikke leses; id-ene må være skrevet ut som tekst." for place in unreadable]
    return tuple(found)
