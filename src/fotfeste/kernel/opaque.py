"""
Ids in addresses that reveal nothing.

A row's number is encrypted as one AES block whose other half is a fixed tag per kind of thing. The address
can neither be guessed nor counted upwards, and a made-up one fails to decode like one that never existed.
"""

import base64
import functools
import hashlib
import struct

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings


@functools.cache
def _cipher(secret: str) -> Cipher:
    key = hashlib.sha256(b"fotfeste opaque ids" + secret.encode()).digest()
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305  one block, never repeated content


def encode(number: int) -> str:
    """Return the 26 characters that stand for a row's number in an address."""
    encryptor = _cipher(settings.SECRET_KEY).encryptor()
    block = encryptor.update(struct.pack(">QQ", number, 0)) + encryptor.finalize()
    return base64.b32encode(block).decode().rstrip("=").lower()


def decode(text: str) -> int:
    """
    Return the number behind ``encode``'s text.

    :raises ValueError: the text was not made by this installation.
    """
    block = base64.b32decode(text.upper() + "======")
    decryptor = _cipher(settings.SECRET_KEY).decryptor()
    number, tag = struct.unpack(">QQ", decryptor.update(block) + decryptor.finalize())
    if tag:
        raise ValueError("unknown id")
    return int(number)


class OpaqueConverter:
    """URL converter: ``<opaque:youth_id>`` gives the view an integer."""

    regex = "[a-z2-7]{26}"

    def to_python(self, value: str) -> int:
        """Decode; a ValueError becomes 404 by Django's rules."""
        return decode(value)

    def to_url(self, value: int) -> str:
        """Encode a row's number."""
        return encode(int(value))
