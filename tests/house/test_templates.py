"""Templates that nothing uses are taken away; inline style and script never come in."""

import re
from pathlib import Path

SRC = Path(__file__).parents[2] / "src" / "fotfeste"
TEMPLATES = sorted(SRC.glob("*/templates/**/*.html"))
MENTIONED = "\n".join(path.read_text(encoding="utf-8") for pattern in ("*.py", "*.html") for path in SRC.rglob(pattern))
BY_DJANGO = ("django/forms/", "kernel/errors/")


def _name(path: Path) -> str:
    return path.as_posix().split("/templates/", 1)[1]


def test_every_template_is_used():
    unused = [
        name
        for name in map(_name, TEMPLATES)
        if not name.startswith(BY_DJANGO)
        and name not in MENTIONED
        and name.rsplit("/", 1)[1].removesuffix(".html") not in MENTIONED
    ]
    assert unused == []


def test_no_template_has_inline_style_or_script():
    inline = re.compile(r"""\sstyle=|\son[a-z]+\s*=\s*["']|<script(?![^>]*\ssrc=)|<style\b""", re.IGNORECASE)
    assert [
        name
        for path, name in zip(TEMPLATES, map(_name, TEMPLATES), strict=True)
        if inline.search(path.read_text(encoding="utf-8"))
    ] == []


def test_enter_in_a_field_gives_no_answer_somebody_did_not_choose():
    """The first button is what Enter presses, so where several answer, nothing of one line is written before them."""
    one_line = re.compile(r"<input(?![^>]*type=.(?:hidden|radio|checkbox|file))|\{\{ ?[a-z_.]*form\b|as_field_group")
    answering = re.compile(r"<button[^>]*\bname=")
    wrong = []
    for path in TEMPLATES:
        for form in re.findall(r"<form.*?</form>", path.read_text(encoding="utf-8"), re.DOTALL):
            buttons = re.findall(r"<button[^>]*type=.submit[^>]*>", form)
            several = len(buttons) > 1 or any("{% for" in before for before in _around(form, "<button"))
            if several and answering.match(buttons[0]) and one_line.search(form):
                wrong.append(_name(path))
    assert wrong == []


def _around(text: str, what: str) -> list[str]:
    """Return what stands right before each of something."""
    return [text[max(0, found.start() - 90) : found.start()] for found in re.finditer(re.escape(what), text)]


def test_no_template_is_too_long_to_read():
    assert [_name(p) for p in TEMPLATES if len(p.read_text(encoding="utf-8").splitlines()) > 150] == []
