"""Cells a spreadsheet would run as a formula; see ``kernel.cells``."""

from fotfeste.kernel.cells import STARTS_A_FORMULA, escape_cell, holds_escaped, unescape_cell

__all__ = ["STARTS_A_FORMULA", "escape_cell", "holds_escaped", "unescape_cell"]
