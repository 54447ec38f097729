"""
The keys we sign with, where a provider wants ``private_key_jwt``.

They are a private JWK Set, in ``FOTFESTE_LOGIN_KEYS`` itself or in the file it names. The first signs; all are
published. To change key: put the new one last and let it be published, put it first when the providers have read it,
and take the old one away a day later. ``fotfeste login new-key`` makes one.
"""

import functools
import json
from pathlib import Path
from typing import Any

from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7523.assertion import private_key_jwt_sign
from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from fotfeste.access.login.configuration import LoginMisconfigured
from fotfeste.access.login.profiles import Audience, Profile

SigningKey = RSAKey | ECKey
LASTS_SECONDS = 60
_ALGORITHMS = {"RSA": "RS256", "P-256": "ES256", "P-384": "ES384"}


def signing_keys() -> list[SigningKey]:
    """
    Return our keys, the one that signs first.

    :raises LoginMisconfigured: what stands in the settings is not a set of private keys.
    """
    return _keys_in(settings.LOGIN_KEYS)


def public_key_set() -> dict[str, Any]:
    """Return the public halves, for the providers."""
    keys = [{**key.as_dict(private=False), "use": "sig", "alg": algorithm_of(key)} for key in signing_keys()]
    return {"keys": keys}


def new_key() -> dict[str, Any]:
    """Make a private key, with its thumbprint as its name."""
    key = RSAKey.generate_key(3072, private=True, auto_kid=True)
    return key.as_dict(private=True)


def algorithm_of(key: SigningKey) -> str:
    """Return how a key signs."""
    return _ALGORITHMS["RSA" if isinstance(key, RSAKey) else str(key.curve_name)]


@functools.lru_cache(maxsize=4)
def _keys_in(source: str) -> list[SigningKey]:
    if not source:
        return []
    try:
        text = source if source.lstrip().startswith("{") else Path(source).read_text(encoding="utf-8")
        found = KeySet.import_key_set(json.loads(text)).keys
    except (OSError, ValueError, TypeError, KeyError, JoseError) as problem:
        raise LoginMisconfigured("FOTFESTE_LOGIN_KEYS er ikke et JWK-sett, eller filen kan ikke leses.") from problem
    keys = [key for key in found if isinstance(key, RSAKey | ECKey) and key.is_private]
    if not keys or len(keys) < len(found):
        raise LoginMisconfigured("FOTFESTE_LOGIN_KEYS må bare ha private nøkler av typen RSA eller EC.")
    for key in keys:
        key.ensure_kid()
    return keys


class SignedByUs(PrivateKeyJWT):
    """Say who we are by a statement signed with our first key: short-lived, used once, and naming the key."""

    def __init__(self, *, profile: Profile) -> None:
        super().__init__()
        self.profile = profile

    def sign(self, auth: Any, token_endpoint: str) -> str:
        """Return the statement."""
        key = signing_keys()[0]
        return str(
            private_key_jwt_sign(
                key,
                client_id=auth.client_id,
                token_endpoint=self.profile.issuer if self.profile.audience == Audience.ISSUER else token_endpoint,
                alg=algorithm_of(key),
                header={"kid": key.kid},
                expires_in=LASTS_SECONDS,
            )
        )
