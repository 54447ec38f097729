"""
The command line: ``fotfeste COMMAND``.

Exit codes: 0 done, 1 done but something is wrong (rejected rows, a check that found something), 2 could not be done.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fotfeste.config.commands.arguments import speak_norwegian
from fotfeste.kernel.errors import Invalid, Refused

DEFAULT_DATA = Path("var") / "fotfeste"

# name, one line of help, whether it needs the database
COMMANDS = (
    ("demo", "bygg et syntetisk Oslo, start alt og skriv adressen og brukerne", True),
    ("synth", "skriv syntetiske filer i importformatene", False),
    ("import", "les inn en fil: vis plan, eller ta den i bruk med --apply", True),
    ("units", "ta inn et fylkes skoler, bydeler og Nav-kontorer", True),
    ("explain", "vis avgjørelsene om én ungdom og hvorfor", True),
    ("export-person", "ta ut en kopi av alt om én person, til den det gjelder", True),
    ("dispose", "vis hva som er forfalt til kassasjon i et fylke; tar ikke bort noe", True),
    ("otuk", "lag frosne OTUK-lister per bydel", True),
    ("wash", "sammenlign en listevask med Navs register uten å vise listen", True),
    ("report", "lag en rapport", True),
    ("check", "kontroller at alt henger sammen", True),
    ("login", "lag nøkler til innlogging, eller kontroller innloggingstjenestene", False),
    ("spec", "vis hva i spesifikasjonen som er bygd og bevist", False),
    ("migrate", "gjør databasen klar for denne versjonen", True),
    ("administrator", "gi et fylke den første som kan gi andre tilgang", True),
    ("serve", "start nettjeneren", True),
    ("worker", "kjør planlagte jobber", True),
)


def prepare_database(data_dir: Path | None, *, migrate: bool = True) -> None:
    """
    Point the settings at the database: ``DATABASE_URL``, else the embedded one in the data folder.

    The embedded database is for trying out; it is the demo environment unless FOTFESTE_ENV says otherwise.

    :raises DatabaseProblem: it cannot be started; the text says why.
    """
    from fotfeste.kernel.database import endpoint_for

    embedded = not os.environ.get("DATABASE_URL")
    endpoint = endpoint_for(data_dir or DEFAULT_DATA)
    os.environ["DATABASE_URL"] = endpoint.app_url
    os.environ["DATABASE_OWNER_URL"] = endpoint.owner_url or os.environ.get("DATABASE_OWNER_URL", "")
    if embedded:
        os.environ.setdefault("FOTFESTE_ENV", "demo")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fotfeste.config.settings")
    import django

    django.setup()
    if migrate:
        _make_ready(embedded=embedded)


def _make_ready(*, embedded: bool) -> None:
    """Migrate the embedded database by itself; somebody else's is migrated when they say so."""
    from django.db import Error, OperationalError

    from fotfeste.config import deployment

    if embedded:
        deployment.migrate_if_needed()
        return
    try:
        ready = deployment.is_ready()
    except OperationalError:
        deployment.require_answer(os.environ["DATABASE_URL"])
        ready = False
    except Error:
        ready = False
    if not ready:
        raise Invalid("Databasen er ikke klargjort for denne versjonen. Kjør «fotfeste migrate» først.")


def _parser() -> argparse.ArgumentParser:
    speak_norwegian()
    parser = argparse.ArgumentParser(
        prog="fotfeste", description="Fotfeste – arbeidsverktøyet til Oppfølgingstjenesten."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="KOMMANDO")
    for name, text, needs_database in COMMANDS:
        sub = commands.add_parser(name, help=text, description=text)
        if needs_database:
            sub.add_argument(
                "--data-dir", type=Path, metavar="MAPPE", help=f"den innebygde databasens mappe (ellers {DEFAULT_DATA})"
            )
        module = importlib.import_module(
            f"fotfeste.config.commands.{name.replace('import', 'import_').replace('-', '_')}"
        )
        module.add_arguments(sub)
        sub.set_defaults(run=module.run, before=getattr(module, "before", None), needs_database=needs_database)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors are told in one plain sentence, never a traceback."""
    from fotfeste.kernel.database import DatabaseProblem

    chosen = _parser().parse_args(arguments)
    try:
        if chosen.before:
            chosen.before(chosen)
        if chosen.needs_database:
            prepare_database(chosen.data_dir, migrate=chosen.command != "migrate")
        return int(chosen.run(chosen))
    except (Refused, DatabaseProblem) as problem:
        print(str(problem), file=sys.stderr)
    except KeyboardInterrupt:
        print("Avbrutt.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        return 0
    except Exception as problem:
        if os.environ.get("FOTFESTE_TRACEBACK"):
            raise
        print(f"Noe gikk galt i Fotfeste ({type(problem).__name__}). Ingenting er endret.", file=sys.stderr)
        print("Kjør på nytt med FOTFESTE_TRACEBACK=1 for å se detaljene.", file=sys.stderr)
    return 2


def entry() -> None:
    """Leave with the exit code."""
    sys.exit(main())


if __name__ == "__main__":
    entry()
