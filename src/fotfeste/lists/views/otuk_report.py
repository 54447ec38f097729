"""What came of saying the same of several on a board, kept until it is shown, with the way to take all of it back."""

from collections.abc import Iterable
from dataclasses import dataclass

from fotfeste.access.screens import ActorRequest
from fotfeste.casework.views.desk import number_or_none
from fotfeste.kernel import opaque
from fotfeste.kernel.whole_number import whole_number
from fotfeste.lists.services.answers import Answered
from fotfeste.lists.views.otuk_rows import Board

_KEY = "otuk_answers"


@dataclass(frozen=True, slots=True)
class AnswersReport:
    """
    How many were answered about, for whom it was refused and why, and what takes it back.

    :ivar was_undone: it was the taking back of what had been said.
    :ivar undo: a value for each answer sent, for the form that takes them back.
    :ivar refused: (name, sentence).
    :ivar named: ids of those it names.
    """

    done: int
    was_undone: bool
    undo: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    named: frozenset[int]


def keep_report(
    request: ActorRequest,
    opened: Board,
    *,
    done: Iterable[tuple[int, Answered | None]],
    refused: Iterable[tuple[int, str]],
    was_undone: bool = False,
) -> None:
    """Keep in the session what came of it; of youths only their row numbers. What was taken back holds no answer."""
    request.session[_KEY] = {
        "board": [opened.round.pk, opened.unit_id],
        "was_undone": was_undone,
        "done": [(youth_id, one and (one.feedback_id, one.replaced_id, one.version)) for youth_id, one in done],
        "refused": list(refused),
    }


def take_report(request: ActorRequest, opened: Board) -> AnswersReport | None:
    """Return what came of it, once, with the names of those who stand on the board."""
    kept = request.session.get(_KEY)
    if not kept or kept["board"] != [opened.round.pk, opened.unit_id]:
        return None
    del request.session[_KEY]
    names = {row.youth_id: row.name for row in opened.rows}
    return AnswersReport(
        done=len(kept["done"]),
        was_undone=kept["was_undone"],
        undo=tuple(_value(youth_id, *sent) for youth_id, sent in kept["done"] if sent is not None),
        refused=tuple((names.get(youth_id, ""), why) for youth_id, why in kept["refused"]),
        named=frozenset(youth_id for youth_id, _why in kept["refused"] if youth_id in names),
    )


def read_value(text: str, seen: str | None = None) -> tuple[int, Answered] | None:
    """
    Return the youth and the answer a value of the form stands for; None for anything else.

    :param seen: the version that has been seen since, by one who tries again.
    """
    youth, sent, replaced, version = [*text.split("."), "", "", "", ""][:4]
    youth_id, feedback_id = number_or_none(youth), number_or_none(sent)
    if youth_id is None or feedback_id is None or (replaced and number_or_none(replaced) is None):
        return None
    return youth_id, Answered(feedback_id, number_or_none(replaced), whole_number(seen or version, otherwise=-1))


def _value(youth_id: int, feedback_id: int, replaced_id: int | None, version: int) -> str:
    replaced = opaque.encode(replaced_id) if replaced_id else ""
    return f"{opaque.encode(youth_id)}.{opaque.encode(feedback_id)}.{replaced}.{version}"
