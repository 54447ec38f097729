"""Receiving files: only where a view takes them, from somebody who is logged in, and no larger than is allowed."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadhandler import StopUpload, TemporaryFileUploadHandler
from django.http import HttpRequest

_MUCH_TOO_LARGE = 4
_AnyView = TypeVar("_AnyView", bound=Callable[..., Any])


def takes_files(*, up_to: int | None = None) -> Callable[[_AnyView], _AnyView]:
    """
    Mark a view that receives files.

    :param up_to: bytes of a file; ``UPLOAD_LIMIT_BYTES`` unless told.
    """

    def mark(view: _AnyView) -> _AnyView:
        view.takes_files_up_to = lambda: up_to or settings.UPLOAD_LIMIT_BYTES  # type: ignore[attr-defined]
        return view

    return mark


class LimitedUploadHandler(TemporaryFileUploadHandler):
    """
    Writes files to temporary ones that go away with the request, and stops at the limit of the view they are sent to.

    The view then finds no file, and ``is_too_large`` says why. Nothing is written for views that take no files, nor for
    those who are not logged in: a form is read to its end before any view can refuse it.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._size = 0
        self._limit = 0
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
        self._limit = _limit_of(self.request)
        self._hangs_up = not self._limit or content_length > _MUCH_TOO_LARGE * self._limit

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece, until there are too many of them."""
        self._size += len(raw_data)
        if self._hangs_up or self._size > self._limit:
            self.request.upload_is_too_large = True  # type: ignore[union-attr]
            raise StopUpload(connection_reset=self._hangs_up)
        super().receive_data_chunk(raw_data, start)


def _limit_of(request: HttpRequest | None) -> int:
    match = getattr(request, "resolver_match", None)
    limit = getattr(match.func, "takes_files_up_to", None) if match else None
    return limit() if limit and getattr(request, "actor", None) else 0


def is_too_large(request: HttpRequest) -> bool:
    """Say whether a file of this request was not received because of its size."""
    return bool(getattr(request, "upload_is_too_large", False))
