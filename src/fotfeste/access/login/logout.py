"""
Logging out in more places than one: here and at the provider, whichever comes first.

We send the person on to the provider (RP-initiated logout). The ID token is no part of that, though the standard would
like it: it would stand in an address, and stay in the browser's history with an identity number in it. The provider
calls us in the person's browser (front channel) or from its own server with a signed statement (back channel).
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from authlib.common.urls import add_params_to_uri
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry
from requests.exceptions import RequestException

from fotfeste.access.login import refusals
from fotfeste.access.login.profiles import Profile
from fotfeste.access.login.provider import ALGORITHMS, SKEW_SECONDS, app_of
from fotfeste.kernel import clock

EVENT = "http://schemas.openid.net/event/backchannel-logout"
OLDEST = timedelta(minutes=5)
"""How old a statement about a logout may be."""
_ASKED_AGAIN = timedelta(minutes=1)
_asked_at: dict[str, datetime] = {}


def farewell(profile: Profile, *, back: str, language: str) -> str:
    """
    Return the address at which the browser is logged out at the provider; empty where there is none.

    :param back: the page of ours it sends the browser back to.
    :raises LoginFailed: the provider does not answer.
    """
    door = app_of(profile).server_metadata.get("end_session_endpoint")
    if not profile.single_logout or not door:
        return ""
    said = {"client_id": profile.client_id, "post_logout_redirect_uri": back, "ui_locales": language}
    return str(add_params_to_uri(door, said))


@dataclass(frozen=True, slots=True)
class LoggedOut:
    """
    Whom a provider says is logged out.

    :ivar until: sessions begun later are another login, which the statement is not about.
    :ivar number: the statement's own; it counts once.
    """

    session: str = field(repr=False)
    subject: str = field(repr=False)
    until: datetime
    number: str = field(repr=False)


def read_logout_token(profile: Profile, token: str) -> LoggedOut:
    """
    Return whom a signed statement of the provider says is logged out.

    :raises LoginFailed: it is not the provider's, not for us, not about a logout, or too old.
    """
    claims = _signed(profile, token)
    now = clock.now()
    registry = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=SKEW_SECONDS,
        iss={"essential": True, "value": app_of(profile).server_metadata["issuer"]},
        aud={"essential": True, "value": profile.client_id},
        iat={"essential": True},
        jti={"essential": True},
    )
    try:
        registry.validate(claims)
    except JoseError as problem:
        raise refusals.not_confirmed("logout_claims") from problem
    events = claims.get("events")
    if not isinstance(events, dict) or EVENT not in events or "nonce" in claims:
        raise refusals.not_confirmed("logout_events")
    said_at = datetime.fromtimestamp(claims["iat"], clock.OSLO)
    if now - said_at > OLDEST:
        raise refusals.not_confirmed("logout_old")
    session, subject = claims.get("sid"), claims.get("sub")
    if not isinstance(session, str | None) or not isinstance(subject, str | None) or not (session or subject):
        raise refusals.not_confirmed("logout_whom")
    until = said_at + timedelta(seconds=SKEW_SECONDS)
    return LoggedOut(session or "", subject or "", until, str(claims["jti"]))


def _signed(profile: Profile, token: str) -> dict[str, Any]:
    """Return what the statement says, when the provider signed it."""
    registry = JWSRegistry(algorithms=sorted(ALGORITHMS), strict_check_header=False)
    for force in (False, True):
        try:
            return dict(jwt.decode(token, _keys_of(profile, force=force), registry=registry).claims)
        except InvalidKeyIdError as problem:
            # Somebody who makes up key names must not have us ask the provider as often as they like.
            if force or not _may_ask_again(profile):
                raise refusals.not_confirmed("logout_key") from problem
        except (JoseError, ValueError, TypeError) as problem:
            raise refusals.not_confirmed("logout_signature") from problem
    raise AssertionError("unreachable")


def _keys_of(profile: Profile, *, force: bool) -> KeySet:
    try:
        return KeySet.import_key_set(app_of(profile).fetch_jwk_set(force=force))
    except (RequestException, RuntimeError) as problem:
        raise refusals.silent() from problem


def _may_ask_again(profile: Profile) -> bool:
    now = clock.now()
    asked = _asked_at.get(profile.issuer)
    if asked is not None and now - asked < _ASKED_AGAIN:
        return False
    _asked_at[profile.issuer] = now
    return True
