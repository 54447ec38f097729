"""Receiving files: to a temporary file that goes away with the request, and no larger than is allowed."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

_MUCH_TOO_LARGE = 4


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """Stops receiving at ``UPLOAD_LIMIT_BYTES``; the view then finds no file, and ``is_too_large`` says why."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._size = 0
        self._hangs_up = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],
        content_length: Any,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Hang up on what is so large that even receiving it to be polite would cost too much."""
        self._hangs_up = content_length > _MUCH_TOO_LARGE * settings.UPLOAD_LIMIT_BYTES

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, until there are too many of them."""
        self._size += len(raw_data)
        if self._hangs_up or self._size > settings.UPLOAD_LIMIT_BYTES:
            self.request.upload_is_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=self._hangs_up)
        super().receive_data_chunk(raw_data, start)


def is_too_large(request: HttpRequest) -> bool:
    """Say whether a file of this request was not received because of its size."""
    return bool(getattr(request, "upload_is_too_large", False))
