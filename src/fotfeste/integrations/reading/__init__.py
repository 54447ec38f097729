"""Reading of import files: from a path, bytes or an address to typed rows, row errors and rejected rows. Pure."""

from fotfeste.integrations.reading.cells import escape_cell, unescape_cell
from fotfeste.integrations.reading.errors import RowError, UnreadableFile
from fotfeste.integrations.reading.layout import apply_mapping, suggest_mapping
from fotfeste.integrations.reading.opening import opened
from fotfeste.integrations.reading.reader import read
from fotfeste.integrations.reading.result import Meta, Reading
from fotfeste.integrations.reading.returned import ReturnedRow, read_returned
from fotfeste.integrations.reading.returning import write_rejects
from fotfeste.integrations.reading.survey import LARGEST_FILE, Survey, survey
from fotfeste.integrations.reading.writing import write_csv, write_vigo_ot, write_xlsx

__all__ = [
    "LARGEST_FILE",
    "Meta",
    "Reading",
    "ReturnedRow",
    "RowError",
    "Survey",
    "UnreadableFile",
    "apply_mapping",
    "escape_cell",
    "opened",
    "read",
    "read_returned",
    "suggest_mapping",
    "survey",
    "unescape_cell",
    "write_csv",
    "write_rejects",
    "write_vigo_ot",
    "write_xlsx",
]
