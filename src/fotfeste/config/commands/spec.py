"""``fotfeste spec``: what of the specification is built, and what proves it."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How to show it."""
    parser.add_argument("--json", action="store_true", help="som JSON")
    parser.add_argument("--write", action="store_true", help="skriv docs/coverage.md og hev gulvet")


def run(arguments: argparse.Namespace) -> int:
    """Show coverage."""
    from fotfeste.spec import cli

    return int(cli.run(json=arguments.json, write_docs=arguments.write))
