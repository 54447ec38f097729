"""What is shipped from others is what was locked, whole, and licensed."""

import hashlib
import re
from pathlib import Path

import pytest

from fotfeste import kernel

VENDOR = Path(kernel.__file__).parent / "static" / "vendor"
LOCKED = [
    line.rsplit(maxsplit=4)
    for line in (VENDOR / "vendor.lock").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("file", "digest"), [(entry[-2], entry[-1]) for entry in LOCKED])
def test_every_vendored_file_has_the_hash_in_the_lock(file, digest):
    assert hashlib.sha256((VENDOR / file).read_bytes()).hexdigest() == digest


def test_no_vendored_file_is_missing_from_the_lock():
    present = {str(path.relative_to(VENDOR)) for path in VENDOR.rglob("*") if path.is_file()}
    assert present == {entry[-2] for entry in LOCKED} | {"vendor.lock"}


@pytest.mark.parametrize("folder", ["designsystemet", "inter", "lucide"])
def test_every_vendored_folder_has_its_licence(folder):
    assert "ermission" in (VENDOR / folder / "LICENSE").read_text(encoding="utf-8")


def test_style_sheets_hold_no_pictures_that_pages_would_have_to_allow():
    for path in VENDOR.rglob("*.css"):
        text = path.read_text(encoding="utf-8")
        assert "data:" not in text, path.name
        pictures = re.findall(r"url\(\s*[\"']?([^\"')]+)", text)
        assert [found for found in pictures if not (path.parent / found).is_file()] == []


def test_nothing_vendored_sends_the_browser_elsewhere():
    for path in VENDOR.rglob("*"):
        if path.suffix in {".css", ".js"}:
            text = path.read_text(encoding="utf-8")
            assert "sourceMappingURL" not in text, path.name
            assert re.findall(r"url\(\s*[\"']?https?:", text) == [], path.name
            assert re.findall(r"@import\s+(?:url\()?[\"']https?:", text) == [], path.name


def test_the_pages_use_only_their_own_style_sheets_fonts_and_scripts():
    own = VENDOR.parent / "fotfeste"
    for path in own.rglob("*"):
        if path.suffix in {".css", ".js"}:
            assert re.findall(r"https?://(?!www\.w3\.org)", path.read_text(encoding="utf-8")) == [], path.name
