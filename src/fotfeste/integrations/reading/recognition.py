"""Which of the formats a file is in, and whether the source is read from it."""

from collections.abc import Mapping
from itertools import chain
from typing import BinaryIO

from fotfeste.integrations.reading.blocks import Format
from fotfeste.integrations.reading.delimited import DelimitedFile
from fotfeste.integrations.reading.errors import UnreadableFile
from fotfeste.integrations.reading.layout import named, resembles, spelled
from fotfeste.integrations.reading.survey import FileKind, Survey
from fotfeste.integrations.reading.vigo_json import VigoDocument
from fotfeste.integrations.reading.workbook import WorkbookFile
from fotfeste.integrations.sources import SOURCES, RowDefinition, Shape

Content = DelimitedFile | WorkbookFile | VigoDocument


def recognise(file: BinaryIO, surveyed: Survey, definition: RowDefinition, mapping: Mapping[str, str]) -> Content:
    """
    Return the file in its format, by what it holds and not by what it is called.

    :raises UnreadableFile: the format is not one the source is read from, or the file is broken.
    """
    spellings = _known_spellings(mapping)
    if surveyed.kind is FileKind.ZIP:
        content: DelimitedFile | WorkbookFile = WorkbookFile(file, known_spellings=spellings)
    elif _starts_as_json(file, surveyed):
        if definition.shape is not Shape.JSON:
            raise UnreadableFile(
                f"Filen er JSON, men kilden «{definition.title}» leses fra CSV eller Excel. Er det VIGO OT (vigo-ot)?"
            )
        return VigoDocument(file, encoding=surveyed.encoding, definition=definition)
    else:
        content = DelimitedFile(file, encoding=surveyed.encoding, known_spellings=spellings)
    if definition.shape is Shape.JSON:
        _refuse_table(content, definition)
    return content


def _refuse_table(content: Format, definition: RowDefinition) -> None:
    others = resembles(content.header, besides=definition)
    hint = f" Den ser ut til å høre til kilden {named(others)}." if others else ""
    raise UnreadableFile(f"Filen er ikke JSON, men kilden «{definition.title}» leses bare fra JSON.{hint}")


def _starts_as_json(file: BinaryIO, surveyed: Survey) -> bool:
    file.seek(0)
    start = file.read(4096).decode(surveyed.encoding, "replace").lstrip()
    return start.startswith(("{", "["))


def _known_spellings(mapping: Mapping[str, str]) -> frozenset[str]:
    columns = chain.from_iterable(definition.columns.values() for definition in SOURCES.values())
    names = chain.from_iterable((column.header, *column.aliases) for column in columns)
    return frozenset(map(spelled, chain(names, mapping.values()))) - {""}
