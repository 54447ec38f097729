"""
The weaker way: keyed hashes (HMAC-SHA-256) with a secret both sides have. Needs no library.

There are few identity numbers, and whoever has the secret and a file can try them all. So the list goes to Nav, which
is shown it anyway when it answers on the screen, and Nav's register goes nowhere: the answer says only which of those
asked about Nav has. Nav learns the same. Whoever gets hold of the secret and the request learns the list.
"""

import hashlib
import hmac
from collections.abc import Collection, Sequence

from fotfeste.kernel.errors import Invalid
from fotfeste.lists.matching import KEYED, Asked, not_readable

_SIZE = hashlib.sha256().digest_size
_SHORTEST = 32


class KeyedHash:
    """
    Hashes under a key made of the secret and the question's ticket, so that two questions cannot be compared.

    :raises Invalid: there is no secret, or it is a short one.
    """

    name = KEYED

    def __init__(self, secret: bytes | None) -> None:
        if secret is None:
            raise Invalid("Denne sammenligningen krever en felles hemmelighet. Oppgi filen med «--secret».")
        if len(secret) < _SHORTEST:
            raise Invalid("Den felles hemmeligheten er for kort. Den må ha minst 32 tegn, trukket tilfeldig.")
        self._secret = secret

    def ask(self, numbers: Sequence[str], *, ticket: bytes) -> Asked:
        """Hash each number. There is no key to keep beside the secret."""
        return Asked(b"".join(self._hashes(numbers, ticket)), b"")

    def answer(self, body: bytes, numbers: Collection[str], *, count: int, ticket: bytes) -> bytes:
        """Say of each that was asked about whether it is among one's own: a byte each, and who asked is told it."""
        if len(body) != count * _SIZE:
            raise not_readable()
        own = set(self._hashes(numbers, ticket))
        return bytes(body[at : at + _SIZE] in own for at in range(0, len(body), _SIZE))

    def found(self, body: bytes, *, count: int, key: bytes) -> frozenset[int]:
        """Read the bytes."""
        if len(body) != count or not set(body) <= {0, 1}:
            raise not_readable()
        return frozenset(place for place, is_known in enumerate(body) if is_known)

    def _hashes(self, numbers: Collection[str], ticket: bytes) -> list[bytes]:
        key = hmac.digest(self._secret, b"fotfeste wash " + ticket, "sha256")
        return [hmac.digest(key, number.encode(), "sha256") for number in numbers]
