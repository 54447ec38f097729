"""Find the traceability marks in source text: `implements(...)` in code, `pytest.mark.proves(...)` in tests."""

import ast
from dataclasses import dataclass, field
from pathlib import Path

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(slots=True)
class Marks:
    """Where each id is marked, and the marks that could not be read."""

    places: dict[str, set[str]] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)

    def add(self, item_id: str, place: str) -> None:
        """Note that `place` carries a mark with this id."""
        self.places.setdefault(item_id, set()).add(place)


def find_marks(root: Path, *, mark: str, separator: str, shown_from: Path) -> Marks:
    """
    Return the calls of `mark` in every Python file under `root`, without importing any of them.

    A place reads ``path<separator>qualified name``, or the path alone for a call at the top of a module.
    Paths are shown relative to `shown_from`.
    """
    marks = Marks()
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if f"{mark}(" not in text:
            continue
        shown = path.relative_to(shown_from).as_posix()
        try:
            tree = ast.parse(text, filename=shown)
        except SyntaxError as error:
            marks.unreadable.append(f"{shown}:{error.lineno}")
            continue
        _Finder(mark, shown, separator, marks).visit(tree)
    return marks


class _Finder(ast.NodeVisitor):
    def __init__(self, mark: str, shown: str, separator: str, marks: Marks) -> None:
        self.mark, self.shown, self.separator, self.marks = mark, shown, separator, marks
        self.names: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        self._inside(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
        self._inside(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._inside(node)

    def _inside(self, node: Definition) -> None:
        # Decorators are visited as part of what they decorate, so they get its name.
        self.names.append(node.name)
        self.generic_visit(node)
        self.names.pop()

    def visit_Call(self, node: ast.Call) -> None:
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)
        if name == self.mark:
            self._read(node)
        self.generic_visit(node)

    def _read(self, node: ast.Call) -> None:
        inside = "::".join(self.names) if self.separator == "::" else ".".join(self.names)
        place = f"{self.shown}{self.separator}{inside}" if inside else self.shown
        if node.keywords or not node.args:
            self.marks.unreadable.append(f"{self.shown}:{node.lineno}")
        for each in node.args:
            if isinstance(each, ast.Constant) and isinstance(each.value, str):
                self.marks.add(each.value, place)
            else:
                self.marks.unreadable.append(f"{self.shown}:{node.lineno}")
