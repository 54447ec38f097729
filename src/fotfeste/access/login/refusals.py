"""
Why a login did not succeed, in words for the one who tried.

A provider's own description is never shown: it is in another's words and language, and anybody can put one in an
address.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fotfeste.kernel.errors import Refused

_AGAIN = _("Innloggingen ble avbrutt eller var for gammel. Prøv igjen.")
_ABORTED = _("Du avbrøt innloggingen.")
_NOT_CONFIRMED = _("Innloggingen kunne ikke bekreftes. Prøv igjen.")
_BUSY = _("Innloggingstjenesten svarer ikke. Prøv igjen om litt.")
_SET_UP_WRONGLY = _(
    "Fotfeste er satt opp feil hos innloggingstjenesten, så ingen kommer inn denne veien nå. "
    "Si fra til den som driver Fotfeste."
)
_TOO_WEAK = _("Du logget inn på en måte som ikke er sikker nok for Fotfeste. Velg en sterkere måte, og prøv igjen.")
_NOT_FRESH = _(
    "Innloggingstjenesten ba deg ikke om å logge inn på nytt, så vi kan ikke vite at det er deg. Prøv igjen."
)
_WHO = _("Innloggingstjenesten sa ikke hvem du er.")

#: the provider's code -> what we say
_BY_CODE: dict[str, str | Promise] = {
    "access_denied": _ABORTED,
    "login_required": _AGAIN,
    "interaction_required": _AGAIN,
    "account_selection_required": _AGAIN,
    "consent_required": _ABORTED,
    "unmet_authentication_requirements": _TOO_WEAK,
    "invalid_grant": _AGAIN,
    "server_error": _BUSY,
    "temporarily_unavailable": _BUSY,
    "invalid_client": _SET_UP_WRONGLY,
    "unauthorized_client": _SET_UP_WRONGLY,
    "invalid_request": _SET_UP_WRONGLY,
    "invalid_scope": _SET_UP_WRONGLY,
    "unsupported_response_type": _SET_UP_WRONGLY,
    "unsupported_grant_type": _SET_UP_WRONGLY,
}


class LoginFailed(Refused):
    """
    The identity provider said no, or its answer did not hold.

    :ivar code: what went wrong in a word of ours or the standard's, for the server's log.
    """

    def __init__(self, sentence: str | Promise, *, code: str) -> None:
        super().__init__(str(sentence))
        self.code = code


def refused_by_provider(code: str) -> LoginFailed:
    """Return what to say to an error of the provider; one we do not know is not repeated."""
    return LoginFailed(_BY_CODE.get(code, _NOT_CONFIRMED), code=code if code in _BY_CODE else "unknown")


def stale() -> LoginFailed:
    """Return what to say when an answer belongs to no login begun in this browser."""
    return LoginFailed(_AGAIN, code="state")


def silent() -> LoginFailed:
    """Return what to say when the provider does not answer."""
    return LoginFailed(_BUSY, code="silent")


def set_up_wrongly(code: str) -> LoginFailed:
    """Return what to say when it is not the user's to mend."""
    return LoginFailed(_SET_UP_WRONGLY, code=code)


def not_confirmed(code: str) -> LoginFailed:
    """Return what to say when the answer does not hold."""
    return LoginFailed(_NOT_CONFIRMED, code=code)


def too_weak() -> LoginFailed:
    """Return what to say when the level of assurance is below what is asked for."""
    return LoginFailed(_TOO_WEAK, code="level")


def not_fresh() -> LoginFailed:
    """Return what to say when an old login was passed off as a new one."""
    return LoginFailed(_NOT_FRESH, code="not_fresh")


def nobody() -> LoginFailed:
    """Return what to say when the claim we know people by is missing."""
    return LoginFailed(_WHO, code="subject")
