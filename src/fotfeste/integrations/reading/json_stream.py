"""Go through a JSON document piece by piece, so that a huge one never stands in memory whole."""

import json
from collections.abc import Iterator
from typing import Any, TextIO

from fotfeste.integrations.reading.errors import UnreadableFile

_STEP = 1 << 20
_SPACE = " \t\n\r"
_NEAR_END = 32
"""Characters from the end of what is read so far within which a fault may only be that the rest is not read yet."""


class NumberText(str):
    """A JSON number as it was written, so that no digit is lost and no size is too large."""

    __slots__ = ()


def _no_constant(written: str) -> NumberText:
    return NumberText(written)


_DECODER = json.JSONDecoder(parse_int=NumberText, parse_float=NumberText, parse_constant=_no_constant)


class JsonStream:
    """
    A cursor over a JSON text. Numbers come as `NumberText`.

    :raises UnreadableFile: from every method, where the text is not JSON; with line and character.
    """

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._buffer = ""
        self._at = 0
        self._lines_before = 0
        self._characters_before = 0
        self._is_whole = False

    def next_character(self) -> str:
        """Return the next character that is no space, without moving past it; empty at the end."""
        while True:
            while self._at < len(self._buffer):
                if self._buffer[self._at] not in _SPACE:
                    return self._buffer[self._at]
                self._at += 1
            if not self._read_more():
                return ""

    def take(self, character: str) -> bool:
        """Move past the next character if it is this one, and say whether it was."""
        if self.next_character() != character:
            return False
        self._at += 1
        return True

    def demand(self, character: str) -> None:
        """Move past the next character, which must be this one."""
        if not self.take(character):
            raise self._fault(self._at)

    def value(self) -> Any:
        """Return the value that starts here and move past it."""
        self.next_character()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                is_open_text = error.msg.startswith("Unterminated")
                if (is_open_text or error.pos >= len(self._buffer) - _NEAR_END) and self._read_more():
                    continue
                raise self._fault(error.pos, is_open_text=is_open_text) from None
            except RecursionError:
                raise UnreadableFile("JSON-dokumentet er nøstet for dypt til å leses.") from None
            if end == len(self._buffer) and self._read_more():
                continue  # a number may go on in what was not yet read
            self._at = end
            return found

    def members(self) -> Iterator[str]:
        """Go through the keys of the object that starts here; the caller takes the value of each."""
        self.demand("{")
        if self.take("}"):
            return
        while True:
            if self.next_character() != '"':
                raise self._fault(self._at)
            key = self.value()
            self.demand(":")
            yield key
            if not self.take(","):
                self.demand("}")
                return

    def items(self) -> Iterator[Any]:
        """Go through the values of the list that starts here."""
        self.demand("[")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if not self.take(","):
                self.demand("]")
                return

    def demand_end(self) -> None:
        """Demand that nothing more follows."""
        if self.next_character():
            raise self._fault(self._at)

    def _read_more(self) -> bool:
        """Add to what can be seen, letting go of what is passed; twice as much each time a value is not whole."""
        if self._is_whole:
            return False
        more = self._text.read(max(_STEP, len(self._buffer) - self._at))
        if not more:
            self._is_whole = True
            return False
        passed = self._buffer[: self._at]
        if newlines := passed.count("\n"):
            self._lines_before += newlines
            self._characters_before = len(passed) - passed.rindex("\n") - 1
        else:
            self._characters_before += len(passed)
        self._buffer = self._buffer[self._at :] + more
        self._at = 0
        return True

    def _fault(self, place: int, *, is_open_text: bool = False) -> UnreadableFile:
        before = self._buffer[:place]
        newlines = before.count("\n")
        character = len(before) - before.rindex("\n") if newlines else self._characters_before + len(before) + 1
        where = f"linje {self._lines_before + newlines + 1}, tegn {character}"
        if is_open_text:
            why = f"teksten som begynner ved {where}, lukkes ikke"
            return UnreadableFile(f"JSON-dokumentet slutter for tidlig: {why}. Ble hele filen overført?")
        if place >= len(self._buffer):
            return UnreadableFile(f"JSON-dokumentet slutter for tidlig, ved {where}. Ble hele filen overført?")
        return UnreadableFile(f"Filen er ikke gyldig JSON: feil ved {where}.")
