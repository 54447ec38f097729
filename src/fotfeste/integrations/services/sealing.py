"""
Sealing what a waiting file holds, so that neither the disk nor a copy of the database tells it.

Sealed with the installation's secret; a piece opens only in the place it was sealed for.
"""

import functools
import hashlib
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils.translation import gettext as _

from fotfeste.kernel.errors import Invalid

_NONCE = 12


@functools.cache
def _cipher(secret: str) -> AESGCM:
    return AESGCM(hashlib.sha256(b"fotfeste waiting files" + secret.encode()).digest())


def seal(content: bytes, *, place: str) -> bytes:
    """
    Return the content so that only this installation can read it, and only in this place.

    :param place: what the piece is and where it belongs, as in ``12:content:3``.
    """
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, content, place.encode())


def unseal(sealed: bytes, *, place: str) -> bytes:
    """
    Return what ``seal`` was given.

    :raises Invalid: it was sealed with another secret, for another place, or was changed.
    """
    try:
        return _cipher(settings.SECRET_KEY).decrypt(sealed[:_NONCE], sealed[_NONCE:], place.encode())
    except InvalidTag:
        raise Invalid(_("Filen kan ikke lenger åpnes. Forkast den og last den opp på nytt.")) from None
