"""What a board shows of the wash it is part of."""

from typing import Any

from fotfeste.lists.forms import MissingForm
from fotfeste.lists.selectors import wash as washes
from fotfeste.lists.views.otuk_rows import Board


def washes_of(board: Board, *, may_answer: bool) -> dict[str, Any]:
    """Return the washes a Nav office takes part in, or a district's own, with the ground Nav is asked on."""
    if not board.for_nav:
        return {"wash_session": washes.session_of(made=board.round, district_id=board.unit_id), "washes": ()}
    there = [each for each in washes.sessions_of(made=board.round) if each.office_id == board.unit_id]
    asks = may_answer and board.round.closed_at is None
    return {
        "washes": [(each, _form(each) if asks and each.closed_at is None else None) for each in there],
        "wash_basis": washes.basis_of_wash(on=board.round.on),
    }


def _form(session: Any) -> MissingForm:
    return MissingForm(missing=session.missing, version=session.version)
