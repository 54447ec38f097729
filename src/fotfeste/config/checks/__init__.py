"""What ``fotfeste check`` looks at. Each check says in plain sentences what is wrong, and names nobody."""

from collections.abc import Callable, Iterator

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.config.checks import access, cases, files, guards, log, organisations
from fotfeste.config.checks.result import Problem, Result

__all__ = ["Problem", "Result", "run_all"]

Look = Callable[[Actor], Iterator[Result]]

#: What it is about, and who looks. The ground under everything first.
LOOKS: tuple[tuple[str, Look], ...] = (
    ("tilgangsreglene", access.look),
    ("loggen", log.look),
    ("sakene", cases.look),
    ("enhetene", organisations.look),
    ("kontrollen", guards.look),
    ("filene", files.look),
)


def run_all(*, actor: Actor, tell: Callable[[str], None] = lambda about: None) -> list[Result]:
    """
    Run every check, each look in a scope and transaction of its own: sealing holds the log still, and must be brief.

    :param actor: a system actor who sees every county.
    :param tell: is told what is being looked at.
    """
    results: list[Result] = []
    for about, look in LOOKS:
        tell(about)
        with acting_as(actor):
            results.extend(look(actor))
    return results
