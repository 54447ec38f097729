"""From what the caller has (a path, bytes, an open file or an address) to one seekable file."""

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, cast

from fotfeste.integrations.reading.errors import UnreadableFile
from fotfeste.integrations.reading.fetching import fetch

Given = str | os.PathLike[str] | bytes | BinaryIO


def is_address(given: Given) -> bool:
    """Return whether what is given is an address to fetch from."""
    return isinstance(given, str) and given.lower().startswith(("http://", "https://"))


def opened(given: Given, *, headers: Mapping[str, str] | None, largest: int) -> BinaryIO:
    """
    Return the content as a seekable binary file; whoever asked closes it.

    :raises UnreadableFile: there is no such file, it may not be read, or the address does not answer.
    """
    if isinstance(given, bytes):
        return io.BytesIO(given)
    if hasattr(given, "read"):
        return cast(BinaryIO, given)
    if is_address(given):
        return fetch(str(given), headers=headers or {}, largest=largest)
    path = Path(cast(str, given))
    try:
        if path.is_dir():
            raise UnreadableFile(f"«{path.name}» er en mappe, ikke en fil.")
        return path.open("rb")
    except FileNotFoundError:
        raise UnreadableFile(f"Fant ikke filen «{path.name}».") from None
    except (OSError, ValueError):
        raise UnreadableFile(f"Filen «{path.name}» kan ikke åpnes. Sjekk at du har lov til å lese den.") from None
