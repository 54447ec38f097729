#!/usr/bin/env python3
"""Write the documents that are generated from the code; ``--check`` only says which are out of date."""

import os
import sys
from pathlib import Path

import django

from fotfeste.law import document
from fotfeste.spec import coverage, generated

REPOSITORY = Path(__file__).resolve().parent.parent


def contents() -> dict[str, str]:
    """Return what each generated document should hold, by its path in the repository."""
    return {
        **generated.contents(coverage.current_report()),
        "docs/law.md": document.render(),
        "docs/processing-record.md": _processing_record(),
    }


def _processing_record() -> str:
    """Return the record of processing; what the fields are called stands in the models, which need no database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste.config.settings")
    os.environ.setdefault("FOTFESTE_ENV", "test")
    django.setup()
    from fotfeste.access import processing_record

    return processing_record.render()


def main() -> int:
    """Return 0 when all is current or now written, 1 when ``--check`` found something out of date."""
    is_check = "--check" in sys.argv[1:]
    outdated = 0
    for path, text in contents().items():
        file = REPOSITORY / path
        if file.is_file() and file.read_text(encoding="utf-8") == text:
            continue
        outdated += 1
        print(f"{path} is out of date: run «make docs»." if is_check else f"wrote {path}")
        if not is_check:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return 1 if is_check and outdated else 0


if __name__ == "__main__":
    sys.exit(main())
