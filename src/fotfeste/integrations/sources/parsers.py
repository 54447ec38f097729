"""What a column parser is: how one cell becomes normalised text, and how a whole column may be taken at once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

One = Callable[[str], str]
Many = Callable[[Sequence[str]], list[str] | None]


def _as_it_is(normalised: str) -> str:
    return normalised


@dataclass(frozen=True, slots=True)
class Parser:
    """
    Reads the cells of a column into normalised text; the empty text means that nothing is said.

    ``one`` is given a stripped, non-empty cell and raises `ValueError` with the end of a sentence that starts
    «cell» i kolonnen …. ``many`` is given raw cells and answers for all of them at once, or ``None`` when any of
    them needs ``one``; it must agree with ``one``. ``repeats`` says that a column has few distinct values, so
    answers are remembered. ``write`` turns normalised text back into what a sender would have written.
    """

    one: One
    many: Many | None = None
    repeats: bool = False
    write: Callable[[str], str] = _as_it_is

    def __call__(self, cell: str) -> str:
        """Return the normalised text of one raw cell."""
        stripped = cell.strip()
        return self.one(stripped) if stripped else ""


def parser(
    *, repeats: bool = False, many: Many | None = None, write: Callable[[str], str] = _as_it_is
) -> Callable[[One], Parser]:
    """Make a `Parser` of the function for one cell."""

    def made(one: One) -> Parser:
        return Parser(one, many=many, repeats=repeats, write=write)

    return made
