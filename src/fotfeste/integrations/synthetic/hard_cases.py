"""
The people a system gets wrong: every edge the rules, the registers and the forms have, always present.

Each is told about in ``truth.json`` with a key, why it is hard, and the unit and rule that should follow.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fotfeste.integrations.synthetic.hard_people import HardPeople
from fotfeste.integrations.synthetic.person import (
    CHANGED_SCHOOL,
    EXPELLED,
    FOV,
    QUIT,
    TERMINATED,
    VOV,
    YEAR_ENDED,
    Case,
    Person,
    Preventive,
    Spell,
)
from fotfeste.integrations.synthetic.responsible import responsible_unit
from fotfeste.integrations.synthetic.unit import Unit
from fotfeste.integrations.synthetic.year import YOUNGEST, next_monday, school_ends, school_starts

if TYPE_CHECKING:
    from fotfeste.integrations.synthetic.population import CountyPopulation


class HardCases:
    """Makes the hard cases of a county."""

    def __init__(self, population: CountyPopulation) -> None:
        self._of = population
        self._seen = population.seen
        self._schooling = population.schooling
        day = self._seen.day
        self.autumn = day.year if day > date(day.year, 10, 20) else day.year - 1
        """The latest year whose 2 October lies well behind."""

    def __iter__(self) -> Iterator[Person]:
        yield from self._by_school_history()
        yield from self._by_age()
        yield from HardPeople(self._of, self)

    def told(
        self,
        person: Person,
        key: str,
        why: str,
        *,
        code: str = "OTUK",
        reason: str = "quit_school",
        registered_on: date | None = None,
        is_registered: bool = True,
    ) -> Person:
        """Give the person a case where they have one, and say why they are hard."""
        holder = responsible_unit(self._of.units, person, self._seen.day)
        person.hard_case = {"key": key, "why": why, "rule": holder[1], "unit": holder[0].number}
        if is_registered:
            ended = max((spell.ends for spell in person.spells if spell.ends), default=self._seen.year_starts)
            first = self._seen.clamp(registered_on or max(next_monday(ended), self._seen.year_starts))
            make = self._of.cases.by_register if code.endswith("_IM") or code == "Feil" else self._member
            person.case = make(reason, code, first, holder)
        return person

    def _member(self, reason: str, code: str, registered_on: date, holder: tuple[Unit, str]) -> Case:
        return self._of.cases.new(reason, code, registered_on, holder, is_minor=False)

    def someone(self, born_year: int, *, lower_private: bool = False) -> Person:
        """Return a person with a public (or a private) lower-secondary school behind them and nothing unusual."""
        person = self._of.people.make(born_year, with_rarities=False)
        assert person.address
        units = self._of.units
        near = units.private_lower if lower_private else units.lower_near.get(person.address.district, units.lower)
        person.spells = [self._schooling.lower(person.born, person.address.district, school=near[0])]
        return person

    def pupil_until(self, first_year: int, ended: date | None, *, school: int = 0, reason: str = QUIT) -> Spell:
        """Return a stretch as a pupil at one of the county's public schools, by its place in the list."""
        schools = self._of.units.upper
        return self._schooling.pupil(
            school_starts(first_year),
            ended,
            level="VG1",
            track="general",
            school=schools[school % len(schools)],
            end_reason=reason if ended else "",
            completed=False if ended else None,
        )

    def _by_school_history(self) -> Iterator[Person]:
        autumn = self.autumn
        for day, what in ((date(autumn, 9, 10), "i september"), (date(autumn, 10, 1), "på telledatoen"),
                          (date(autumn, 10, 2), "dagen etter telledatoen")):  # fmt: skip
            person = self.someone(autumn - YOUNGEST)
            person.spells.append(self.pupil_until(autumn, day, school=2))
            yield self.told(person, f"quit-{day:%m-%d}", f"Begynte på videregående og sluttet {what}")
        yield self._two_schools()
        yield self._private_lower_leaver()
        yield self._private_upper_leaver()
        yield self._expelled()
        yield self._ended_contract()
        for kind, key in ((VOV, "vov-left"), (FOV, "fov-left")):
            yield self._left_adult_education(kind, key)
        yield self._preparatory()
        yield self._completed()
        yield self._preventive()

    def _two_schools(self) -> Person:
        autumn = self.autumn
        person = self.someone(autumn - 17)
        moved_on = date(autumn - 1, 11, 14)
        person.spells += [
            self.pupil_until(autumn - 1, moved_on, school=3, reason=CHANGED_SCHOOL),
            self._from(self.pupil_until(autumn - 1, date(autumn, 3, 12), school=5), moved_on + timedelta(days=1)),
        ]
        return self.told(person, "two-schools", "Byttet skole i november og sluttet ved den nye i mars")

    def _from(self, spell: Spell, starts: date) -> Spell:
        spell.starts = starts
        return spell

    def _private_lower_leaver(self) -> Person:
        person = self.someone(self.autumn - YOUNGEST, lower_private=True)
        return self.told(
            person, "private-lower-leaver", "Gikk ut av privat ungdomsskole og har ikke søkt", reason="not_applied"
        )

    def _private_upper_leaver(self) -> Person:
        autumn = self.autumn
        person = self.someone(autumn - 18)
        spell = self.pupil_until(autumn - 1, date(autumn, 10, 12))
        spell.school = self._of.units.private_upper[0]
        person.spells.append(spell)
        return self.told(person, "private-upper-leaver", "Sluttet ved privat videregående skole i oktober")

    def _expelled(self) -> Person:
        person = self.someone(self.autumn - 17)
        person.spells.append(self.pupil_until(self.autumn - 1, date(self.autumn, 10, 14), school=7, reason=EXPELLED))
        return self.told(person, "expelled", "Mistet plassen ved bortvisning", reason="lost_place_expulsion")

    def _ended_contract(self) -> Person:
        autumn = self.autumn
        person = self.someone(autumn - 19)
        person.spells += [
            self._schooling.years(autumn - 3, autumn - 1, track="vocational", school=self._of.units.upper[4]),
            self._schooling.apprentice(
                date(autumn - 1, 9, 1), date(autumn, 10, 6), end_reason=TERMINATED, completed=False
            ),
        ]
        return self.told(person, "apprentice-ended", "Lærekontrakten ble hevet", reason="contract_terminated")

    def _left_adult_education(self, kind: str, key: str) -> Person:
        autumn = self.autumn
        person = self.someone(autumn - 20)
        ended = date(autumn, 10, 9)
        person.spells.append(self._schooling.adult(school_starts(autumn), ended, kind=kind, end_reason=QUIT))
        return self.told(person, key, "Voksen deltaker som har avbrutt", reason="quit_adult_education")

    def _preparatory(self) -> Person:
        person = self.someone(self._seen.school_year - 17)
        person.spells = [self._schooling.preparatory(school_starts(self._seen.school_year - 1))]
        person.finished_compulsory = False
        return self.told(
            person, "preparatory", "Forberedende opplæring 16–19 uten fullført grunnskole", is_registered=False
        )

    def _completed(self) -> Person:
        year = self._seen.school_year
        person = self.someone(year - 20)
        left_on = person.born.year + YOUNGEST
        school = self._of.units.upper[6 % len(self._of.units.upper)]
        person.spells.append(self._schooling.years(left_on, left_on + 3, track="general", school=school, finished=True))
        return self.told(
            person, "completed", "Fullført og bestått, men står i registeret", code="Feil", reason="other",
            registered_on=self._seen.year_starts,
        )  # fmt: skip

    def _preventive(self) -> Person:
        year = self._seen.school_year
        person = self.someone(year - YOUNGEST)
        person.spells.append(self.pupil_until(year, None, school=8))
        permission = date(year, 5, 27)
        person.preventive = Preventive(person.spells[0].school, person.spells[1].school, permission)
        why = "Forebyggende arbeid fra ungdomsskolen, overført med tillatelse"
        self.told(person, "preventive", why, is_registered=False)
        holder = responsible_unit(self._of.units, person, self._seen.day)
        person.case = self._of.cases.preventive(self._seen.clamp(self._seen.preventive_on), holder)
        return person

    def _by_age(self) -> Iterator[Person]:
        day = self._seen.day
        for born, key, why in (
            (_same_day(day, day.year - 24), "turns-24-today", "Fyller 24 år i dag: omfattet ut året"),
            (date(day.year - 24, 1, 2), "turned-24-in-january", "Ble 24 i januar: omfattet ut året"),
            (date(day.year - 24, 12, 31), "turns-25-next-year", "Fyller 24 siste dag i året og er ute dagen etter"),
            (date(day.year - 25, 12, 31), "turns-25-this-year", "Fyller 25 i år: ikke lenger omfattet"),
        ):
            person = self._of.people.born_on(born, sex="female")
            left_on = born.year + YOUNGEST
            person.spells = [self._schooling.lower(born, "", school=self._of.units.lower[0])]
            ended = school_ends(left_on + 2)
            person.spells.append(self.pupil_until(left_on, ended, school=1, reason=YEAR_ENDED))
            yield self.told(person, key, why, reason="not_applied", is_registered=born.year > day.year - 25)


def _same_day(day: date, year: int) -> date:
    return date(year, 2, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)
