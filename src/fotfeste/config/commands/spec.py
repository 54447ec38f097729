"""``fotfeste spec``: what of the specification is built, and what proves it."""

import argparse
from pathlib import Path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to show it."""
    parser.add_argument("--json", action="store_true", help="som JSON")
    parser.add_argument("--write", action="store_true", help="skriv de genererte dokumentene og hev gulvet")


def run(arguments: argparse.Namespace) -> int:
    """Show coverage; with ``--write`` also write docs/law.md and the other generated files."""
    from fotfeste.law import document
    from fotfeste.spec import cli

    code = int(cli.run(json=arguments.json, write_docs=arguments.write))
    docs = Path("docs")
    if arguments.write and docs.is_dir():
        (docs / "law.md").write_text(document.render(), encoding="utf-8")
    return code
