"""Keeping a file while it waits to be used, in sealed pieces under the county's row policy, and letting it go."""

import json
import tempfile
from collections.abc import Iterator
from typing import Any, BinaryIO, cast

from fotfeste.integrations.enums import Part
from fotfeste.integrations.models import WaitingFile, WaitingPart
from fotfeste.integrations.services.sealing import seal, unseal

_PIECE = 1 << 19
_IN_MEMORY = 16 << 20


def keep(waiting: WaitingFile, part: Part, file: BinaryIO) -> int:
    """Keep the file from its beginning and return its size. What was kept of this part before is let go."""
    drop(waiting, part)
    file.seek(0)
    size = 0
    for number, piece in enumerate(iter(lambda: file.read(_PIECE), b"")):
        size += len(piece)
        WaitingPart.objects.create(
            file=waiting,
            county_id=waiting.county_id,
            part=part,
            number=number,
            content=seal(piece, place=_place(waiting, part, number)),
        )
    return size


def opened(waiting: WaitingFile, part: Part) -> BinaryIO:
    """
    Return what was kept as a file; whoever asked closes it. A large one lies in a nameless file until then.

    :raises Invalid: it was sealed with another secret.
    """
    file = cast(BinaryIO, tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY))  # noqa: SIM115 - whoever asked closes it
    for piece in _pieces(waiting, part):
        file.write(piece)
    file.seek(0)
    return file


def holds(waiting: WaitingFile, part: Part) -> bool:
    """Say whether anything of the part is kept."""
    return waiting.parts.filter(part=part).exists()


def drop(waiting: WaitingFile, part: Part) -> None:
    """Let a part go."""
    waiting.parts.filter(part=part).delete()


def sealed_plan(waiting: WaitingFile, told: dict[str, Any]) -> bytes:
    """Return a plan as it is kept; it names people, so it is sealed like the file."""
    return seal(json.dumps(told, ensure_ascii=False).encode(), place=_place(waiting, "plan", 0))


def read_plan(waiting: WaitingFile) -> dict[str, Any]:
    """
    Return the plan as it was kept; empty before there is one.

    :raises Invalid: it was sealed with another secret.
    """
    if waiting.plan is None:
        return {}
    return cast(dict[str, Any], json.loads(unseal(bytes(waiting.plan), place=_place(waiting, "plan", 0))))


def _pieces(waiting: WaitingFile, part: Part) -> Iterator[bytes]:
    rows = waiting.parts.filter(part=part).order_by("number").values_list("number", "content")
    for number, content in rows.iterator(chunk_size=8):
        yield unseal(bytes(content), place=_place(waiting, part, number))


def _place(waiting: WaitingFile, part: str, number: int) -> str:
    return f"{waiting.pk}:{part}:{number}"
