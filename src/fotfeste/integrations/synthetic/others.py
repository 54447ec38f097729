"""Those who are not with the service: pupils, apprentices, adult participants and those who have completed."""

from collections.abc import Callable
from datetime import date
from random import Random

from fotfeste.integrations.synthetic.draw import Weighted
from fotfeste.integrations.synthetic.person import FINISHED, Person, Preventive, Spell
from fotfeste.integrations.synthetic.schooling import Schooling, level_after
from fotfeste.integrations.synthetic.year import YOUNGEST, SeenOn, school_ends, school_starts

PUPIL_ROLE, APPRENTICE_ROLE, COMPLETED, ADULT_ROLE, PREPARATORY_ROLE = (
    "pupil",
    "apprentice",
    "completed",
    "adult",
    "preparatory",
)
ROLES = {
    16: Weighted({PUPIL_ROLE: 98.5, PREPARATORY_ROLE: 1.5}),
    17: Weighted({PUPIL_ROLE: 98.8, PREPARATORY_ROLE: 1.2}),
    18: Weighted({PUPIL_ROLE: 82.0, APPRENTICE_ROLE: 17.2, PREPARATORY_ROLE: 0.8}),
    19: Weighted({PUPIL_ROLE: 22.0, APPRENTICE_ROLE: 20.0, COMPLETED: 56.0, ADULT_ROLE: 2.0}),
    20: Weighted({PUPIL_ROLE: 5.0, APPRENTICE_ROLE: 14.0, COMPLETED: 78.0, ADULT_ROLE: 3.0}),
    21: Weighted({APPRENTICE_ROLE: 5.0, COMPLETED: 92.0, ADULT_ROLE: 3.0}),
}
"""Of those not with the service, by age; the last line holds for 21 and older."""
CHANGED_SCHOOL, PREVENTIVE_AT_16 = 0.05, 0.025


class Others:
    """Gives people outside the service a history."""

    def __init__(self, rng: Random, schooling: Schooling, seen: SeenOn) -> None:
        self._rng = rng
        self._schooling = schooling
        self._seen = seen
        self._makers: dict[str, Callable[[Person, int], None]] = {
            PUPIL_ROLE: self.pupil,
            APPRENTICE_ROLE: self.apprentice,
            COMPLETED: self.completed,
            ADULT_ROLE: self.adult,
            PREPARATORY_ROLE: self.preparatory,
        }

    def history(self, person: Person) -> None:
        """Give the person the history of somebody of their age who is in education or has completed it."""
        age = self._seen.school_year - person.born.year
        self._makers[ROLES[min(21, age)].draw(self._rng)](person, person.born.year + YOUNGEST)

    def lower(self, person: Person) -> None:
        """Give the person three years in a lower-secondary school near home."""
        district = person.address.district if person.address else ""
        person.spells = [self._schooling.lower(person.born, district)]

    def pupil(self, person: Person, left_on: int) -> None:
        """A pupil today; some have changed school, some of the youngest are handed over with preventive work."""
        self.lower(person)
        year = self._seen.school_year
        school = self._schooling.upper_school()
        track = "general" if school.is_private else self._schooling.track()
        first = max(left_on, year - 2)
        if first < year and self._rng.random() < CHANGED_SCHOOL:
            person.spells.append(self._schooling.years(first, year, track=track))
            first = year
        level = level_after(year - left_on + 1)
        person.spells.append(self._schooling.pupil(school_starts(first), None, level=level, track=track, school=school))
        if left_on == year and not school.is_private and self._rng.random() < PREVENTIVE_AT_16:
            permission = self._schooling.day_between(date(year, 4, 20), school_ends(year))
            person.preventive = Preventive(person.spells[0].school, school, permission)

    def apprentice(self, person: Person, left_on: int) -> None:
        """Two years in school and then a running contract."""
        self.lower(person)
        begins = min(self._seen.school_year, left_on + 2 + int(self._rng.expovariate(1.2)))
        person.spells.append(self._schooling.years(left_on, left_on + 2, track="vocational"))
        person.spells.append(self._schooling.apprentice(date(begins, 9, 1), None))

    def completed(self, person: Person, left_on: int) -> None:
        """Somebody with study or vocational competence."""
        self.lower(person)
        track = self._schooling.track()
        if track == "vocational" and left_on + 4 <= self._seen.school_year and self._rng.random() < 0.6:
            person.spells.append(self._schooling.years(left_on, left_on + 2, track=track))
            contract = self._schooling.apprentice(
                date(left_on + 2, 9, 1), date(left_on + 4, 6, 30), end_reason=FINISHED, completed=True
            )
            contract.contract_status = "fullført"
            person.spells.append(contract)
            return
        last = min(self._seen.school_year, left_on + 3 + int(self._rng.expovariate(2.5)))
        person.spells.append(self._schooling.years(left_on, last, track=track, finished=True))

    def adult(self, person: Person, left_on: int) -> None:
        """Somebody in adult education today, after an earlier try."""
        self.lower(person)
        person.spells.append(self._schooling.years(left_on, left_on + 1, track=self._schooling.track()))
        person.spells.append(self._schooling.adult(school_starts(self._seen.school_year), None))

    def preparatory(self, person: Person, left_on: int) -> None:
        """A newcomer of 16 to 19 who has not finished compulsory school."""
        begins = max(left_on, self._seen.school_year - self._rng.choice((0, 0, 1)))
        spell: Spell = self._schooling.preparatory(school_starts(begins))
        person.spells = [spell]
        person.finished_compulsory = False
