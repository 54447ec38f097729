"""Nobody has changed the log."""

from collections.abc import Iterator

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.config.checks.result import Problem, Result


def look(actor: Actor) -> Iterator[Result]:
    """Seal what has been logged since the last time, and try every seal."""
    yield Result("log-seals", "Loggens segl holder", tuple(_broken_seals()))


def _broken_seals() -> Iterator[Problem]:
    if audit.seal() is None:
        yield Problem("Loggen var opptatt, så de nyeste linjene er ikke forseglet ennå.", is_fault=False)
    broken = audit.first_broken_seal()
    if broken is not None:
        yield Problem(
            f"Loggen er endret eller mangler linjer under segl nummer {broken}. Seglene etter det holder ikke."
        )
