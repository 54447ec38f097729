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
from django.urls import reverse

_BLOCK = 16


@functools.cache
def _cipher(secret: str) -> Cipher:
    key = hashlib.sha256(b"fotfeste opaque ids" + secret.encode()).digest()
    return Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305  one block, never repeated content


def encode(number: int) -> str:
    """Return the 26 characters that stand for a row's number in an address."""
    return _encode(number, settings.SECRET_KEY)


@functools.lru_cache(maxsize=4096)
def _encode(number: int, secret: str) -> str:
    encryptor = _cipher(secret).encryptor()
    block = encryptor.update(struct.pack(">QQ", number, 0)) + encryptor.finalize()
    return base64.b32encode(block).decode().rstrip("=").lower()


def decode(text: str) -> int:
    """
    Return the number behind ``encode``'s text.

    :raises ValueError: the text was not made by this installation.
    """
    block = base64.b32decode(text.upper() + "======")
    if len(block) != _BLOCK:
        raise ValueError("unknown id")
    decryptor = _cipher(settings.SECRET_KEY).decryptor()
    number, tag = struct.unpack(">QQ", decryptor.update(block) + decryptor.finalize())
    if tag:
        raise ValueError("unknown id")
    return int(number)


class Addresses:
    """The addresses of one view for many rows: the router is asked once, and each row's key set in."""

    def __init__(self, view_name: str, argument: str) -> None:
        self._before, self._after = reverse(view_name, kwargs={argument: 0}).split(encode(0))

    def of(self, key: str) -> str:
        """Return the address for the row that ``encode`` gave the key."""
        return f"{self._before}{key}{self._after}"


@functools.cache
def addresses_of(view_name: str, argument: str) -> Addresses:
    """Return the addresses of one view, asked of the router once."""
    return Addresses(view_name, argument)


class OpaqueConverter:
    """URL converter: ``<opaque:youth_id>`` gives the view an integer."""

    regex = "[a-z2-7]{26}"

    def to_python(self, value: str) -> int:
        """Decode; a ValueError becomes 404 by Django's rules."""
        return decode(value)

    def to_url(self, value: int) -> str:
        """Encode a row's number."""
        return encode(int(value))
