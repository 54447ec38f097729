"""What the components of the screens are given: small values that views fill and templates draw."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from django.utils.translation import pgettext_lazy


class Tone(StrEnum):
    """What a status means for the one who looks, each with its own colour *and* shape."""

    UNKNOWN = "unknown"
    ATTENTION = "attention"
    DANGER = "danger"
    OK = "ok"
    INFO = "info"
    CLOSED = "closed"
    NEUTRAL = "neutral"


#: tone -> (colour of the design system, icon)
TONES: Mapping[Tone, tuple[str, str]] = {
    Tone.UNKNOWN: ("warning", "circle-question-mark"),
    Tone.ATTENTION: ("warning", "clock"),
    Tone.DANGER: ("danger", "octagon-alert"),
    Tone.OK: ("success", "circle-check"),
    Tone.INFO: ("info", "circle-dot"),
    Tone.CLOSED: ("neutral", "circle-slash"),
    Tone.NEUTRAL: ("neutral", "circle"),
}


class ConsentState(StrEnum):
    """Where an agreement to share stands, as the chip shows it."""

    GIVEN = "given"
    ENDS_SOON = "ends-soon"
    ASKED = "asked"
    NONE = "none"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    REFUSED = "refused"
    COMING = "coming"


#: state -> (colour, icon, the words that say it)
CONSENTS: Mapping[ConsentState, tuple[str, str, object]] = {
    ConsentState.GIVEN: ("success", "check", pgettext_lazy("samtykke", "gitt")),
    ConsentState.ENDS_SOON: ("warning", "clock", pgettext_lazy("samtykke", "utløper snart")),
    ConsentState.ASKED: ("info", "send", pgettext_lazy("samtykke", "spurt")),
    ConsentState.NONE: ("neutral", "circle-dashed", pgettext_lazy("samtykke", "ingen")),
    ConsentState.WITHDRAWN: ("danger", "x", pgettext_lazy("samtykke", "trukket")),
    ConsentState.EXPIRED: ("neutral", "clock-alert", pgettext_lazy("samtykke", "utløpt")),
    ConsentState.REFUSED: ("neutral", "circle-slash", pgettext_lazy("samtykke", "sagt nei")),
    ConsentState.COMING: ("info", "calendar", pgettext_lazy("samtykke", "gjelder senere")),
}


@dataclass(frozen=True, slots=True)
class Link:
    """
    A place to go: in the menu, the trail of pages, the tabs.

    :ivar count: how much waits there. :ivar key: the key that leads there.
    """

    label: str
    url: str = ""
    current: bool = False
    count: int | None = None
    key: str = ""


@dataclass(frozen=True, slots=True)
class Sort:
    """How a list is sorted now: the name of the column, and whether the largest comes first."""

    name: str = ""
    descending: bool = False

    @classmethod
    def from_text(cls, text: str | None, *, allowed: Sequence[str], default: str) -> "Sort":
        """
        Read the ``sort`` parameter of an address; anything unknown gives the default.

        :param text: a column's name, with a minus in front for largest first.
        """
        text = text or default
        name = text.removeprefix("-")
        if name not in allowed:
            name, text = default.removeprefix("-"), default
        return cls(name=name, descending=text.startswith("-"))

    @property
    def text(self) -> str:
        """Return what ``from_text`` reads."""
        return f"-{self.name}" if self.descending else self.name


@dataclass(frozen=True, slots=True)
class FileLink:
    """
    A file one can fetch.

    :ivar what: its kind and size in words.
    :ivar is_scanned: whether a malware scanner has looked through it.
    """

    name: str
    url: str
    what: str
    is_scanned: bool = True


@dataclass(frozen=True, slots=True)
class Happening:
    """
    One entry of a timeline.

    :ivar visibility: "shared" or "internal" when the reader should know who else sees it, else empty.
    """

    at: date | datetime
    title: str
    text: str = ""
    by: str = ""
    icon: str = "circle-dot"
    tone: Tone = Tone.NEUTRAL
    visibility: str = ""
    url: str = ""
    url_label: str = ""
    files: tuple[FileLink, ...] = ()


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """
    A headline figure: what it says, of what, and compared with what.

    :ivar value: written out, as in "23 %".
    :ivar of_what: the denominator and the day: "7 av 31, 22. nov. 2026".
    :ivar compared: "ned fra 31 % for ett år siden"; ``trend`` is "up", "down" or "flat".
    :ivar good: whether the change is for the better; None when it is neither.
    """

    label: str
    value: str
    url: str = ""
    of_what: str = ""
    compared: str = ""
    trend: str = ""
    good: bool | None = None
    sparkline: object = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the coordination staircase: how many of its parts are done."""

    label: str
    done: int = 0
    parts: int = 1
    current: bool = False

    @property
    def dots(self) -> Sequence[bool]:
        """Return one truth per part, the done ones first."""
        return [i < self.done for i in range(self.parts)]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of an edit conflict: the label and both values, written out."""

    label: str
    theirs: str
    yours: str
    name: str = ""

    @property
    def differs(self) -> bool:
        """Return whether the two say something else."""
        return self.theirs != self.yours


@dataclass(frozen=True, slots=True)
class UserMenu:
    """Who is at work, and on whose behalf."""

    name: str
    unit: str = ""
    role: str = ""
    logout_url: str = ""
    links: Sequence[Link] = field(default_factory=tuple)
    login: str = ""


@dataclass(frozen=True, slots=True)
class SessionEnds:
    """
    When the one who looks is logged out, and what the page needs to warn in time.

    :ivar draft_key: what unsaved writing is encrypted under in the browser; each user has their own.
    :ivar draft_owner: whose the writing is, in letters that tell nothing.
    """

    ends_at: datetime
    seconds: int
    may_be_extended: bool
    warning_seconds: int
    draft_key: str
    draft_owner: str
    state_url: str
    extend_url: str
    login_url: str
    logout_url: str


@dataclass(frozen=True, slots=True)
class Todo:
    """
    One thing that needs the one who looks.

    :ivar due_text: the deadline written out, for instance ``formats.relative_day``.
    """

    who: str
    what: str
    url: str
    due: date | None = None
    due_text: str = ""
    overdue: bool = False
    actions: Sequence[Link] = field(default_factory=tuple)
