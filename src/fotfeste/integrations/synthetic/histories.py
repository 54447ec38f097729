"""The school history of a youth with the service, by the reason they came."""

from datetime import date, timedelta
from random import Random

from fotfeste.integrations.synthetic.person import EXPELLED, QUIT, TERMINATED, Spell
from fotfeste.integrations.synthetic.schooling import Schooling, level_after
from fotfeste.integrations.synthetic.slots import Slot
from fotfeste.integrations.synthetic.unit import Unit
from fotfeste.integrations.synthetic.year import YOUNGEST, SeenOn, next_monday, school_ends, school_starts

QUIT_REASONS = {"lost_place_expulsion": EXPELLED, "contract_terminated": TERMINATED}


class Histories:
    """Makes school histories that end the way a slot says."""

    def __init__(self, rng: Random, schooling: Schooling, seen: SeenOn) -> None:
        self._rng = rng
        self._schooling = schooling
        self._seen = seen

    def of(self, slot: Slot, born: date, *, school: Unit | None = None) -> tuple[list[Spell], date]:
        """Return the stretches after lower-secondary school, and the day the youth was first registered."""
        left_on = born.year + YOUNGEST
        if slot.reason in {"quit_apprenticeship", "contract_terminated"}:
            return self._left_contract(slot, left_on)
        if slot.reason == "quit_adult_education":
            return self._left_adult_education(slot, left_on)
        if slot.reason in {"quit_school", "lost_place_expulsion"}:
            return self._left_school(slot, left_on, school)
        spells = self._earlier(slot, left_on, school) if slot.began_upper else []
        return spells, self._registered_on(slot, spells)

    def back_in_education(self, code: str, since: date) -> Spell | None:
        """Return the stretch that runs now for those whose status is to be in education."""
        starts = self._schooling.day_between(since - timedelta(days=20), since)
        track = self._schooling.track()
        level = self._rng.choice(("VG1", "VG2", "VG2", "VG3"))
        if code == "OTEV":
            return self._schooling.pupil(starts, None, level=level, track=track, school=self._schooling.public_school())
        if code == "OTVF" and self._schooling.units.private_upper:
            school = self._rng.choice(self._schooling.units.private_upper)
            return self._schooling.pupil(starts, None, level=level, track="general", school=school)
        return self._schooling.apprentice(starts, None) if code == "OTLL" else None

    def _left_school(self, slot: Slot, left_on: int, school: Unit | None) -> tuple[list[Spell], date]:
        ended = self._quit_day(slot, not_before=school_starts(left_on) + timedelta(days=3))
        year = ended.year if ended.month >= 8 else ended.year - 1
        first = max(left_on, year - 2)
        if first > left_on and self._rng.random() < 0.5:
            first = year
        spells = [self._years_before(left_on, first, school)] if first > left_on else []
        stretch = self._schooling.pupil(
            school_starts(first),
            ended,
            level=level_after(year - left_on + 1),
            track=self._schooling.track(),
            school=school,
            end_reason=QUIT_REASONS.get(slot.reason, QUIT),
            completed=False,
        )
        return [*spells, stretch], self._loaded(ended)

    def _years_before(self, first: int, gap_from: int, school: Unit | None) -> Spell:
        last = min(gap_from, first + self._rng.choice((1, 2)))
        where = school if self._rng.random() < 0.5 else None
        return self._schooling.years(first, last, track=self._schooling.track(), school=where)

    def _left_contract(self, slot: Slot, left_on: int) -> tuple[list[Spell], date]:
        begun = date(left_on + 2, 9, 1)
        ended = self._quit_day(slot, not_before=begun + timedelta(days=20))
        school = self._schooling.years(
            left_on, left_on + 2, track="vocational", school=self._schooling.public_school(), finished=False
        )
        starts = max(begun, date(ended.year - 2, 9, 1))
        contract = self._schooling.apprentice(
            starts, ended, end_reason=QUIT_REASONS.get(slot.reason, QUIT), completed=False
        )
        return [school, contract], self._loaded(ended)

    def _left_adult_education(self, slot: Slot, left_on: int) -> tuple[list[Spell], date]:
        begun = school_starts(left_on + 3)
        ended = self._quit_day(slot, not_before=begun + timedelta(days=10))
        year = ended.year if ended.month >= 8 else ended.year - 1
        earlier = self._schooling.pupil(
            school_starts(left_on),
            self._schooling.day_between(date(left_on, 10, 5), date(left_on + 2, 4, 1)),
            level="VG1",
            track=self._schooling.track(),
            end_reason=QUIT,
            completed=False,
        )
        course = self._schooling.adult(school_starts(max(year, left_on + 3)), ended, end_reason=QUIT)
        return [earlier, course], self._loaded(ended)

    def _earlier(self, slot: Slot, left_on: int, school: Unit | None) -> list[Spell]:
        """School years that ended in some June, or were broken off, before the year the youth was registered for."""
        latest = self._seen.school_year - slot.is_carried_over
        if latest <= left_on:
            return []
        gap = min(int(self._rng.expovariate(0.9)), latest - left_on - 1)
        last = latest - gap
        first = max(left_on, last - self._rng.choice((1, 2, 2, 3)))
        track = self._schooling.track()
        if gap and self._rng.random() < 0.4:
            ended = self._schooling.day_between(date(last - 1, 10, 10), date(last, 5, 20))
            return [
                self._schooling.pupil(
                    school_starts(first),
                    ended,
                    level=level_after(last - first),
                    track=track,
                    school=school,
                    end_reason=QUIT,
                    completed=False,
                )
            ]
        return [self._schooling.years(first, last, track=track, school=school)]

    def _registered_on(self, slot: Slot, spells: list[Spell]) -> date:
        year = SeenOn(date(self._seen.school_year - slot.is_carried_over, 12, 31))
        if slot.reason == "not_applied":
            # Listed on 19 March, but nobody is unknown before the school year begins without a place (amb-53).
            day = year.year_starts
        elif slot.reason in {"declined_place", "waiting_list"}:
            day = year.without_place_on
        elif slot.reason == "did_not_start":
            day = school_starts(year.school_year) + timedelta(days=3 + int(17 * self._rng.random()))
        else:
            last = date(year.school_year + 1, 6, 10) if slot.is_carried_over else self._seen.day - timedelta(days=4)
            day = self._schooling.day_between(year.year_starts + timedelta(days=14), last)
        return self._seen.clamp(day)

    def _quit_day(self, slot: Slot, *, not_before: date) -> date:
        year = self._seen.school_year - slot.is_carried_over
        first = school_starts(year) + timedelta(days=3)
        last = school_ends(year + 1) if slot.is_carried_over else self._seen.day - timedelta(days=9)
        if last < first:  # the school year has just begun: those of last spring are the newest
            first, last = date(year, 1, 8), school_ends(year)
        return self._schooling.day_between(max(first, min(not_before, last)), last)

    def _loaded(self, ended: date) -> date:
        return self._seen.clamp(next_monday(ended))
