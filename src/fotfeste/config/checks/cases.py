"""Everybody has somebody who answers for them, and the cases stand as their facts say."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.casework.services import consistency
from fotfeste.config.checks.result import Problem, Result

_RESPONSIBLE = frozenset(
    {
        "no_responsible_unit",
        "responsible_without_case",
        "access_differs_from_responsibility",
        "status_elsewhere_than_responsible",
    }
)


def look(actor: Actor) -> Iterator[Result]:
    """Find cases nobody answers for, or that show something else than was recorded."""
    found = consistency.problems()
    yield Result(
        "one-responsible-unit",
        "Hver åpen tilmelding har én ansvarlig enhet, og det er den som ser ungdommen",
        _told(problem for problem in found if problem.check in _RESPONSIBLE),
    )
    yield Result(
        "cases-equal-facts",
        "Sakene står slik opplysningene sier",
        _told(problem for problem in found if problem.check not in _RESPONSIBLE),
    )


def _told(problems: Iterable[consistency.Problem]) -> tuple[Problem, ...]:
    return tuple(Problem(f"{_(each.sentence)}: {each.count}.", each.youth_ids) for each in problems)
