"""Signed minutes as a reader is shown them."""

from typing import Any

from fotfeste.access.actor import Actor
from fotfeste.collaboration.minutes_words import parts_in, said_in
from fotfeste.collaboration.selectors import minutes as selectors


def signed_shown(meeting: Any, *, actor: Actor, tells_unit: bool) -> dict[str, Any] | None:
    """Return the last signed minutes in words, or None when there are none to read."""
    signed = selectors.signed_of(meeting)
    if signed is None:
        return None
    return {
        "number": signed.number,
        "signed_at": signed.signed_at,
        "said": said_in(signed, kind=meeting.kind),
        "parts": parts_in(signed, told=None if tells_unit else actor.unit_ids),
        "filed": selectors.filing_of(signed),
    }
