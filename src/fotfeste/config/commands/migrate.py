"""``fotfeste migrate``: bring the database to this version."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Nothing beyond the common arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Make the roles where that is possible, migrate as the owner, and load what the product brings with it."""
    from django.conf import settings

    from fotfeste.config import deployment

    deployment.ensure_roles(settings.DATABASE_OWNER_URL)
    deployment.migrate()
    print("Databasen er klar.")
    return 0
