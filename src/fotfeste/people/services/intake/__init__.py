"""
Taking in many people at once, set by set, in the caller's transaction (docs/adr/0008).

The order is: ``open_table`` → ``copy_rows`` → ``match`` → (casework decides who answers for each) → ``store``.
The temporary tables are the contract between the steps; they go away with the transaction.
"""

from fotfeste.people.services.intake.matching import find_duplicates, match
from fotfeste.people.services.intake.staging import COLUMNS, copy_rows, open_table
from fotfeste.people.services.intake.storing import store

__all__ = ["COLUMNS", "copy_rows", "find_duplicates", "match", "open_table", "store"]
