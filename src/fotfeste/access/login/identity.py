"""
How a person is known: a digest under a key of our own, never the identity number or name the provider uses.

The digest cannot be worked out without the key, which is not in the database; with it, the numbers of a whole country
could be tried. So the key is a secret of its own, kept apart and never changed: another key is other people.
"""

import hashlib
import hmac

from django.conf import settings

from fotfeste.access.login.profiles import Profile


def identity_digest(*, profile: Profile, value: str) -> str:
    """Return what is kept of a person the provider calls ``value``."""
    space = profile.subject_space or f"{profile.issuer.rstrip('/')}#{profile.subject_claim}"
    return keyed_digest("identity", space, value)


def keyed_digest(use: str, space: str, value: str) -> str:
    """Return the digest of a value, which has nothing to do with that of the same value for another use."""
    text = "\0".join((use, space, value.strip()))
    return hmac.new(settings.IDENTITY_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
