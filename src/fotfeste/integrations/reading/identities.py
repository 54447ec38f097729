"""Identity numbers of a block: the law judges them, this says where they stood."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from fotfeste.integrations.sources.parse.numbers import FICTIVE
from fotfeste.law.national_id import (
    Environment,
    InvalidNationalId,
    is_national_id,
    read_national_id,
    why_not_used,
)
from fotfeste.law.national_id_column import vouch_for

_LENGTH = 11
_DATES_DIFFER = "Datoen i fødselsnummeret er en annen enn fødselsdatoen. Raden er tatt inn; se etter en skrivefeil."


class JudgedNumbers(NamedTuple):
    """Kind by row (empty where there is no number), refusals, and what a person should look at."""

    kinds: list[str]
    refusals: list[tuple[int, str]]
    remarks: list[tuple[int, str]]


class IdentityJudge:
    """Judges numbers by the year and environment of the reading; ``type_column`` is where a sender says their kind."""

    def __init__(self, *, year: int, environment: Environment, type_column: str) -> None:
        self._if_fictive = f"Er nummeret fiktivt, skriv «fiktivt» i {type_column}."
        self._year = year
        self._environment = environment
        self._printed = _PrintedDates()

    def restore_lost_zero(self) -> Callable[[str], str]:
        """
        Return what to do with numbers a spreadsheet stored as such, dropping the zero in front.

        Ten digits become eleven only when that is a number in force; otherwise they stay and are refused.
        """

        def restored(number: str) -> str:
            if len(number) == _LENGTH - 1:
                whole = "0" + number
                if is_national_id(whole, year=self._year, environment=self._environment):
                    return whole
            return number

        return restored

    def judge(self, numbers: Sequence[str], types: Sequence[str], born: Sequence[str]) -> JudgedNumbers:
        """
        Return the kinds of the numbers.

        ``types`` are what the sender says they are, empty where nothing is said; ``born`` ISO dates, empty where bad.
        """
        vouched = vouch_for(numbers, year=self._year, environment=self._environment)
        expected = map(self._printed.__getitem__, born)
        judged = JudgedNumbers([kind or "" for kind in vouched.kinds], [], [])
        doubtful = [
            place
            for place, (kind, printed, day) in enumerate(
                zip(judged.kinds, vouched.printed.tolist(), expected, strict=True)
            )
            if printed != day or not kind
        ]
        if any(types):
            doubtful = sorted({*doubtful, *(place for place, stated in enumerate(types) if stated == FICTIVE)})
        for place in doubtful:
            if numbers[place]:
                self._judge_one(place, numbers[place], types[place], born[place], judged)
        return judged

    def _judge_one(self, place: int, number: str, stated: str, born: str, judged: JudgedNumbers) -> None:
        try:
            read = read_national_id(
                number, year=self._year, environment=self._environment, is_fictive=stated == FICTIVE
            )
        except InvalidNationalId as refusal:
            judged.refusals.append((place, self._why_invalid(number, refusal)))
            return
        if refused := why_not_used(read.kind, self._environment):
            judged.refusals.append((place, refused))
            return
        judged.kinds[place] = read.kind
        if born and not read.is_consistent_with(date.fromisoformat(born)):
            judged.remarks.append((place, _DATES_DIFFER))

    def _why_invalid(self, number: str, refusal: InvalidNationalId) -> str:
        if not number.isdecimal():
            return f"{refusal} Det som står der, er ikke bare sifre."
        if len(number) == _LENGTH:
            return f"{refusal} {self._if_fictive}"
        hint = " Et regneark kan ha fjernet nullen foran." if len(number) == _LENGTH - 1 else ""
        return f"Fødselsnummeret må ha 11 siffer, men har {len(number)}.{hint}"


class _PrintedDates(dict[str, int]):
    """ISO date to ddmmyy as a number, as `vouch_for` gives it; remembers, since birth dates repeat."""

    def __missing__(self, iso: str) -> int:
        printed = int(iso[8:10] + iso[5:7] + iso[2:4]) if iso else -1
        self[iso] = printed
        return printed
