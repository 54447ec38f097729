"""The first look at a file: how big it is, its digest, what kind it is and which characters it is written in."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import BinaryIO

from fotfeste.integrations.reading.errors import UnreadableFile

LARGEST_FILE = 300 * 1024 * 1024
_STEP = 1 << 20
_UNDEFINED_IN_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_REFUSED_STARTS = {
    b"\xd0\xcf\x11\xe0": "er et gammelt Excel-format (.xls) eller beskyttet med passord. Lagre som .xlsx uten passord",
    b"%PDF": "er et PDF-dokument. Send regnearket eller CSV-filen det er laget av",
    b"\x1f\x8b": "er pakket (gzip). Pakk den ut først",
    b"Rar!": "er pakket (RAR). Pakk den ut først",
    b"7z\xbc\xaf": "er pakket (7-Zip). Pakk den ut først",
}


class FileKind(StrEnum):
    """What the content is, whatever the file is called."""

    TEXT = "text"
    ZIP = "zip"


@dataclass(frozen=True, slots=True)
class Survey:
    """What is known of a file before its rows are read. ``encoding`` is empty for anything but text."""

    kind: FileKind
    size: int
    digest: str
    encoding: str


def survey(file: BinaryIO, *, largest: int = LARGEST_FILE) -> Survey:
    """
    Read the file once through, in steps, and say what it is.

    :raises UnreadableFile: it is empty, too large, of a kind that is never read, or of no known encoding.
    """
    file.seek(0)
    head = file.read(8)
    _refuse_known_kinds(head)
    kind = FileKind.ZIP if head.startswith(b"PK") else FileKind.TEXT
    digest, size, is_utf8 = hashlib.sha256(), 0, True
    decoder = codecs.getincrementaldecoder("utf-8")()
    lines_before = 0
    file.seek(0)
    while step := file.read(_STEP):
        size += len(step)
        if size > largest:
            raise UnreadableFile(f"Filen er større enn {largest // (1024 * 1024)} MB og leses ikke. Del den i flere.")
        digest.update(step)
        if kind is FileKind.TEXT:
            _refuse_nul(step, lines_before)
            lines_before += step.count(b"\n")
            is_utf8 = is_utf8 and _decodes(decoder, step)
    if not size:
        raise UnreadableFile("Filen er tom.")
    is_utf8 = is_utf8 and _decodes(decoder, b"", final=True)
    encoding = "" if kind is not FileKind.TEXT else _encoding(file, head, is_utf8=is_utf8)
    return Survey(kind, size, digest.hexdigest(), encoding)


def _refuse_known_kinds(head: bytes) -> None:
    for start, what in _REFUSED_STARTS.items():
        if head.startswith(start):
            raise UnreadableFile(f"Filen {what}.")
    if head.startswith(_WIDE_MARKS):
        raise UnreadableFile("Filen er lagret som «Unicode-tekst» (UTF-16). Lagre den som CSV UTF-8.")


def _refuse_nul(step: bytes, lines_before: int) -> None:
    place = step.find(b"\0")
    if place >= 0:
        line = lines_before + step.count(b"\n", 0, place) + 1
        raise UnreadableFile(f"Filen er ikke en tekstfil: linje {line} inneholder et nulltegn (byte 0).")


def _decodes(decoder: codecs.IncrementalDecoder, step: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(step, final)
    except UnicodeDecodeError:
        return False
    return True


def _encoding(file: BinaryIO, head: bytes, *, is_utf8: bool) -> str:
    if is_utf8:
        return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"
    right, wrong, first_wrong_line, undefined_line = _weigh(file)
    if right > wrong or head.startswith(codecs.BOM_UTF8):
        raise UnreadableFile(
            f"Filen er skrevet i UTF-8, men linje {first_wrong_line} har et ødelagt tegn. "
            "Lagre den på nytt som CSV UTF-8."
        )
    if undefined_line:
        raise UnreadableFile(
            f"Tegnsettet er ukjent: linje {undefined_line} er verken UTF-8 eller Windows-1252. "
            "Lagre filen som CSV UTF-8."
        )
    return "cp1252"


def _weigh(file: BinaryIO) -> tuple[int, int, int, int]:
    """Count characters that are right and wrong as UTF-8, with the first wrong line and the first not Windows-1252."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    right = wrong = first_wrong = undefined = lines = 0
    file.seek(0)
    while step := file.read(_STEP):
        text = decoder.decode(step)
        wrong_here = text.count("\ufffd")
        if wrong_here and not first_wrong:
            first_wrong = lines + text.count("\n", 0, text.index("\ufffd")) + 1
        if not undefined and (match := _UNDEFINED_IN_1252.search(step)):
            undefined = lines + step.count(b"\n", 0, match.start()) + 1
        wrong += wrong_here
        right += len(text) - len(text.encode("ascii", "ignore")) - wrong_here
        lines += step.count(b"\n")
    return right, wrong, first_wrong or lines + 1, undefined
