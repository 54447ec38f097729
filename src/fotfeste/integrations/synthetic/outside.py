"""Those beside the members: outside the target group, back in education, or schooled in another county."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from fotfeste.integrations.synthetic.person import COMPULSORY, QUIT, Person, Preventive
from fotfeste.integrations.synthetic.places import Address, Addresses
from fotfeste.integrations.synthetic.responsible import responsible_unit
from fotfeste.integrations.synthetic.schooling import level_after
from fotfeste.integrations.synthetic.unit import Unit
from fotfeste.integrations.synthetic.units import units_of
from fotfeste.integrations.synthetic.year import YOUNGEST, next_monday, school_ends, school_starts

if TYPE_CHECKING:
    from fotfeste.integrations.synthetic.population import CountyPopulation

FORMER_PER_MEMBER = 0.55
SINCE_LAST_AUTUMN = 0.6
MOVED_AFTER = timedelta(days=25)
FEW_SCHOOLS = 5
ELSEWHERE = ("34", "46")
"""Counties people have moved in from; from the next one for those two themselves."""
AGE_OF = {"OTAR_IM": (20, 22), "OTLL_IM": (18, 20), "ELVG_IM": (16, 16), "Feil": (19, 21)}


class Outside:
    """Makes those people, with the means of a county's population."""

    def __init__(self, population: CountyPopulation) -> None:
        self._of = population
        self._rng = population.rng
        county = population.plan.county
        self._elsewhere = [other for other in (*ELSEWHERE, "03") if other != county][:2]

    @property
    def schools_elsewhere(self) -> tuple[Unit, ...]:
        """The schools in other counties that the newly arrived have gone to."""
        units = [units_of(county) for county in self._elsewhere]
        return tuple(school for of in units for school in (*of.lower[:FEW_SCHOOLS], *of.upper[:FEW_SCHOOLS]))

    def outsider(self, code: str) -> Person:
        """Return somebody registered this school year whom a register placed in group 5."""
        of, year = self._of, self._of.seen.school_year
        age = self._rng.randint(*AGE_OF.get(code, (17, 19)))
        person = of.people.make(year - age)
        left_on = person.born.year + YOUNGEST
        self._history(person, code, left_on)
        reason = self._rng.choice(("not_applied", "declined_place", "other"))
        first = of.seen.clamp(of.schooling.day_between(of.seen.year_starts, of.seen.day - timedelta(days=6)))
        holder = responsible_unit(of.units, person, of.seen.day)
        if code == "ELVG_IM":
            person.case = of.cases.preventive(of.seen.clamp(of.seen.preventive_on), holder)
        elif code == "OTAR_IM":
            person.case = of.cases.new(reason, code, first, holder, is_minor=False)
        else:
            person.case = of.cases.by_register(reason, code, first, holder)
        if code == "OTFA_IM":
            person.address = Addresses(self._rng.choice(self._elsewhere)).draw(self._rng)
        elif code == "OTFU_IM":
            person.address, person.stay, person.stay_at = None, "", None
        return person

    def _history(self, person: Person, code: str, left_on: int) -> None:
        of = self._of
        if code in {"OTAR_IM", "Feil"}:
            of.others.completed(person, left_on)
        elif code == "OTLL_IM":
            of.others.apprentice(person, left_on)
        elif code == "OTVF_IM" and of.units.private_upper:
            of.others.lower(person)
            begins = max(left_on, of.seen.school_year - 1)
            school, level = self._rng.choice(of.units.private_upper), level_after(of.seen.school_year - left_on + 1)
            person.spells.append(
                of.schooling.pupil(school_starts(begins), None, level=level, track="general", school=school)
            )
        elif code in {"OTFA_IM", "OTFU_IM"}:
            of.others.lower(person)
            person.spells.append(of.schooling.years(left_on, of.seen.school_year, track=of.schooling.track()))
        else:
            of.others.pupil(person, left_on)
        if code == "ELVG_IM":
            permission = of.schooling.day_between(date(left_on, 4, 20), school_ends(left_on))
            person.preventive = Preventive(person.spells[0].school, person.spells[-1].school, permission)

    def former(self) -> Person:
        """Return somebody who had broken off, was with the service last school year and is back since August."""
        of, year = self._of, self._of.seen.school_year
        person = of.people.make(year - self._rng.choice((18, 18, 19, 19, 20)))
        left_on = person.born.year + YOUNGEST
        of.others.lower(person)
        broke_off = year - (self._rng.random() < SINCE_LAST_AUTUMN)
        ended = of.schooling.day_between(date(broke_off - 1, 10, 10), date(broke_off, 5, 5))
        first = max(left_on, broke_off - 2)
        track, school = of.schooling.track(), of.schooling.public_school()
        level = level_after(year - left_on)
        person.spells.append(
            of.schooling.pupil(
                school_starts(first), ended, level=level, track=track, school=school, end_reason=QUIT, completed=False
            )
        )
        holder = responsible_unit(of.units, person, of.seen.year_starts)
        code = self._rng.choice(("OTUK", "OTOV", "OTAR", "OTAP", "OTOA", "OTEV"))
        registered_on = max(next_monday(ended), date(year - 1, 8, 1))
        person.case = of.cases.former("quit_school", code, registered_on, holder)
        starts = school_starts(year) if of.seen.day > school_starts(year) else of.seen.year_starts
        if track == "vocational" and year - left_on >= 2 and self._rng.random() < 0.3:
            person.spells.append(of.schooling.apprentice(starts, None))
        else:
            person.spells.append(of.schooling.pupil(starts, None, level=level, track=track))
        return person

    def went_to_school_elsewhere(self, person: Person) -> None:
        """Put the person's schools in another county, and let the person move here when the last of them was over."""
        units = units_of(self._rng.choice(self._elsewhere))
        for spell in person.spells:
            schools = units.lower if spell.kind == COMPULSORY else units.upper
            spell.school = self._rng.choice(schools[:FEW_SCHOOLS])
        left = max((spell.ends for spell in person.spells if spell.ends), default=self._of.seen.year_starts)
        person.moved_in_on = self._of.seen.clamp(left + MOVED_AFTER)

    def address_elsewhere(self) -> Address:
        """Return an address in another county."""
        return Addresses(self._elsewhere[0]).draw(self._rng)
