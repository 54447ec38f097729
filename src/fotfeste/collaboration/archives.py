"""
The archive in which signed minutes are filed in the pupil's file.

A county's archive is reached by a class that the settings name; ``FolderArchive`` puts what is
to be filed in a folder, for another program to fetch.
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, cast
from uuid import uuid4

from django.conf import settings
from django.utils.module_loading import import_string

DOCUMENT, ABOUT = "referat.pdf", "metadata.json"


class ArchiveDown(Exception):
    """The archive did not take what was to be filed; it may later."""


class Archive(Protocol):
    """Takes documents for the pupil's file."""

    name: str

    @property
    def is_ready(self) -> bool:
        """Whether there is somewhere to file at all."""

    def file(self, *, key: str, document: bytes, about: Mapping[str, Any]) -> str:
        """
        File a document and return what the archive calls it. The same key again files nothing and returns the same.

        :param key: names the document without telling anything of it.
        :param about: what an archive needs to know to file it.
        :raises ArchiveDown: it was not taken.
        """


class FolderArchive:
    """A folder for each document, with what the archive needs to know beside it. It is there whole or not at all."""

    name = "folder"

    def __init__(self, configured: Mapping[str, str]) -> None:
        self.root = Path(configured["folder"]) if configured.get("folder") else None

    @property
    def is_ready(self) -> bool:
        """Whether a folder is named."""
        return self.root is not None

    def file(self, *, key: str, document: bytes, about: Mapping[str, Any]) -> str:
        """
        Put the document in a folder of its own.

        :raises ArchiveDown: the folder cannot be written to, or is not named.
        """
        if self.root is None:
            raise ArchiveDown
        place = self.root / key
        if (place / DOCUMENT).exists():
            return key
        begun = self.root / f".{key}.{uuid4().hex}"
        try:
            self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
            begun.mkdir(mode=0o700)
            _write(begun / DOCUMENT, document)
            _write(begun / ABOUT, json.dumps(about, ensure_ascii=False, indent=1).encode())
            begun.rename(place)
            _settle(self.root)
        except OSError as problem:
            shutil.rmtree(begun, ignore_errors=True)
            if (place / DOCUMENT).exists():
                return key
            raise ArchiveDown from problem
        return key


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _settle(folder: Path) -> None:
    """Let the name survive that the machine stops."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def archive() -> Archive:
    """Return the archive of the settings."""
    configured = settings.PUPIL_ARCHIVE
    return cast(Archive, import_string(configured["adapter"])(configured))
