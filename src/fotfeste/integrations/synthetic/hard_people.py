"""The hard cases that lie in who people are and where they live, not in their schooling."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from fotfeste.integrations.synthetic.cases import CARRIED_OVER
from fotfeste.integrations.synthetic.numbers import fictive_number
from fotfeste.integrations.synthetic.people import CONFIDENTIAL, STRICTLY, protect, stays_at
from fotfeste.integrations.synthetic.person import Attempt, Person, StatusStep
from fotfeste.integrations.synthetic.year import YOUNGEST, next_monday, school_ends

if TYPE_CHECKING:
    from fotfeste.integrations.synthetic.hard_cases import HardCases
    from fotfeste.integrations.synthetic.population import CountyPopulation

LONG_FIRST = "Anne Margrethe Karoline Fredrikke Elisabeth Wilhelmine"
LONG_LAST = "Bartholomeussen-Kristoffersen Østenstad Gudbrandsdal von Hohenlohe"


class HardPeople:
    """Makes those people."""

    def __init__(self, population: CountyPopulation, cases: HardCases) -> None:
        self._of = population
        self._cases = cases
        self._year = population.seen.school_year

    def __iter__(self) -> Iterator[Person]:
        yield self._moved_in()
        yield self._moved_away()
        yield self._returned_from_abroad()
        yield self._in_institution()
        yield self._stays_elsewhere()
        yield from self._protected()
        yield from self._numbers()
        yield from self._twins()
        yield from self._possible_duplicates()
        yield from self._names()
        yield self._must_be_confirmed()
        yield self._only_guardian_answered()

    def _leaver(self, *, age: int = 18, school: int = 0) -> Person:
        """Somebody who broke off last spring."""
        person = self._cases.someone(self._year - age)
        person.spells.append(self._cases.pupil_until(self._year - 1, date(self._year, 4, 14), school=school))
        return person

    def _moved_in(self) -> Person:
        person = self._leaver(age=19)
        self._of.outside.went_to_school_elsewhere(person)
        return self._cases.told(person, "moved-in", "Flyttet til fylket, har ikke gått på skole her", reason="moved_in")

    def _moved_away(self) -> Person:
        person = self._leaver(school=2)
        self._cases.told(person, "moved-away", "Flyttet til et annet fylke", code="OTFA_IM", reason="other")
        person.address = self._of.outside.address_elsewhere()
        return person

    def _returned_from_abroad(self) -> Person:
        person = self._cases.someone(self._year - 20)
        return self._cases.told(
            person, "returned-from-abroad", "Gikk ut av ungdomsskolen her og er tilbake fra utlandet", reason="other"
        )

    def _in_institution(self) -> Person:
        """Placed in an institution by child welfare."""
        autumn = self._cases.autumn
        person = self._cases.someone(autumn - 17)
        person.spells.append(self._cases.pupil_until(autumn - 1, date(autumn, 10, 15), school=1))
        home = self._of.people.addresses.draw(self._of.rng)
        person.institution = f"Solgløtt ungdomshjem, {home.street}, {home.postcode} {home.city}"
        person.institution_at = home
        told = self._cases.told(person, "institution", "Plassert i barnevernsinstitusjon")
        assert told.hard_case
        place = {"latitude": home.latitude, "longitude": home.longitude, "district": home.district}
        told.hard_case["institution"] = place
        return told

    def _stays_elsewhere(self) -> Person:
        person = self._leaver(age=19, school=3)
        stay = self._of.people.addresses.draw(self._of.rng)
        stays_at(person, stay)
        told = self._cases.told(person, "stays-elsewhere", "Registrert ett sted, bor et annet")
        assert told.hard_case
        told.hard_case["stay_district"] = stay.district
        return told

    def _protected(self) -> Iterator[Person]:
        for grade, key in ((CONFIDENTIAL, "protected-confidential"), (STRICTLY, "protected-strictly")):
            person = self._leaver(age=18, school=4)
            protect(person, grade)
            yield self._cases.told(person, key, f"Adressen er {grade}")

    def _numbers(self) -> Iterator[Person]:
        person = self._leaver(age=18, school=5)
        person.national_id = ""
        yield self._cases.told(person, "no-number", "Har ikke identitetsnummer ennå")
        person = self._leaver(age=17, school=5)
        person.national_id, person.id_type = fictive_number(person.national_id), "fiktivt"
        yield self._cases.told(person, "fictive-number", "Har et fiktivt nummer fra inntaket")
        person = self._leaver(age=19, school=6)
        self._of.people.give_d_number(person)
        yield self._cases.told(person, "d-number", "Har et syntetisk D-nummer")

    def _twins(self) -> Iterator[Person]:
        first, second = self._leaver(age=18, school=7), self._leaver(age=18, school=7)
        for name in ("born", "address", "last_name", "sex", "guardian_name", "guardian_phone"):
            setattr(second, name, getattr(first, name))
        first.first_name, second.first_name = ("Amina", "Amira") if first.sex == "female" else ("Jonas", "Jonah")
        second.national_id = self._of.people.numbers.take(second.born)
        second.spells[0] = first.spells[0]
        for person, key in ((first, "twin-1"), (second, "twin-2")):
            yield self._cases.told(person, key, "Tvilling: samme fødselsdato, adresse og nesten samme navn")

    def _possible_duplicates(self) -> Iterator[Person]:
        with_number, without = self._leaver(age=19, school=8), self._leaver(age=19, school=8)
        yield self._cases.told(with_number, "duplicate-with-number", "Samme person som neste, med nummer")
        without.national_id = ""
        shared = ("born", "sex", "first_name", "last_name", "address", "phone", "guardian_name", "guardian_phone")
        for name in shared:
            setattr(without, name, getattr(with_number, name))
        without.spells = list(with_number.spells)
        yield self._cases.told(without, "duplicate-without-number", "Trolig samme person, meldt uten nummer")

    def _names(self) -> Iterator[Person]:
        person = self._leaver(age=18, school=9)
        person.first_name, person.last_name = LONG_FIRST, LONG_LAST
        yield self._cases.told(person, "long-name", "Svært langt navn")
        for first, last, key in (
            ("Áilo Máhtte", "Čáhppesjuolgi", "sami-name"),
            ("علی‌رضا", "احمدی", "arabic-script"),
            ("Олександр", "Шевченко", "cyrillic-script"),
            ("Thảo", "Nguyễn", "stacked-diacritics"),
        ):
            person = self._leaver(age=18, school=10)
            person.first_name, person.last_name = first, last
            yield self._cases.told(person, key, "Navn med tegn utenfor ASCII")
        person = self._leaver(age=18, school=11)
        person.first_name = ""
        yield self._cases.told(person, "one-name", "Har bare ett navn")

    def _must_be_confirmed(self) -> Person:
        """In work since last spring by the youth's own word, and nobody has asked again."""
        person = self._leaver(age=20, school=12)
        self._cases.told(person, "must-be-confirmed", "Status er ikke bekreftet på lenge", code="OTAR")
        assert person.case
        this_year = person.case.registrations[0]
        reached_on = date(self._year, 5, 15)
        last_year = replace(
            this_year,
            school_year=self._year - 1,
            first_day=next_monday(date(self._year, 4, 14)),
            last_day=this_year.first_day - timedelta(days=1),
            end_reason=CARRIED_OVER,
        )
        last_year.statuses = [
            StatusStep("OTUK", last_year.first_day, "intake"),
            StatusStep("OTAR", reached_on, "contact", "Ungdommen fortalte det selv"),
        ]
        this_year.statuses = [StatusStep("OTAR", this_year.first_day, "intake")]
        person.case.registrations = [last_year, this_year]
        person.case.attempts = [Attempt(reached_on, "call", "answered", "out", "youth")]
        person.case.confirmed_on = reached_on
        return person

    def _only_guardian_answered(self) -> Person:
        person = self._cases.someone(self._year - 17)
        left = school_ends(person.born.year + YOUNGEST)
        person.spells.append(self._cases.pupil_until(left.year, date(self._year, 5, 20), school=13))
        self._cases.told(person, "guardian-only", "Bare foresatte har svart: ikke reell kontakt med ungdommen")
        assert person.case
        first = person.case.registrations[0].first_day
        answered = min(first + timedelta(days=9), self._of.seen.day)
        person.case.attempts = [Attempt(answered, "call", "answered", "out", "guardian")]
        return person
