"""
Private set intersection (elliptic curve Diffie–Hellman), by openmined-psi: the extra ``linkage``.

Whoever asks learns which of their own numbers the other has, and how many numbers the other has. Whoever answers learns
how many were asked about. Neither can try a number the files were not made with.
"""

from collections.abc import Collection, Sequence
from typing import Any

from fotfeste.kernel.errors import Invalid
from fotfeste.lists.matching import PRIVATE, Asked, not_readable

_MISSING = (
    "Denne sammenligningen krever tillegget «linkage», som ikke er installert. Installer det med "
    "«pip install fotfeste[linkage]», eller bruk «--method keyed-hash», som verner listen dårligere."
)
_LENGTH = 4


class PrivateIntersection:
    """The strong way: nothing about anybody outside the intersection."""

    name = PRIVATE

    def __init__(self) -> None:
        self._psi = _library()

    def ask(self, numbers: Sequence[str], *, ticket: bytes) -> Asked:
        """Blind the numbers with a key made for this question."""
        client = self._psi.client.CreateWithNewKey(True)
        return Asked(client.CreateRequest(list(numbers)).SerializeToString(), client.GetPrivateKeyBytes())

    def answer(self, body: bytes, numbers: Collection[str], *, count: int, ticket: bytes) -> bytes:
        """
        Blind what was asked once more, and one's own numbers, with a key nobody keeps.

        The own numbers go as they are blinded, in sorted order, not in a filter: a filter is smaller and says now and
        then that somebody is known who is not.
        """
        request = self._read(self._psi.Request(), body)
        if len(request.encrypted_elements) != count:
            raise not_readable()
        server = self._psi.server.CreateWithNewKey(True)
        try:
            response = server.ProcessRequest(request).SerializeToString()
        except RuntimeError:  # the library's own word for points that are none
            raise not_readable() from None
        raw = self._psi.DataStructure.RAW
        setup = server.CreateSetupMessage(0.0, count, list(numbers), raw).SerializeToString()
        return len(response).to_bytes(_LENGTH, "big") + response + setup

    def found(self, body: bytes, *, count: int, key: bytes) -> frozenset[int]:
        """Take the own key off what came back, and see which of it the other's numbers hold."""
        end = _LENGTH + int.from_bytes(body[:_LENGTH], "big")
        response = self._read(self._psi.Response(), body[_LENGTH:end])
        setup = self._read(self._psi.ServerSetup(), body[end:])
        if len(response.encrypted_elements) != count or setup.WhichOneof("data_structure") != "raw":
            raise not_readable()
        try:
            places = self._psi.client.CreateFromKey(key, True).GetIntersection(setup, response)
        except (RuntimeError, ValueError):
            raise not_readable() from None
        return frozenset(int(place) for place in places)

    @staticmethod
    def _read(message: Any, body: bytes) -> Any:
        from google.protobuf.message import DecodeError

        try:
            message.ParseFromString(body)
        except (DecodeError, RecursionError):
            raise not_readable() from None
        return message


def _library() -> Any:
    try:
        import private_set_intersection.python as library
    except ImportError:
        raise Invalid(_MISSING) from None
    return library
