"""
Cells a spreadsheet would run as a formula: read as the text they are, escaped whenever written.

An apostrophe in front keeps a spreadsheet from running the cell; it is taken off again when such a file comes back.
"""

import re

#: The last four are what a spreadsheet set up for East Asian writing takes for the first four.
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_ESCAPED_STARTS = tuple("'" + start for start in STARTS_A_FORMULA)
_ESCAPED = re.compile("|".join(map(re.escape, _ESCAPED_STARTS)))


def escape_cell(value: str) -> str:
    """Return the cell so that no spreadsheet takes it for a formula."""
    return "'" + value if value.startswith(STARTS_A_FORMULA) else value


def unescape_cell(value: str) -> str:
    """Return the cell without the apostrophe `escape_cell` put in front."""
    return value[1:] if value.startswith(_ESCAPED_STARTS) else value


def holds_escaped(text: str) -> bool:
    """Return whether any escaped cell can be in the text at all; cheap, so a clean file pays nothing."""
    return _ESCAPED.search(text) is not None
