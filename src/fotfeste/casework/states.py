"""The moves that are possible. A status has none of its own: what may follow what is a rule of law."""

from django.utils.translation import gettext as _

from fotfeste.casework.enums import FeedbackState
from fotfeste.kernel.errors import IllegalTransition

_FEEDBACK_MOVES = {
    FeedbackState.NEW: {
        FeedbackState.ACCEPTED,
        FeedbackState.RETURNED,
        FeedbackState.REJECTED,
        FeedbackState.WITHDRAWN,
    },
    FeedbackState.RETURNED: {FeedbackState.ACCEPTED, FeedbackState.REJECTED, FeedbackState.WITHDRAWN},
    FeedbackState.REJECTED: set(),
    FeedbackState.ACCEPTED: set(),
    FeedbackState.WITHDRAWN: set(),
}


def move_feedback(state: str, *, to: FeedbackState) -> FeedbackState:
    """
    Return the new state of a message.

    :raises IllegalTransition: the message has been handled or taken back.
    """
    if to not in _FEEDBACK_MOVES[FeedbackState(state)]:
        raise IllegalTransition(_("Meldingen er allerede behandlet: {state}.").format(state=FeedbackState(state).label))
    return to
