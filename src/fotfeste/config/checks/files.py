"""What is taken in is looked through."""

from collections.abc import Iterator

from fotfeste.access.actor import Actor
from fotfeste.config.checks.result import Problem, Result
from fotfeste.kernel import malware


def look(actor: Actor) -> Iterator[Result]:
    """Ask the malware scanner whether it answers; that none is set up is the county's to mend, and no fault."""
    yield Result("malware-scanner", "Filer som legges ved, blir viruskontrollert", tuple(_problems()))


def _problems() -> Iterator[Problem]:
    found = malware.look_through(b"Fotfeste")
    if found is malware.Found.NO_ANSWER:
        yield Problem("Viruskontrollen i FOTFESTE_CLAMAV svarer ikke. Ingen filer tas imot så lenge.")
    elif found is malware.Found.NOT_ASKED:
        done = "Filer tas inn og merkes" if malware.takes_unscanned() else "Filer tas ikke imot"
        yield Problem(f"Ingen viruskontroll er satt opp (FOTFESTE_CLAMAV). {done}.", is_fault=False)
