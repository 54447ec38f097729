"""What can be wrong with a file, and with a row of it, in words for the sender."""

from dataclasses import dataclass, field

from fotfeste.kernel.errors import Refused

_LONGEST_SHOWN = 60
MOST_ROWS = 3_000_000
"""Several times the young people of the whole country; more is a fault or an attempt to keep us busy."""


class UnreadableFile(Refused):
    """The file as a whole cannot be taken in; the sentence says what is wrong with it and where."""

    @property
    def sentence(self) -> str:
        """The sentence for the user."""
        return str(self)


@dataclass(frozen=True, slots=True)
class RowError:
    """
    What is wrong with one row. ``repr`` leaves out the value, so a log never holds personal data.

    ``column`` is the sender's own header (or path), empty where the row as such is wrong.
    """

    row_no: int
    column: str
    value: str = field(repr=False)
    sentence: str = field(repr=False)


def shown(value: str) -> str:
    """Return a cell as it is quoted in a sentence: on one line, without what cannot be shown, and not endless."""
    one_line = " ".join(value[: 10 * _LONGEST_SHOWN].split())
    if not one_line.isprintable():
        one_line = "".join(character if character.isprintable() else "\ufffd" for character in one_line)
    return one_line if len(one_line) <= _LONGEST_SHOWN else one_line[: _LONGEST_SHOWN - 1] + "…"


def refuse_endless(rows: int) -> None:
    """
    Stop at a number of rows no list has.

    :raises UnreadableFile: there are that many.
    """
    if rows > MOST_ROWS:
        shown_limit = f"{MOST_ROWS:,}".replace(",", " ")
        raise UnreadableFile(f"Filen har flere enn {shown_limit} rader og leses ikke. Del den i flere.")


def listed(words: list[str], *, at_most: int = 30) -> str:
    """Return the words as a Norwegian list: «a», «b» og «c»."""
    quoted = [f"«{shown(word)}»" for word in words[:at_most]]
    if len(words) > at_most:
        quoted.append(f"{len(words) - at_most} til")
    return quoted[0] if len(quoted) == 1 else ", ".join(quoted[:-1]) + " og " + quoted[-1]
