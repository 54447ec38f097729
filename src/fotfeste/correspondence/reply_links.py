"""
The link by which a youth answers a letter without logging in.

It is worked out from the letter's own key and a secret of the installation, so it is kept nowhere: the database holds
what it is known by, and whoever reads the database cannot make it.
"""

import base64
from typing import Final

from django.conf import settings
from django.utils.crypto import salted_hmac

_LETTERS: Final = "0123456789abcdefghjkmnpqrstvwxyz"
_FROM_BASE32 = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", _LETTERS)
#: What one may take another letter for when it is read from paper.
_MISREAD = str.maketrans({"o": "0", "i": "1", "l": "1", "-": "", " ": ""})
LENGTH: Final = 16
PLACEHOLDER: Final = "xxxx-xxxx-xxxx-xxxx"


def token_of(letter_key: str) -> str:
    """Return the token of a letter: eighty bits in sixteen letters and digits."""
    drawn = salted_hmac("fotfeste.reply", letter_key, secret=settings.IDENTITY_KEY, algorithm="sha256").digest()
    return base64.b32encode(drawn[:10]).decode().translate(_FROM_BASE32)


def digest_of(token: str) -> str:
    """Return what a token is known by in the database, however it was written down."""
    plain = token.strip().lower().translate(_MISREAD)
    return salted_hmac("fotfeste.reply.kept", plain, secret=settings.IDENTITY_KEY, algorithm="sha256").hexdigest()


def link_of(letter_key: str) -> str:
    """Return the address a letter asks its receiver to answer at."""
    token = token_of(letter_key)
    return _address("-".join(token[at : at + 4] for at in range(0, LENGTH, 4)))


def sample_link() -> str:
    """Return how such an address looks, for somebody who reads a sample."""
    return _address(PLACEHOLDER)


def _address(token: str) -> str:
    return f"{settings.REPLY_ADDRESS}/svar/{token}/"
