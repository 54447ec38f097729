"""The conversation with a provider's server: what it says of itself, and the exchange of a code for tokens."""

import functools
from typing import Any

from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from joserfc.errors import JoseError
from requests.exceptions import RequestException

from fotfeste.access.login import refusals
from fotfeste.access.login.configuration import LoginMisconfigured
from fotfeste.access.login.keys import SignedByUs
from fotfeste.access.login.profiles import ClientAuth, Profile
from fotfeste.kernel import clock

SKEW_SECONDS = 60
"""How much a provider's clock may differ from ours."""
METADATA_KEPT_SECONDS = 3600
TIMEOUT_SECONDS = 10
#: Signatures only the provider can make. A shared secret, or none at all, is not among them.
ALGORITHMS = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
_ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri", "end_session_endpoint")


def app_of(profile: Profile) -> Any:  # Authlib's client is untyped
    """
    Return the client of a profile, with what the provider says of itself.

    :raises LoginFailed: the provider does not answer, or is not the one the settings name.
    """
    app = _app_in(profile, int(clock.now().timestamp()) // METADATA_KEPT_SECONDS)
    if "_loaded_at" not in app.server_metadata:
        try:
            metadata = app.load_server_metadata()
            _examine(metadata, profile)
        except refusals.LoginFailed:
            forget()
            raise
        except (RequestException, ValueError) as problem:
            raise refusals.silent() from problem
    return app


def forget() -> None:
    """Ask the providers anew the next time."""
    _app_in.cache_clear()


@functools.lru_cache(maxsize=64)
def _app_in(profile: Profile, hour: int) -> Any:
    options: dict[str, Any] = {"token_endpoint_auth_method": str(profile.client_auth)}
    methods = []
    if profile.client_auth == ClientAuth.PRIVATE_KEY_JWT:
        methods.append(SignedByUs(profile=profile))
    return OAuth().register(
        name=profile.name,
        server_metadata_url=profile.issuer.rstrip("/") + "/.well-known/openid-configuration",
        client_id=profile.client_id,
        client_secret=profile.client_secret or None,
        client_auth_methods=methods,
        client_kwargs={
            "scope": profile.scope,
            "code_challenge_method": "S256",
            "default_timeout": TIMEOUT_SECONDS,
            **options,
        },
    )


def _examine(metadata: dict[str, Any], profile: Profile) -> None:
    """Stop unless the provider is the one the settings name, is reached safely, and signs so that only it can."""
    if str(metadata.get("issuer", "")).rstrip("/") != profile.issuer.rstrip("/"):
        raise refusals.set_up_wrongly("issuer")
    if settings.PRODUCTION and any(not str(metadata.get(e, "https://")).startswith("https://") for e in _ENDPOINTS):
        raise refusals.set_up_wrongly("insecure")
    offered = metadata.get("id_token_signing_alg_values_supported", ["RS256"])
    metadata["id_token_signing_alg_values_supported"] = [alg for alg in offered if alg in ALGORITHMS]


def exchange(profile: Profile, *, code: str, verifier: str, redirect_uri: str, nonce: str) -> dict[str, Any]:
    """
    Return the claims of the ID token given for a code. The tokens themselves are not kept.

    :raises LoginFailed: the provider refuses the code, or the token's signature, times, audience or nonce do not hold.
    """
    app = app_of(profile)
    try:
        token = app.fetch_access_token(redirect_uri=redirect_uri, code=code, code_verifier=verifier)
        claims = app.parse_id_token(token, nonce=nonce, leeway=SKEW_SECONDS)
    except OAuthError as problem:
        raise refusals.refused_by_provider(str(problem.error)) from problem
    except RequestException as problem:
        raise refusals.silent() from problem
    except LoginMisconfigured as problem:
        raise refusals.set_up_wrongly("keys") from problem
    except (JoseError, ValueError, TypeError, KeyError, RuntimeError) as problem:
        raise refusals.not_confirmed("token") from problem
    if not claims:
        raise refusals.nobody()
    return dict(claims)
