"""Empty files to fill in."""

import io
from typing import BinaryIO

from fotfeste.integrations.reading import write_xlsx
from fotfeste.integrations.sources import SOURCES, Shape


def empty_workbook(source: str) -> BinaryIO | None:
    """Return a workbook with the source's columns and no rows; None when the source is not a table."""
    definition = SOURCES.get(source)
    if definition is None or definition.shape is not Shape.TABLE:
        return None
    file = io.BytesIO()
    write_xlsx(source, [], file)
    file.seek(0)
    return file
