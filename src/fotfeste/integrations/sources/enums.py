"""The closed vocabulary of an import row that is not already one of the law package's."""

from enum import StrEnum


class Protection(StrEnum):
    """Grade of address protection (adressebeskyttelse), and the staff-access block (skjermet)."""

    NONE = "none"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"
    SHIELDED = "shielded"
