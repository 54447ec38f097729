"""The people of one county, one after another, in an order that tells nothing."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

from fotfeste.integrations.synthetic.cases import Cases
from fotfeste.integrations.synthetic.draw import Weighted, chosen, dealt, seeded
from fotfeste.integrations.synthetic.hard_cases import HardCases
from fotfeste.integrations.synthetic.histories import Histories
from fotfeste.integrations.synthetic.names import Names
from fotfeste.integrations.synthetic.numbers import IdentityNumbers
from fotfeste.integrations.synthetic.others import Others
from fotfeste.integrations.synthetic.outside import FORMER_PER_MEMBER, Outside
from fotfeste.integrations.synthetic.people import People
from fotfeste.integrations.synthetic.person import Person
from fotfeste.integrations.synthetic.places import Addresses
from fotfeste.integrations.synthetic.responsible import responsible_unit
from fotfeste.integrations.synthetic.schooling import Schooling
from fotfeste.integrations.synthetic.sizes import CountyPlan
from fotfeste.integrations.synthetic.slots import Slot, slots_for
from fotfeste.integrations.synthetic.statuses import OUTSIDE, OUTSIDE_PER_MEMBER
from fotfeste.integrations.synthetic.unit import Unit
from fotfeste.integrations.synthetic.units import metres_between, units_of
from fotfeste.integrations.synthetic.year import SeenOn

MEMBER, OUTSIDER, FORMER, OTHER = "member", "outsider", "former", "other"
LIGHTEST_SCHOOL, FEWEST_LEFT_NEW = 0.6, 6
FROM_PRIVATE_UPPER = 0.03
"""The share of those with the service whose last school was a private one."""


class CountyPopulation:
    """Makes the people of a county."""

    def __init__(
        self, plan: CountyPlan, seen: SeenOn, numbers: IdentityNumbers, serials: "count[int]", seed: int
    ) -> None:
        self.plan, self.seen = plan, seen
        self.units = units_of(plan.county)
        self.rng = seeded(seed, plan.county, seen.day.isoformat())
        self.people = People(self.rng, Names(plan.region), Addresses(plan.county), numbers, serials, seen.day)
        self.schooling = Schooling(self.rng, self.units)
        self.histories = Histories(self.rng, self.schooling, seen)
        self.cases = Cases(self.rng, seen)
        self.others = Others(self.rng, self.schooling, seen)
        self.outside = Outside(self)

    def __iter__(self) -> Iterator[Person]:
        hard = list(islice(HardCases(self), self.plan.people))
        hard_members = sum(_is_member(person) for person in hard)
        members = max(0, self.plan.in_service - hard_members)
        slots = slots_for(self.rng, self.plan, members, self.seen)
        outsiders = dealt(self.rng, round(OUTSIDE_PER_MEMBER * members), OUTSIDE)
        former = round(FORMER_PER_MEMBER * members)
        rest = max(0, self.plan.people - len(hard) - members - len(outsiders) - former)
        schools = self._schools_for(slots)
        birth_years = self._birth_years(slots, rest)
        yield from hard
        order = [MEMBER] * members + [OUTSIDER] * len(outsiders) + [FORMER] * former + [OTHER] * rest
        self.rng.shuffle(order)
        for kind in order:
            if kind == MEMBER:
                yield self.member(slots.pop(), schools.pop())
            elif kind == OUTSIDER:
                yield self.outside.outsider(outsiders.pop())
            elif kind == FORMER:
                yield self.outside.former()
            else:
                yield self._other(birth_years.draw(self.rng))

    def member(self, slot: Slot, school: Unit | None) -> Person:
        """Return somebody with the service."""
        person = self.people.make(self.seen.school_year - slot.age, sex=slot.sex, district=slot.district)
        district = person.address.district if person.address else slot.district
        lower = self.schooling.lower(person.born, district)
        upper, registered_on = self.histories.of(slot, person.born, school=school)
        person.spells = [lower, *upper]
        if slot.reason == "moved_in":
            self.outside.went_to_school_elsewhere(person)
        make = self.cases.carried_over if slot.is_carried_over else self.cases.new
        holder = responsible_unit(self.units, person, self.seen.day)
        person.case = make(slot.reason, slot.code, registered_on, holder, is_minor=self.people.is_minor(person))
        self._back_in_education(person, slot.code)
        return person

    def _back_in_education(self, person: Person, code: str) -> None:
        assert person.case
        since = person.case.registrations[-1].statuses[-1].first_day
        now = self.histories.back_in_education(code, since)
        if now is None:
            return
        latest = max(spell.ends or date.min for spell in person.spells)
        now.starts = max(now.starts, latest + timedelta(days=1))
        person.spells.append(now)
        holder = responsible_unit(self.units, person, self.seen.day)
        person.case.responsible, person.case.rule = holder

    def _other(self, birth_year: int) -> Person:
        person = self.people.make(birth_year)
        self.others.history(person)
        return person

    def _schools_for(self, slots: list[Slot]) -> list[Unit | None]:
        """Deal out last schools so that each has a fair number; a new school only gets leavers of this year."""
        ranked = sorted(self.units.upper, key=self._filled_otherwise, reverse=True)
        span = max(1, len(ranked) - 1)
        weights = {unit: LIGHTEST_SCHOOL + (1 - LIGHTEST_SCHOOL) * i / span for i, unit in enumerate(ranked)}
        old = {unit: weight for unit, weight in weights.items() if unit.first_day is None}
        new = [unit for unit in ranked if unit.first_day is not None]
        former_pupils = [slot.began_upper for slot in slots]
        dealt_schools = dealt(self.rng, sum(former_pupils), old)
        schools = [dealt_schools.pop() if began else None for began in former_pupils]
        for place in range(len(slots)):
            if schools[place] and self.units.private_upper and self.rng.random() < FROM_PRIVATE_UPPER:
                schools[place] = self.rng.choice(self.units.private_upper)
        left_now = [float(slot.reason == "quit_school" and not slot.is_carried_over) for slot in slots]
        for school in new:
            for place in chosen(self.rng, left_now, max(FEWEST_LEFT_NEW, len(slots) // 200)):
                schools[place] = school
        return schools

    def _filled_otherwise(self, school: Unit) -> tuple[bool, float]:
        """How many come to a school by other rules: lower-secondary leavers, and all for whom it is the nearest."""
        others = [unit for unit in self.units.upper if unit is not school]
        return bool(school.also_kind), min((metres_between(school, other) for other in others), default=0)

    def _birth_years(self, slots: list[Slot], rest: int) -> Weighted[int]:
        """Even out the cohorts: ages with many at the service get fewer others."""
        per_cohort = (len(slots) + rest) / len(self.seen.birth_years)
        at_service = dict.fromkeys(self.seen.birth_years, 0)
        for slot in slots:
            at_service[self.seen.school_year - slot.age] += 1
        return Weighted({year: max(1.0, per_cohort - times) for year, times in at_service.items()})


def _is_member(person: Person) -> bool:
    return person.case is not None and person.case.is_open and not person.case.status.endswith(("_IM", "Feil"))
