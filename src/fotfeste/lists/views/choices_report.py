"""What came of choosing a responsible person for many, kept until the list is shown, with the way to take it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from fotfeste.access.screens import ActorRequest
from fotfeste.casework.views.desk import name_of, number_or_none
from fotfeste.kernel import opaque
from fotfeste.people.selectors import youths_by_id

_KEY = "worklist_choices"


@dataclass(frozen=True, slots=True)
class ChoicesReport:
    """
    How many were given a responsible person, for whom it was refused and why, and what takes it back.

    :ivar undo: a value for each choice made, for the form that takes them back.
    :ivar refused: (name, sentence).
    :ivar named: ids of those it names.
    :ivar was_offered: the person was offered them, and has yet to say yes.
    :ivar of: whose youths they were, when it was handed over what somebody answers for.
    """

    done: int
    person: str
    was_undone: bool
    undo: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    named: tuple[int, ...]
    of: int | None = None
    was_offered: bool = False


def keep_choices(
    request: ActorRequest,
    *,
    done: Iterable[tuple[int, int]],
    refused: Iterable[tuple[int, str]],
    person: str = "",
    was_undone: bool = False,
    of: int | None = None,
    was_offered: bool = False,
) -> None:
    """Keep in the session what came of it; of youths only their row numbers."""
    request.session[_KEY] = {
        "done": list(done),
        "refused": list(refused),
        "person": person,
        "was_undone": was_undone,
        "of": of,
        "was_offered": was_offered,
    }


def take_choices(request: ActorRequest) -> ChoicesReport | None:
    """Return what came of it, once, with the names of those the actor may see."""
    kept = request.session.pop(_KEY, None)
    if not kept:
        return None
    youths = youths_by_id([youth_id for youth_id, _sentence in kept["refused"]])
    return ChoicesReport(
        done=len(kept["done"]),
        person=kept["person"],
        was_undone=kept["was_undone"],
        undo=() if kept["was_undone"] or kept.get("was_offered") else tuple(_value(*each) for each in kept["done"]),
        refused=tuple(
            (name_of(youths[youth_id]) if youth_id in youths else "", sentence)
            for youth_id, sentence in kept["refused"]
        ),
        named=tuple(youths),
        of=kept.get("of"),
        was_offered=kept.get("was_offered", False),
    )


def read_value(text: str) -> tuple[int, int] | None:
    """Return the youth and the period a value of the form stands for; None for anything else."""
    youth_id, period_id = (number_or_none(part) for part in (text.partition(".")[0], text.partition(".")[2]))
    return None if youth_id is None or period_id is None else (youth_id, period_id)


def _value(youth_id: int, period_id: int) -> str:
    return f"{opaque.encode(youth_id)}.{opaque.encode(period_id)}"
