"""
Sending SMS, where the county has set that up.

The service that sends is reached by a class that the settings name; ``FolderOutbox`` puts each message in a file for
another program to send. Nothing is sent until the settings say where to.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol, cast
from uuid import uuid4

from django.conf import settings
from django.utils.module_loading import import_string


class TextingDown(Exception):
    """The message was not taken."""


class Texting(Protocol):
    """Sends SMS."""

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to send with."""

    def send(self, *, key: str, number: str, text: str) -> None:
        """
        Send a message. One that comes again has the same key.

        :raises TextingDown: it was not taken.
        """


class FolderOutbox:
    """A file for each message. It is there whole or not at all."""

    def __init__(self, configured: Mapping[str, str]) -> None:
        self.root = Path(configured["folder"]) if configured.get("folder") else None

    @property
    def is_ready(self) -> bool:
        """Whether a folder is named."""
        return self.root is not None

    def send(self, *, key: str, number: str, text: str) -> None:
        """
        Put the message in the folder.

        :raises TextingDown: the folder cannot be written to, or is not named.
        """
        if self.root is None:
            raise TextingDown
        begun = self.root / f".{key}.{uuid4().hex}"
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
                json.dump({"to": number, "text": text}, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            begun.rename(self.root / f"{key}.json")
        except OSError as problem:
            begun.unlink(missing_ok=True)
            raise TextingDown from problem


def texting() -> Texting:
    """Return what the settings send SMS with."""
    configured = settings.TEXTING
    return cast(Texting, import_string(configured["adapter"])(configured))
