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


def test_no_template_is_too_long_to_read():
    assert [_name(p) for p in TEMPLATES if len(p.read_text(encoding="utf-8").splitlines()) > 150] == []
