"""The moves an uploaded file can make. A discarded one is deleted, so it has no state."""

from django.utils.translation import gettext as _

from fotfeste.integrations.enums import WaitingState
from fotfeste.kernel.errors import IllegalTransition

_MOVES = {
    WaitingState.READING: {WaitingState.READING, WaitingState.COLUMNS, WaitingState.REFUSED, WaitingState.PLANNED},
    WaitingState.COLUMNS: {WaitingState.READING},
    WaitingState.REFUSED: set(),
    WaitingState.PLANNED: {WaitingState.PLANNED, WaitingState.APPLYING, WaitingState.APPLIED},
    WaitingState.APPLYING: {WaitingState.PLANNED, WaitingState.APPLIED},
    WaitingState.APPLIED: set(),
}
UNDER_WAY = frozenset({WaitingState.READING, WaitingState.APPLYING})


def move_file(state: str, *, to: WaitingState) -> WaitingState:
    """
    Return the new state of an uploaded file.

    :raises IllegalTransition: it is being worked on, has been used, or cannot be.
    """
    if to not in _MOVES[WaitingState(state)]:
        shown = str(WaitingState(state).label).lower()
        raise IllegalTransition(_("Filen kan ikke brukes nå: den er merket «{state}».").format(state=shown))
    return to
