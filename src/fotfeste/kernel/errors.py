"""Refusals: what a service says no to, in words its user may read."""

import errno
from typing import Any

_REASONS = {
    errno.ENOENT: "Mappen eller filen finnes ikke",
    errno.EACCES: "Tilgang mangler",
    errno.EPERM: "Tilgang mangler",
    errno.EEXIST: "Det står noe annet der",
    errno.ENOTDIR: "Det står en fil der det skulle vært en mappe",
    errno.EISDIR: "Det er en mappe, ikke en fil",
    errno.ENOSPC: "Disken er full",
    errno.EROFS: "Disken kan bare leses",
    errno.ENAMETOOLONG: "Navnet er for langt",
}


def reason_of(problem: OSError) -> str:
    """Return in Norwegian why the system said no, where it is one of the usual reasons."""
    return _REASONS.get(problem.errno or 0, problem.strerror or "Ukjent feil")


class Refused(Exception):
    """A service said no. The text is a whole Norwegian sentence meant for the user."""


class NotAllowed(Refused):
    """The actor may not do this."""


class IllegalTransition(Refused):
    """The thing is not in a state from which this move is possible."""


class Invalid(Refused):
    """What was given cannot be right; the sentence says what and where."""


class EditConflict(Exception):
    """
    Somebody saved first. Nothing is overwritten; the loser is shown both versions.

    It is no ``Refused``, so that nobody makes one sentence of it by the way: a view that does not show the two itself
    lets it pass, and the two are shown on a page of their own (``access.conflicts``).

    :ivar theirs: label -> value as it stands now.
    :ivar yours: label -> value that was being saved.
    :ivar version: what a new try must say it has seen; None when there is nothing to try again.
    :ivar about: the youth it is about, for the log of what was shown.
    """

    def __init__(
        self,
        message: str,
        *,
        theirs: dict[str, Any],
        yours: dict[str, Any],
        version: object = None,
        about: int | None = None,
    ) -> None:
        super().__init__(message)
        self.theirs = theirs
        self.yours = yours
        self.version = version
        self.about = about
