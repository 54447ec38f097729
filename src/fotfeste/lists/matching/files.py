"""
The three files of a match: the question, the key that stays where it was asked, and the answer.

A line that says what it is, a line of JSON that says whose and how, what the way to compare has made, and a digest by
which a file that lost its end, or was changed under way, is known. The digest is no signature.
"""

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from fotfeste.kernel.errors import Invalid, reason_of
from fotfeste.lists.matching import METHODS, MOST_ANSWERING

LARGEST = 40 * 1024 * 1024
_FIRST_LINE = b"Fotfeste listevask 1\n"
_LONGEST_HEADER = 4096
_DIGEST = hashlib.sha256().digest_size
_TICKET = 16


class FileKind(StrEnum):
    """Which of the three a file is."""

    QUESTION = "question"
    KEY = "key"
    ANSWER = "answer"


_CALLED = {
    FileKind.QUESTION: "en forespørsel",
    FileKind.KEY: "en nøkkelfil",
    FileKind.ANSWER: "et svar",
}


@dataclass(frozen=True, slots=True)
class MatchFile:
    """
    A file of a match.

    :ivar ticket: the same in the three files of one question, and in no others.
    :ivar told: what whoever opens it may read: numbers and words, never about anybody.
    """

    kind: FileKind
    method: str
    ticket: str
    told: Mapping[str, Any]
    body: bytes

    def number(self, name: str, *, most: int = MOST_ANSWERING) -> int:
        """
        Return a number that is told.

        :raises Invalid: it is none, or it is no possible one.
        """
        value = self.told.get(name)
        if type(value) is not int or not 0 <= value <= most:
            raise _not_ours()
        return value

    def words(self, name: str) -> str:
        """Return words that are told, fit for a terminal: the file may come from anybody."""
        return "".join(each for each in str(self.told.get(name, "")) if each.isprintable())[:300]


def new_ticket() -> str:
    """Return a ticket nobody has had."""
    return secrets.token_hex(_TICKET)


def pack(file: MatchFile) -> bytes:
    """Return a file as it is written."""
    header = {"kind": file.kind.value, "method": file.method, "ticket": file.ticket, "told": dict(file.told)}
    content = _FIRST_LINE + json.dumps(header, ensure_ascii=False).encode() + b"\n" + file.body
    return content + hashlib.sha256(content).digest()


def unpack(content: bytes, kind: FileKind) -> MatchFile:
    """
    Read a file.

    :raises Invalid: it is not such a file, it is another of the three, or it is not whole.
    """
    if not content.startswith(_FIRST_LINE):
        raise _not_ours()
    whole, digest = content[:-_DIGEST], content[-_DIGEST:]
    if not secrets.compare_digest(hashlib.sha256(whole).digest(), digest):
        raise Invalid("Filen er ikke hel, eller er endret underveis. Be om å få den på nytt.")
    line, _newline, body = whole[len(_FIRST_LINE) :].partition(b"\n")
    read = _header(line)
    if read.kind is not kind:
        raise Invalid(f"Filen er {_CALLED[read.kind]}. Her trengs {_CALLED[kind]}.")
    return MatchFile(read.kind, read.method, read.ticket, read.told, body)


def write(path: Path, file: MatchFile) -> None:
    """
    Write a file nobody else on the machine reads, where there is none.

    :raises Invalid: it cannot be written; the sentence says why.
    """
    content = pack(file)
    try:
        path.touch(mode=0o600, exist_ok=False)
        path.write_bytes(content)
    except OSError as problem:
        raise Invalid(f"Kan ikke skrive {path.name}. {reason_of(problem)}.") from None


def read(path: Path, kind: FileKind) -> MatchFile:
    """
    Read a file from where it is.

    :raises Invalid: it cannot be read, it is too large, or it is no such file.
    """
    return unpack(read_bytes(path, most=LARGEST), kind)


def read_bytes(path: Path, *, most: int) -> bytes:
    """
    Return what stands in a file, unless it is larger than anything it could be.

    :raises Invalid: it cannot be read, or it is too large.
    """
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as problem:
        raise Invalid(f"Kan ikke lese {path.name}. {reason_of(problem)}.") from None
    if len(content) > most:
        raise Invalid(f"{path.name} er større enn {most // 2**20} MB og leses ikke.")
    return content


def _header(line: bytes) -> MatchFile:
    if len(line) > _LONGEST_HEADER:
        raise _not_ours()
    try:
        said = json.loads(line)
        kind, ticket = FileKind(said["kind"]), bytes.fromhex(said["ticket"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise _not_ours() from None
    if len(ticket) != _TICKET or not isinstance(said.get("told"), dict):
        raise _not_ours()
    if said.get("method") not in METHODS:
        raise Invalid("Filen bruker en måte å sammenligne på som denne utgaven ikke kjenner.")
    return MatchFile(kind, said["method"], ticket.hex(), said["told"], b"")


def _not_ours() -> Invalid:
    return Invalid("Filen er ikke en fil fra «fotfeste wash», eller er laget av en annen utgave.")
