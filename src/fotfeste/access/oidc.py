"""
Login through an identity provider: OpenID Connect, code flow with PKCE, state and nonce.

The library keeps state, nonce and verifier in the session and checks the answer and the ID token's signature.
We have no passwords of our own.
"""

import functools

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Refused


class LoginFailed(Refused):
    """The identity provider said no, or its answer did not hold."""


@functools.cache
def _client():  # type: ignore[no-untyped-def]  # Authlib's proxy is untyped
    oauth = OAuth()
    oauth.register(
        name="provider",
        server_metadata_url=settings.OIDC["issuer"].rstrip("/") + "/.well-known/openid-configuration",
        client_id=settings.OIDC["client_id"],
        client_secret=settings.OIDC["client_secret"] or None,
        client_kwargs={"scope": "openid profile email", "code_challenge_method": "S256", "timeout": 10},
    )
    return oauth.provider


def is_configured() -> bool:
    """Say whether an identity provider is named in the settings."""
    return bool(settings.OIDC["issuer"])


def redirect_to_provider(request: HttpRequest, *, callback: str) -> HttpResponse:
    """
    Send the user to the identity provider.

    :raises LoginFailed: the provider does not answer.
    """
    try:
        response: HttpResponse = _client().authorize_redirect(request, callback)
    except Exception as problem:
        raise LoginFailed(_("Innloggingstjenesten svarer ikke. Prøv igjen om litt.")) from problem
    return response


def subject_of_answer(request: HttpRequest) -> str:
    """
    Return the subject the provider vouches for, after checking state, nonce, code verifier and signature.

    :raises LoginFailed: anything about the answer does not hold.
    """
    try:
        token = _client().authorize_access_token(request)
    except OAuthError as problem:
        raise LoginFailed(_("Innloggingen ble avbrutt eller var for gammel. Prøv igjen.")) from problem
    except Exception as problem:
        raise LoginFailed(_("Innloggingen kunne ikke bekreftes. Prøv igjen.")) from problem
    claims = token.get("userinfo") or {}
    if not claims.get("sub"):
        raise LoginFailed(_("Innloggingstjenesten sa ikke hvem du er."))
    return str(claims["sub"])
