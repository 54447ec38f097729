"""VIGO OT's document: ``errorMessage``, ``antall`` and the list ``otungdommer``, element by element."""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from typing import Any, BinaryIO

from fotfeste.integrations.reading.blocks import Block, Malformed
from fotfeste.integrations.reading.errors import UnreadableFile, listed, shown
from fotfeste.integrations.reading.json_stream import JsonStream, NumberText
from fotfeste.integrations.sources import RowDefinition

LIST, COUNT, MESSAGE = "otungdommer", "antall", "errorMessage"
_ROWS_IN_BLOCK = 5_000
_KINDS = {
    dict: "et objekt",
    list: "en liste",
    bool: "sant/usant",
    NumberText: "et tall",
    str: "tekst",
    type(None): "null",
}


class VigoDocument:
    """
    The elements of one VIGO OT answer. ``header`` is the paths inside an element.

    :raises UnreadableFile: the document is not JSON or not of this shape; the sentence names the place.
    """

    delimiter = ""

    def __init__(self, file: BinaryIO, *, encoding: str, definition: RowDefinition) -> None:
        self._file = file
        self.encoding = encoding
        self.header: Sequence[str] = definition.headers
        self._paths = [tuple(path.split(".")) for path in self.header]
        self._numbers: dict[int, Callable[[str], str]] = {}
        self.warnings: list[str] = []
        self.sender_failed = False

    def restore_numbers(self, place: int, restored: Callable[[str], str]) -> None:
        """Pass values of a path that are JSON numbers, not text, through `restored`."""
        self._numbers[place] = restored

    def blocks(self) -> Iterator[Block]:
        """Go through the elements, then say what ``antall`` and ``errorMessage`` had to tell."""
        self.warnings.clear()
        with self._stream() as stream:
            beside: dict[str, Any] = {}
            seen: int | None = None
            for key in _members_of_document(stream):
                if key != LIST or stream.next_character() != "[":
                    beside[key] = stream.value()
                    continue
                if seen is not None:
                    raise UnreadableFile(f"JSON-dokumentet har feil form: «{LIST}» står to ganger.")
                seen = 0
                elements = stream.items()
                while batch := list(islice(elements, _ROWS_IN_BLOCK)):
                    yield self._block(batch, first=seen + 1)
                    seen += len(batch)
            stream.demand_end()
        self._judge_document(beside, seen)

    @contextmanager
    def _stream(self) -> Iterator[JsonStream]:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self.encoding, newline="")
        try:
            yield JsonStream(text)
        finally:
            text.detach()

    def _block(self, elements: list[Any], *, first: int) -> Block:
        row_nos: list[int] = []
        rows: list[list[str]] = []
        whole: list[dict[str, object]] = []
        malformed: list[Malformed] = []
        for row_no, element in enumerate(elements, start=first):
            try:
                rows.append(self._flat(element, row_no))
            except ValueError as fault:
                malformed.append(Malformed(row_no, element if isinstance(element, dict) else repr(element), str(fault)))
            else:
                row_nos.append(row_no)
                whole.append(element)
        columns: list[Sequence[str]] = list(zip(*rows, strict=True)) if rows else [()] * len(self.header)
        return Block(row_nos, columns, malformed, whole)

    def _flat(self, element: Any, row_no: int) -> list[str]:
        """Return the values at the paths as text. What is absent or null is empty."""
        place = f"{LIST}[{row_no - 1}]"
        if not isinstance(element, dict):
            raise ValueError(f"Rad {row_no}: {place} er {_kind(element)}, ikke et objekt.")
        values = []
        for number, (group, name) in enumerate(self._paths):
            inside = element.get(group)
            if inside is not None and not isinstance(inside, dict):
                raise ValueError(f"Rad {row_no}: {place}.{group} er {_kind(inside)}, ikke et objekt.")
            value = inside.get(name) if inside else None
            if value is not None and not isinstance(value, str):
                raise ValueError(f"Rad {row_no}: {place}.{group}.{name} er {_kind(value)}, ikke tekst.")
            if isinstance(value, NumberText) and number in self._numbers:
                value = self._numbers[number](value)
            values.append(value or "")
        return values

    def _judge_document(self, beside: dict[str, Any], seen: int | None) -> None:
        message = beside.get(MESSAGE)
        told = shown(message) if isinstance(message, str) and message.strip() else ""
        if seen is None:
            _refuse_without_list(beside, told)
            return
        self.sender_failed = bool(told)
        if told:
            self.warnings.append(f"VIGO meldte en feil: «{told}».")
        count = beside.get(COUNT)
        if not isinstance(count, NumberText) or str(count) != str(seen):
            says = f"«{shown(str(count))}»" if count is not None else "ingenting"
            self.warnings.append(f"VIGO oppga {says} som antall, men listen har {seen} ungdommer.")


def _members_of_document(stream: JsonStream) -> Iterator[str]:
    if (start := stream.next_character()) != "{":
        if start == "[":
            raise UnreadableFile(f"JSON-dokumentet er en liste. Ventet et objekt med listen «{LIST}».")
        raise UnreadableFile("Filen er ikke et JSON-dokument fra VIGO OT: den begynner ikke med «{».")
    return stream.members()


def _refuse_without_list(beside: dict[str, Any], told: str) -> None:
    if told:
        raise UnreadableFile(f"VIGO svarte uten data og meldte en feil: «{told}».")
    if LIST in beside:
        raise UnreadableFile(f"JSON-dokumentet har feil form: «{LIST}» er {_kind(beside[LIST])}, ikke en liste.")
    found = f"Det har {listed(list(beside))}." if beside else "Det er tomt."
    raise UnreadableFile(f"JSON-dokumentet har feil form: «{LIST}» mangler øverst i det. {found}")


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "noe annet")
