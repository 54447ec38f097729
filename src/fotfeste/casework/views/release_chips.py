"""Releases as chips: who, how it stands, what, and until when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access.topics import Topic
from fotfeste.consent import selectors as consents
from fotfeste.consent.enums import ReleaseState
from fotfeste.consent.words import short_words
from fotfeste.kernel import formats
from fotfeste.kernel.ui import ConsentState

_SHOWN = {
    ReleaseState.GIVEN: ConsentState.GIVEN,
    ReleaseState.ENDS_SOON: ConsentState.ENDS_SOON,
    ReleaseState.COMING: ConsentState.COMING,
    ReleaseState.EXPIRED: ConsentState.EXPIRED,
    ReleaseState.WITHDRAWN: ConsentState.WITHDRAWN,
    ReleaseState.REFUSED: ConsentState.REFUSED,
}
_TELLS_WHAT = {ReleaseState.GIVEN, ReleaseState.ENDS_SOON, ReleaseState.COMING}

Chip = tuple[str, ConsentState, str]


def chip(name: str, state: ReleaseState, topics: Sequence[Topic], last_day: date) -> Chip:
    """Return one chip; what and until when is told only where it holds."""
    details = ""
    if state in _TELLS_WHAT:
        until = _("til %(day)s") % {"day": formats.day(last_day)}
        details = f"{', '.join(short_words(topics))} {until}"
    return name, _SHOWN[state], details


def chips(releases: Sequence[Any], bodies: Sequence[Any], *, on: date) -> list[Chip]:
    """Return the chips of the person page, one for each service the youth has been asked about."""
    return [chip(c.name, c.state, c.topics, c.last_day) for c in consents.chips_of(releases, bodies, on=on)]
