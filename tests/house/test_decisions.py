"""The decisions are numbered so that a number names one of them."""

import re
from collections import Counter
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "adr"
SOURCES = FOLDER.parents[1] / "src"


def _numbers() -> list[int]:
    return sorted(int(path.name[:4]) for path in FOLDER.glob("*.md"))


def test_each_number_names_one_decision_and_none_is_missing():
    assert [number for number, times in Counter(_numbers()).items() if times > 1] == []
    assert _numbers() == list(range(1, len(_numbers()) + 1))


def test_the_title_has_the_number_of_the_file():
    wrong = [p.name for p in FOLDER.glob("*.md") if not p.read_text().startswith(f"# {int(p.name[:4])}. ")]
    assert wrong == []


def test_a_decision_that_code_names_exists():
    named = set()
    for path in [p for kind in ("*.py", "*.sql") for p in SOURCES.rglob(kind)]:
        for group in re.findall(r"docs/adr/(\d{4}(?:-[\w-]+\.md)?(?:, \d{4})*)", path.read_text()):
            named |= {(path.name, part) for part in group.split(", ")}
    there = {p.name for p in FOLDER.glob("*.md")}
    missing = [(where, what) for where, what in named if not any(name.startswith(what) for name in there)]
    assert named
    assert missing == []
