"""``fotfeste demo``: a synthetic county in a browser, with nothing to set up."""

import argparse
import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

from fotfeste.config.commands.arguments import a_day
from fotfeste.kernel.errors import Invalid

_DATA = Path("var") / "fotfeste"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """How many people, where to listen, and whether to stop when it is built."""
    parser.add_argument("--once", action="store_true", help="bygg alt, skriv et sammendrag og slutt")
    parser.add_argument("--people", default="oslo", metavar="N", help="oslo, county, national eller et tall")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--on", type=a_day, metavar="DATO", help="dagen verden ses (ellers i dag)")


def before(arguments: argparse.Namespace) -> None:
    """
    Name the local identity provider before the settings are read.

    :raises Invalid: something else is listening on the port.
    """
    if not arguments.once:
        for port in (arguments.port, arguments.port + 1):
            if _is_taken(port):
                raise Invalid(f"Port {port} er opptatt. Velg en annen med --port.")
    os.environ.setdefault("FOTFESTE_ENV", "demo")
    os.environ.pop("FOTFESTE_LOGIN", None)
    os.environ.setdefault("FOTFESTE_OIDC_SINGLE_LOGOUT", "0")  # the local provider keeps no session to end
    os.environ["FOTFESTE_OIDC_ISSUER"] = f"http://localhost:{arguments.port + 1}"
    os.environ.setdefault("FOTFESTE_OIDC_CLIENT_SECRET", "bare-for-demo")
    os.environ["AUTHLIB_INSECURE_TRANSPORT"] = "1"
    # Mail goes nowhere, nor do minutes to an archive; they are put beside the database, to be looked at.
    os.environ.setdefault("FOTFESTE_MAIL_FOLDER", str((arguments.data_dir or _DATA) / "mail"))
    os.environ.setdefault("FOTFESTE_ARCHIVE_FOLDER", str((arguments.data_dir or _DATA) / "arkiv"))
    os.environ.setdefault("FOTFESTE_LETTER_FOLDER", str((arguments.data_dir or _DATA) / "brev"))
    os.environ.setdefault("FOTFESTE_REPLY_ADDRESS", f"http://localhost:{arguments.port}")


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def run(arguments: argparse.Namespace) -> int:
    """Build, then serve until stopped."""
    from django.conf import settings

    from fotfeste.config.demo.building import build
    from fotfeste.integrations.synthetic.sizes import WrongSize
    from fotfeste.kernel import clock

    if settings.PRODUCTION:
        raise Invalid("Demoen kjøres aldri i produksjon. Ta bort FOTFESTE_ENV=production.")
    try:
        built = build(people=arguments.people, seed=arguments.seed, on=arguments.on or clock.today(), say=_say)
    except WrongSize as problem:
        raise Invalid(str(problem)) from problem
    _summary(built, arguments)
    if not arguments.once:
        _serve(built, arguments.port)
    return 0


def _say(step: str) -> None:
    print(f"  {step} …", file=sys.stderr, flush=True)


def _summary(built, arguments) -> None:  # type: ignore[no-untyped-def]
    if built.outcomes:
        print(f"Bygd: {built.people} ungdommer, {built.cases} av dem i Oppfølgingstjenesten.")
        for outcome in built.outcomes:
            print(f"  {outcome.source}: {outcome.rows} rader, {outcome.new} nye, {outcome.rejected} avvist")
    else:
        print("Databasen har data fra før; den er brukt som den er.")
    print("Brukere i demoen (ingen passord, velg på innloggingssiden):")
    for user in built.users:
        print(f"  {user.subject}{f' – ser {user.sees}' if user.sees else ''}")
    if not arguments.once:
        print(f"\nFotfeste kjører på http://localhost:{arguments.port}  (stopp med Ctrl-C)", flush=True)


def _serve(built, port: int) -> None:  # type: ignore[no-untyped-def]
    from fotfeste.config.demo import provider

    signal.signal(signal.SIGTERM, _interrupt)
    command = [sys.executable, "-m", "fotfeste.config.cli"]
    environment = {**os.environ, "FOTFESTE_HOSTS": "localhost,127.0.0.1"}
    with provider.running(port=port + 1, users=built.users):
        processes = [
            subprocess.Popen([*command, "serve", "--port", str(port)], env=environment),
            subprocess.Popen([*command, "worker"], env=environment),
        ]
        try:
            _wait(processes)
        except KeyboardInterrupt:
            print("\nStopper …", file=sys.stderr)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=20)


def _interrupt(number: int, frame: object) -> None:
    """Let being told to stop end the demo as Ctrl-C does, with its processes."""
    raise KeyboardInterrupt


def _wait(processes: list[subprocess.Popen]) -> None:
    """Wait until one of them ends: the demo is whole or it is nothing."""
    ended = threading.Event()
    for process in processes:
        threading.Thread(target=_tell_when_ended, args=(process, ended), daemon=True).start()
    ended.wait()


def _tell_when_ended(process: subprocess.Popen, ended: threading.Event) -> None:
    process.wait()
    ended.set()
