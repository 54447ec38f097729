"""The moves a notice can make."""

from django.utils.translation import gettext as _

from fotfeste.correspondence.enums import NoticeState
from fotfeste.kernel.errors import IllegalTransition

_MOVES = {
    NoticeState.WAITING: {NoticeState.SENT, NoticeState.FAILED},
    NoticeState.FAILED: {NoticeState.WAITING},
    NoticeState.SENT: set(),
}


def move_notice(state: str, *, to: NoticeState) -> NoticeState:
    """
    Return the new state of a notice.

    :raises IllegalTransition: it is sent, or on its way.
    """
    if to not in _MOVES[NoticeState(state)]:
        raise IllegalTransition(_("Meldingen er allerede sendt i dag."))
    return to
