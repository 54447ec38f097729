"""Not written yet."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None yet."""


def run(arguments: argparse.Namespace) -> int:
    """Nothing yet."""
    return 2
