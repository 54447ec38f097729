"""Whole numbers from addresses and hidden fields, where anybody may have written anything."""

_MOST_DIGITS = 9


def whole_number(text: str | None, *, otherwise: int = 0) -> int:
    """Return the number the text holds in plain digits; ``otherwise`` for anything else, as ``²`` or 5 000 nines."""
    if text and text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS:
        return int(text)
    return otherwise
