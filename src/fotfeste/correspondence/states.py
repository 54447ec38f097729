"""The moves what is sent out can make."""

from django.utils.translation import gettext as _

from fotfeste.correspondence.enums import LetterState, MailingState, NoticeState
from fotfeste.kernel.errors import IllegalTransition

_MOVES = {
    NoticeState.WAITING: {NoticeState.SENT, NoticeState.FAILED},
    NoticeState.FAILED: {NoticeState.WAITING},
    NoticeState.SENT: set(),
}
_MAILING_MOVES = {
    MailingState.PREPARED: {MailingState.SENDING, MailingState.WITHDRAWN},
    MailingState.SENDING: {MailingState.SENT},
    MailingState.SENT: set(),
    MailingState.WITHDRAWN: set(),
    MailingState.NOBODY: set(),
}
_LETTER_MOVES = {
    LetterState.WAITING: {
        LetterState.HANDED,
        LetterState.NO_ADDRESS,
        LetterState.OWN_CHANNEL,
        LetterState.WITHDRAWN,
    },
    LetterState.HANDED: {LetterState.SENT, LetterState.FAILED},
    LetterState.FAILED: {LetterState.WAITING, LetterState.WITHDRAWN},
    LetterState.NO_ADDRESS: {LetterState.WAITING, LetterState.WITHDRAWN},
    LetterState.OWN_CHANNEL: {LetterState.SENT, LetterState.WITHDRAWN},
    LetterState.SENT: {LetterState.RETURNED},
    LetterState.RETURNED: set(),
    LetterState.WITHDRAWN: set(),
}


def move_notice(state: str, *, to: NoticeState) -> NoticeState:
    """
    Return the new state of a notice.

    :raises IllegalTransition: it is sent, or on its way.
    """
    if to not in _MOVES[NoticeState(state)]:
        raise IllegalTransition(_("Meldingen er allerede sendt i dag."))
    return to


def move_mailing(state: str, *, to: MailingState) -> MailingState:
    """
    Return the new state of a mailing.

    :raises IllegalTransition: it is approved or withdrawn.
    """
    if to not in _MAILING_MOVES[MailingState(state)]:
        raise IllegalTransition(_("Utsendelsen er allerede godkjent eller trukket tilbake."))
    return to


def move_letter(state: str, *, to: LetterState) -> LetterState:
    """
    Return the new state of a letter.

    :raises IllegalTransition: it has come too far, or not far enough.
    """
    if to not in _LETTER_MOVES[LetterState(state)]:
        raise IllegalTransition(_("Brevet kan ikke det nå: %(state)s.") % {"state": LetterState(state).label.lower()})
    return to
