#!/usr/bin/env python3
"""
Take the pictures a style sheet holds inside itself out into files beside it, so that pages need not allow ``data:``.

``vendor_pictures.py SHEET FOLDER``; the same picture is written once. Used by ``vendor.sh``.
"""

import hashlib
import re
import sys
from pathlib import Path
from urllib.parse import unquote

PICTURE = re.compile(r"""url\((["'])data:image/svg\+xml(?:;charset=utf-8)?,(.*?)\1\)""")


def take_out(sheet: str, *, folder: str) -> tuple[str, dict[str, str]]:
    """Return the sheet with addresses for pictures, and the pictures by file name."""
    pictures: dict[str, str] = {}

    def written(found: re.Match[str]) -> str:
        drawing = unquote(found[2])
        name = f"{hashlib.sha256(drawing.encode()).hexdigest()[:12]}.svg"
        pictures[name] = drawing
        return f'url("{folder}/{name}")'

    return PICTURE.sub(written, sheet), pictures


def main(sheet: Path, folder: Path) -> None:
    """Rewrite the sheet in its place."""
    text, pictures = take_out(sheet.read_text(encoding="utf-8"), folder=folder.name)
    folder.mkdir(exist_ok=True)
    for name, drawing in pictures.items():
        (folder / name).write_text(drawing, encoding="utf-8")
    sheet.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
