"""``fotfeste worker``: scheduled jobs."""

import argparse


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many jobs at once, and whether to stop when the queue is empty."""
    parser.add_argument("--concurrency", type=int, default=2)
    parser.add_argument("--once", action="store_true", help="gjør det som venter, og slutt")


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped."""
    from fotfeste.config.schedule import worker_app

    app = worker_app()
    with app.open():
        app.run_worker(wait=not arguments.once, concurrency=arguments.concurrency)
    return 0
