"""What the import linter cannot say."""

import ast
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "fotfeste"
MODULES = sorted(SRC.rglob("*.py"))


def _imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return names + [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]


def _app(path: Path) -> str:
    return path.relative_to(SRC).parts[0].removesuffix(".py")


def test_no_app_imports_another_apps_models():
    crossings = [
        f"{path.relative_to(SRC)} imports {name}"
        for path in MODULES
        for name in _imports(path)
        if name.startswith("fotfeste.") and name.endswith(".models") and name.split(".")[1] != _app(path)
    ]
    assert crossings == []


def test_only_the_clock_asks_what_time_it_is():
    words = ("datetime.now(", "date.today(", "timezone.now(", "utcnow(", "time.time(")
    askers = [
        str(path.relative_to(SRC))
        for path in MODULES
        if path.name != "clock.py" and any(word in path.read_text(encoding="utf-8") for word in words)
    ]
    assert askers == []


def test_no_file_is_too_large_to_find_ones_way_in():
    too_large = {
        str(path.relative_to(SRC)): lines
        for path in MODULES
        if "migrations" not in path.parts and (lines := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert too_large == {}


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "misc"])
def test_no_room_without_a_name(word: str):
    assert [str(p.relative_to(SRC)) for p in MODULES if p.stem == word] == []
