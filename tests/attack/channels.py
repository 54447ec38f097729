"""Every way something leaves the product: found in the code, so that a new one cannot be forgotten."""

import ast
from collections.abc import Iterator
from pathlib import Path

from procrastinate.contrib.django import app

from fotfeste.config.cli import COMMANDS
from fotfeste.correspondence.enums import NoticeKind

SOURCE = Path(__file__).parents[2] / "src" / "fotfeste"

#: What is called when something is written elsewhere than in a page or on the command line's screen.
_CALLS = {
    "EmailMessage": "mail", "EmailMultiAlternatives": "mail", "send_mail": "mail", "send_mass_mail": "mail",
    "mail_admins": "mail", "mail_managers": "mail", "SMTP": "mail",
    "Workbook": "file", "writer": "file", "DictWriter": "file", "write_bytes": "file", "write_text": "file",
    "ZipFile": "file", "Calendar": "calendar", "render_pdf": "pdf", "compile": "pdf",
    "FileResponse": "answer", "StreamingHttpResponse": "answer", "HttpResponse": "answer", "JsonResponse": "answer",
    "getLogger": "log", "get_logger": "log", "urlopen": "partner", "Request": "partner",
}  # fmt: skip
_NOT_OURS = {"re": {"compile"}}


def found() -> set[str]:
    """Return the name of every channel there is."""
    jobs = (name for name, task in app.tasks.items() if task.func.__module__.startswith("fotfeste."))
    return {
        *(f"command: {name}" for name, _help, _database in COMMANDS),
        *(f"job: {name}" for name in jobs),
        *(f"notice: {kind.value}" for kind in NoticeKind),
        *(f"document: {path.relative_to(SOURCE)}" for path in SOURCE.rglob("*.typ")),
        *_calls(),
    }


def _calls() -> Iterator[str]:
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            kind = _kind_of(node) if isinstance(node, ast.Call) else None
            if kind:
                yield f"{kind}: {path.relative_to(SOURCE)}"


def _kind_of(call: ast.Call) -> str | None:
    if isinstance(call.func, ast.Attribute):
        name = call.func.attr
        module = getattr(call.func.value, "id", "")
        if name in _NOT_OURS.get(module, ()):
            return None
    else:
        name = getattr(call.func, "id", "")
    if name in {"open", "fdopen"} and any(_writes(each) for each in call.args):
        return "file"
    return _CALLS.get(name)


def _writes(argument: ast.expr) -> bool:
    value = getattr(argument, "value", None)
    return isinstance(value, str) and value.rstrip("bt+") in {"w", "a", "x"}
