"""
Bring the nynorsk and English catalogues up to date with the texts in the code; ``--check`` changes nothing.

Bokmål texts are the message ids, so there is no bokmål catalogue. What is new stands in the ``.po`` files with an
empty translation, what nobody says any longer is taken away, and the ``.mo`` files, which Django reads, are written
from them. Nothing but Python is needed, and the same code gives the same files: no days, no line numbers, sorted.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.translation.template import templatize

from fotfeste.spec.written import read_yaml
from scripts.catalogue import Message, compiled, read, written

PACKAGE = Path(__file__).resolve().parent.parent / "src" / "fotfeste"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("nn", "en")

# The marking function: where its context, its text and its plural stand among the arguments.
_MARKERS = {
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
_IN_TEMPLATE = re.compile(r"\b(_|n?p?gettext)\(")
_LITERAL = re.compile(r"""\s*(u?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"))\s*[,)]""", re.DOTALL)


class NotATextError(SystemExit):
    """Something is marked for translation that is not a plain text."""


class Place(NamedTuple):
    """A marked text and the file it stands in."""

    message: Message
    file: Path


def marked_texts() -> list[Place]:
    """Return every text marked for translation in code, in templates and in the rules that are data."""
    found: list[Place] = []
    for file in sorted(PACKAGE.rglob("*.py")):
        if "migrations" not in file.parts:
            found += [Place(message, file) for message in in_python(file.read_text(encoding="utf-8"), file)]
    for file in sorted(PACKAGE.glob("*/templates/**/*.*")):
        found += [Place(message, file) for message in in_template(file.read_text(encoding="utf-8"))]
    file = PACKAGE / "law" / "readings.yaml"
    for entry in read_yaml(file.read_text(encoding="utf-8")):
        found += [
            Place(Message(text), file) for text in (entry["question"], entry["unclear"], *entry["allowed"].values())
        ]
    file = PACKAGE / "spec" / "data" / "deadlines.yaml"
    for each in read_yaml(file.read_text("utf-8"))["deadline"]:
        found += [Place(Message(each["label_nb"]), file), Place(Message(each["text_nb"]), file)]
    file = PACKAGE / "spec" / "data" / "duties.yaml"
    duties = read_yaml(file.read_text("utf-8"))["duty"]
    found += [Place(Message(each["label_nb"]), file) for each in duties if each["source"].startswith("agreement")]
    file = PACKAGE / "spec" / "data" / "routines.yaml"
    found += [Place(Message(text), file) for text in _routine_texts(read_yaml(file.read_text("utf-8"))["routine"])]
    file = PACKAGE / "spec" / "data" / "measures.yaml"
    found += [Place(Message(text), file) for text in _measure_names(read_yaml(file.read_text("utf-8")))]
    file = PACKAGE / "access" / "sharing_rules.yaml"
    for entry in read_yaml(file.read_text(encoding="utf-8")):
        found += [Place(Message(text), file) for text in (entry["purpose"], entry["condition"])]
    file = PACKAGE / "collaboration" / "record_kinds.yaml"
    for entry in read_yaml(file.read_text(encoding="utf-8")):
        found += [Place(Message(text), file) for text in _words_of_record(entry)]
    file = PACKAGE / "access" / "retention_rules.yaml"
    for entry in read_yaml(file.read_text(encoding="utf-8"))["kinds"]:
        found += [Place(Message(text), file) for text in (entry["name"], entry["told"])]
    return found


def _words_of_record(kind: dict) -> Iterator[str]:
    """Return the texts of one kind of record: its name, its fields and what may be answered."""
    answers = (*kind.get("answers", {}).values(), *kind.get("answered", {}).values())
    yield from filter(None, (kind["label"], kind.get("lead"), *answers))
    for field in kind["fields"]:
        yield from filter(None, (field["label"], field.get("help"), *field.get("options", {}).values()))


def _measure_names(data: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """Return what measures are called, and what is told to stand in their way."""
    yield from (each["label_nb"] for each in data["measure"])
    for rule in data["blocking-rule"]:
        yield from (rule["label_nb"], rule["text_nb"])


def _routine_texts(routines: list[dict[str, Any]]) -> Iterator[str]:
    """Return what the routines, their steps and the checkpoints are called, and what each says."""
    for routine in routines:
        yield from (routine["label_nb"], routine["trigger_nb"])
        for step in routine["steps"]:
            for each in (step, *step.get("checkpoints", ())):
                yield from (each["label_nb"], each["text_nb"])


def in_python(source: str, file: Path) -> Iterator[Message]:
    """Return the marked texts of a module. Joined literals count as one; an f-string is refused."""
    tree = ast.parse(source)
    names = _imported_markers(tree)
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        marker = names.get(name) or (_marker(name) if isinstance(node.func, ast.Attribute) else None)
        if marker is None or not node.args:
            continue
        texts = [_text(node.args[at]) if at is not None else None for at in _MARKERS[marker]]
        if texts[1] is not None:
            yield Message(texts[1], texts[2] or "", texts[0] or "")
        elif isinstance(node.args[0], ast.JoinedStr):
            raise NotATextError(f"{file}:{node.lineno}: an f-string cannot be translated; name the places in the text")


def _imported_markers(tree: ast.Module) -> dict[str, str]:
    """Return what the marking functions are called in a module, ``_`` most often."""
    return {
        alias.asname or alias.name: marker
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if (marker := _marker(alias.name))
    }


def _marker(name: str) -> str | None:
    plain = name.removesuffix("_lazy").removesuffix("_noop")
    return plain if plain in _MARKERS else None


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_template(source: str) -> Iterator[Message]:
    """Return the marked texts of a template, as Django will look them up."""
    calls = templatize(source)
    for call in _IN_TEMPLATE.finditer(calls):
        texts, at = [], call.end()
        while literal := _LITERAL.match(calls, at):
            texts.append(ast.literal_eval(literal[1]))
            at = literal.end()
        context, text, plural = _MARKERS["gettext" if call[1] == "_" else call[1]]
        if texts:
            yield Message(
                texts[text],
                texts[plural] if plural is not None else "",
                texts[context] if context is not None else "",
            )


def updated(language: str) -> dict[Message, tuple[str, ...]]:
    """Return a language's catalogue with every marked text in it and no other."""
    known = read(_po(language))
    return {message: known.get(message, ("",)) for message in sorted({place.message for place in marked_texts()})}


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def main() -> int:
    """Return 0 when the files are current, or now are; 1 when ``--check`` found one that is not, or a text lacks."""
    is_check = "--check" in sys.argv[1:]
    settings.configure(USE_I18N=False)
    status = 0
    for language in LANGUAGES:
        catalogue = updated(language)
        for file, content in (
            (_po(language), written(language, catalogue)),
            (_po(language).with_suffix(".mo"), compiled(language, catalogue)),
        ):
            if file.is_file() and file.read_bytes() == content:
                continue
            status |= is_check
            print(f"{file.name} for {language} is out of date: run «make messages»." if is_check else f"wrote {file}")
            if not is_check:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(content)
        for message, texts in catalogue.items():
            if not all(texts):
                print(f"{language} lacks: {message.text}")
                status |= is_check
    return status


if __name__ == "__main__":
    sys.exit(main())
