"""
The two steps of a login: away to the provider, and back with its answer.

What an answer must match (state, nonce, code verifier) waits in the browser's session, one entry a login, used once. An
answer in another browser, a second time, or later than people need, matches nothing.
"""

import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest

from fotfeste.access.login import refusals
from fotfeste.access.login.identity import identity_digest
from fotfeste.access.login.profiles import Profile
from fotfeste.access.login.provider import SKEW_SECONDS, app_of, exchange
from fotfeste.kernel import clock

WAITING = "logins"
"""Key of the session: state -> what its answer must match."""
ANSWER_WITHIN = timedelta(minutes=30)
AT_ONCE = 5
"""How many logins one browser may have begun; the oldest gives way."""


@dataclass(frozen=True, slots=True)
class Vouched:
    """
    Somebody a provider vouches for.

    :ivar identity: the digest we know the person by.
    :ivar level: the provider's word for how surely.
    :ivar session: what the provider calls its session, if it does.
    """

    profile: Profile
    identity: str
    level: str
    subject: str = field(repr=False)
    session: str = field(default="", repr=False)


def begin(request: HttpRequest, *, profile: Profile, callback: str, language: str, wanted: str, fresh: bool) -> str:
    """
    Return the provider's address to send the browser to.

    :param wanted: the page to land on afterwards.
    :param fresh: ask for a new login even if the provider knows the person already.
    :raises LoginFailed: the provider does not answer.
    """
    app = app_of(profile)
    asked: dict[str, Any] = {"ui_locales": f"{language} nb" if language != "nb" else "nb"}
    if profile.required and not profile.asks_by_claims:
        asked["acr_values"] = profile.required
    if profile.required and profile.asks_by_claims:
        wish = {"id_token": {profile.assurance_claim: {"essential": True, "value": profile.required}}}
        asked["claims"] = json.dumps(wish)
    if profile.tells_login_time:
        asked["max_age"] = int(settings.SESSION_ABSOLUTE.total_seconds())
    if fresh:
        asked["prompt"] = "login"
    made = app.create_authorization_url(callback, state=secrets.token_urlsafe(32), **asked)
    _remember(
        request.session,
        made["state"],
        {
            "profile": profile.name,
            "verifier": made["code_verifier"],
            "nonce": made["nonce"],
            "callback": callback,
            "wanted": wanted,
            "fresh": fresh,
            "at": clock.now().isoformat(),
        },
    )
    return str(made["url"])


def _remember(session: SessionBase, state: str, entry: dict[str, Any]) -> None:
    waiting = list(session.get(WAITING, {}).items())[-(AT_ONCE - 1) :]
    session[WAITING] = dict([*waiting, (state, entry)])


def finish(request: HttpRequest, *, profile: Profile) -> tuple[Vouched, str]:
    """
    Return whom the provider vouches for in its answer, and the page that was wanted.

    :raises LoginFailed: the answer belongs to no login begun here, the provider says no, or it does not hold.
    """
    begun = _recall(request.session, request.GET.get("state", ""), profile)
    _check_sender(request.GET.get("iss"), profile)
    if "error" in request.GET:
        raise refusals.refused_by_provider(request.GET["error"])
    claims = exchange(
        profile,
        code=request.GET.get("code", ""),
        verifier=begun["verifier"],
        redirect_uri=begun["callback"],
        nonce=begun["nonce"],
    )
    level = level_of(claims, profile)
    if profile.tells_login_time:
        _check_login_time(claims, begun)
    return _vouched(claims, profile, level), begun["wanted"]


def _recall(session: SessionBase, state: str, profile: Profile) -> dict[str, Any]:
    waiting = dict(session.get(WAITING, {}))
    begun = waiting.pop(state, None)
    session[WAITING] = waiting
    if begun is None or begun["profile"] != profile.name:
        raise refusals.stale()
    if clock.now() - datetime.fromisoformat(begun["at"]) > ANSWER_WITHIN:
        raise refusals.stale()
    return dict(begun)


def _check_sender(issuer: str | None, profile: Profile) -> None:
    """Stop an answer that another provider gave, so that one cannot hand on what was meant for the other."""
    says_so = app_of(profile).server_metadata.get("authorization_response_iss_parameter_supported")
    if issuer is None and not says_so:
        return
    if issuer is None or issuer.rstrip("/") != profile.issuer.rstrip("/"):
        raise refusals.not_confirmed("sender")


def level_of(claims: dict[str, Any], profile: Profile) -> str:
    """
    Return the level of assurance that counts.

    The level is never taken from what we asked for: what was asked stands in an address that the user may change.

    :raises LoginFailed: it is below what is required.
    """
    said = claims.get(profile.assurance_claim, "")
    levels = [str(each) for each in said] if isinstance(said, list) else [str(said)] if said else []
    accepted = profile.accepted()
    good = [level for level in levels if not accepted or level in accepted]
    if accepted and not good:
        raise refusals.too_weak()
    return good[0] if good else ""


def _check_login_time(claims: dict[str, Any], begun: dict[str, Any]) -> None:
    """Stop unless the person proved who they are within what we asked: this time, or the longest a session lasts."""
    at = claims.get("auth_time")
    if not isinstance(at, int | float):
        raise refusals.not_confirmed("auth_time")
    asked = datetime.fromisoformat(begun["at"]).timestamp()
    oldest = asked if begun["fresh"] else asked - settings.SESSION_ABSOLUTE.total_seconds()
    if at < oldest - SKEW_SECONDS:
        raise refusals.not_fresh()


def _vouched(claims: dict[str, Any], profile: Profile, level: str) -> Vouched:
    value = claims.get(profile.subject_claim)
    if not isinstance(value, str) or not value.strip():
        raise refusals.nobody()
    return Vouched(
        profile=profile,
        identity=identity_digest(profile=profile, value=value),
        level=level,
        subject=str(claims["sub"]),
        session=str(claims.get("sid", "")),
    )
