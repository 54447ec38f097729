"""``fotfeste serve``: the web server."""

import argparse
import os


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen and with how many processes."""
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=4, help="samtidige forespørsler per prosess")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    from fotfeste.config.deploy_checks import require_safe_settings

    require_safe_settings()
    os.environ.setdefault("FOTFESTE_POOL_SIZE", str(arguments.threads + 2))
    serve(host=arguments.host, port=arguments.port, workers=arguments.workers, threads=arguments.threads)
    return 0


def serve(*, host: str, port: int, workers: int, threads: int) -> None:
    """Run granian over the WSGI application; each worker is a process of its own."""
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    Granian(
        "fotfeste.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
    ).serve()
