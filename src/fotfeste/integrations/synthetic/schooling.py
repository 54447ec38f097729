"""Stretches of school, apprenticeship and adult education, with schools and programmes that fit."""

from datetime import date, timedelta
from functools import cache
from random import Random

from fotfeste.integrations.synthetic.draw import Weighted
from fotfeste.integrations.synthetic.person import (
    APPRENTICE,
    COMPULSORY,
    FINISHED,
    FOV,
    PREPARATORY,
    PUPIL,
    TERMINATED,
    VO_VOCATIONAL,
    VOV,
    YEAR_ENDED,
    Spell,
)
from fotfeste.integrations.synthetic.tables import rows
from fotfeste.integrations.synthetic.unit import Unit
from fotfeste.integrations.synthetic.units import CountyUnits
from fotfeste.integrations.synthetic.year import YOUNGEST, school_ends, school_starts

GENERAL, VOCATIONAL = "general", "vocational"
PRIVATE_UPPER, PRIVATE_LOWER = 0.07, 0.05
ADULT_KINDS = Weighted({VOV: 6.0, VO_VOCATIONAL: 2.0, FOV: 2.0})


@cache
def _programmes() -> dict[tuple[str, str], Weighted[tuple[str, str]]]:
    found: dict[tuple[str, str], dict[tuple[str, str], float]] = {}
    for row in rows("programmes"):
        among = found.setdefault((row["track"], row["level"]), {})
        among[row["code"], row["name"]] = float(row["weight"])
    return {key: Weighted(weights) for key, weights in found.items()}


def level_after(years: int) -> str:
    """Return the level somebody is at in their n-th year of upper-secondary school."""
    return f"VG{max(1, min(3, years))}"


class Schooling:
    """Makes stretches in a county's schools."""

    def __init__(self, rng: Random, units: CountyUnits) -> None:
        self._rng = rng
        self.units = units
        self._old_schools = [unit for unit in units.upper if unit.first_day is None] or units.upper

    def track(self) -> str:
        """Return whether somebody goes to a general or a vocational programme."""
        return VOCATIONAL if self._rng.random() < 0.48 else GENERAL

    def public_school(self) -> Unit:
        """Return a public upper-secondary school that has been there all along."""
        return self._rng.choice(self._old_schools)

    def upper_school(self) -> Unit:
        """Return an upper-secondary school, sometimes a private one."""
        if self.units.private_upper and self._rng.random() < PRIVATE_UPPER:
            return self._rng.choice(self.units.private_upper)
        return self.public_school()

    def lower(self, born: date, district: str, *, school: Unit | None = None) -> Spell:
        """Return the three years in lower-secondary school, in the district when it has one."""
        if school is None:
            school = self._lower_school(district)
        leaves = born.year + YOUNGEST
        starts, ends = school_starts(leaves - 3), school_ends(leaves)
        return Spell(COMPULSORY, school, starts, ends, "10", end_reason=FINISHED)

    def _lower_school(self, district: str) -> Unit:
        if self.units.private_lower and self._rng.random() < PRIVATE_LOWER:
            return self._rng.choice(self.units.private_lower)
        return self._rng.choice(self.units.lower_near.get(district) or self.units.lower)

    def pupil(
        self,
        starts: date,
        ends: date | None,
        *,
        level: str,
        track: str,
        school: Unit | None = None,
        end_reason: str = "",
        completed: bool | None = None,
    ) -> Spell:
        """Return a stretch as a pupil; the level and the programme are the last ones."""
        code, name = _programmes()[track, level].draw(self._rng)
        if ends and not end_reason:
            end_reason = YEAR_ENDED
        return Spell(PUPIL, school or self.upper_school(), starts, ends, level, code, name, end_reason, completed)

    def years(self, first: int, last: int, *, track: str, school: Unit | None = None, finished: bool = False) -> Spell:
        """Return whole school years as a pupil: the first starts in ``first``, the last ends in ``last``."""
        reason = FINISHED if finished else YEAR_ENDED
        return self.pupil(
            school_starts(first),
            school_ends(last),
            level=level_after(last - first),
            track=track,
            school=school,
            end_reason=reason,
            completed=finished,
        )

    def apprentice(
        self, starts: date, ends: date | None, *, end_reason: str = "", completed: bool | None = None
    ) -> Spell:
        """Return a contract with a training office."""
        code, name = _programmes()[VOCATIONAL, "VG3"].draw(self._rng)
        status = "løpende" if ends is None else ("hevet" if end_reason == TERMINATED else "avsluttet")
        office = self._rng.choice(self.units.training_offices)
        return Spell(APPRENTICE, office, starts, ends, "VG3", code, name, end_reason, completed, status)

    def adult(self, starts: date, ends: date | None, *, kind: str | None = None, end_reason: str = "") -> Spell:
        """Return a stretch as a participant in adult education."""
        kind = kind or ADULT_KINDS.draw(self._rng)
        level = "" if kind == FOV else self._rng.choice(("VG1", "VG2", "VG3"))
        code, name = _programmes()[VOCATIONAL if kind == VO_VOCATIONAL else GENERAL, level or "VG1"].draw(self._rng)
        completed = False if ends else None
        school = self._rng.choice(self.units.adult)
        return Spell(kind, school, starts, ends, level, code if level else "", name, end_reason, completed)

    def preparatory(self, starts: date) -> Spell:
        """Return a running stretch of preparatory training for those who have not finished compulsory school."""
        return Spell(PREPARATORY, self._rng.choice(self.units.adult), starts)

    def day_between(self, first: date, last: date) -> date:
        """Return a day from first through last; the first when there is none between."""
        return first + timedelta(days=int(self._rng.random() * (max(0, (last - first).days) + 1)))
