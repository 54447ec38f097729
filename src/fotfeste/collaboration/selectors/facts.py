"""What is known that decides which way a routine goes on. Where nothing decides it, somebody chooses."""

from collections.abc import Callable
from datetime import datetime

from fotfeste.casework.selectors.made_since import attempts_since
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.selectors.records import answered_since, declined_since, said_since
from fotfeste.consent.enums import Answer
from fotfeste.consent.selectors import releases_since
from fotfeste.organisations.enums import UnitKind

#: (the units around the youth, since) -> whether it is so.
Fact = Callable[[Surroundings, datetime], bool]

_facts: dict[str, Fact] = {}


def fact(name: str) -> Callable[[Fact], Fact]:
    """Mark a function as the one that says whether a fact of ``spec/data/routine_workings.yaml`` holds."""

    def mark(function: Fact) -> Fact:
        _facts[name] = function
        return function

    return mark


def holds(name: str, *, around: Surroundings, since: datetime) -> bool:
    """Say whether a fact holds; what nobody knows how to find, does not."""
    return name in _facts and _facts[name](around, since)


@fact("release-refused")
def _refused(around: Surroundings, since: datetime) -> bool:
    answers = [each.answer for each in releases_since(youth_ids=[around.youth_id], since=since)]
    return bool(answers) and answers[-1] == Answer.NO


@fact("reached")
def _reached(around: Surroundings, since: datetime) -> bool:
    if attempts_since(youth_ids=[around.youth_id], since=since).filter(is_contact=True).exists():
        return True
    return answered_since(youth_id=around.youth_id, kind="apprentice-notice", answer="followed_up", since=since)


@fact("district-takes-over")
def _district(around: Surroundings, since: datetime) -> bool:
    return around.responsible is not None and around.responsible.kind == UnitKind.DISTRICT


@fact("district-does-not-take-over")
def _not_the_district(around: Surroundings, since: datetime) -> bool:
    return declined_since(youth_id=around.youth_id, since=since).filter(to_unit__kind=UnitKind.DISTRICT).exists()


@fact("need-established")
def _need(around: Surroundings, since: datetime) -> bool:
    return said_since(youth_id=around.youth_id, kind="need-assessment-outcome", since=since).get("outcome") == "need"
