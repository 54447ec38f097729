"""Who a person is and how they are reached: name, number, address, telephone, guardian."""

import re
import unicodedata
from datetime import date, timedelta
from itertools import count
from random import Random

from fotfeste.integrations.synthetic.names import Names
from fotfeste.integrations.synthetic.numbers import IdentityNumbers, telephone_number
from fotfeste.integrations.synthetic.person import Person
from fotfeste.integrations.synthetic.places import Address, Addresses

ADULT_AGE = 18
NO_EMAIL, NO_PHONE, HAS_STAY = 0.12, 0.06, 0.05
IS_MAN = 0.513
CONFIDENTIAL, STRICTLY = "fortrolig", "strengt fortrolig"
CONFIDENTIAL_SHARE, STRICTLY_SHARE, D_NUMBER_SHARE, NO_NUMBER_SHARE = 0.004, 0.001, 0.012, 0.003
MAIL_DOMAINS = ("example.org", "example.com", "example.net")
_NOT_IN_ADDRESS = re.compile("[^a-z0-9.]")
_SPELLED = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i", "ß": "ss"})


class People:
    """Makes people of a county. ``numbers`` and ``serials`` are shared by all counties, so nothing is given twice."""

    def __init__(
        self,
        rng: Random,
        names: Names,
        addresses: Addresses,
        numbers: IdentityNumbers,
        serials: "count[int]",
        today: date,
    ) -> None:
        self.rng = rng
        self.names = names
        self.addresses = addresses
        self.numbers = numbers
        self.serials = serials
        self.today = today

    def make(
        self, birth_year: int, *, sex: str = "", district: str | None = None, with_rarities: bool = True
    ) -> Person:
        """Return a person born that year with address and contact details, but no history yet."""
        born = date(birth_year, 1, 1) + timedelta(days=int(365 * self.rng.random()))
        person = self.born_on(born, sex=sex or self._sex(), district=district)
        if with_rarities:
            self._rarities(person)
        return person

    def born_on(self, born: date, *, sex: str, district: str | None = None) -> Person:
        """Return an ordinary person with a given birth date."""
        first, last = self.names.draw(self.rng, sex)
        person = Person(
            sex=sex,
            born=born,
            first_name=first,
            last_name=last,
            national_id=self.numbers.take(born),
            address=self.addresses.draw(self.rng, district),
        )
        self._reachable(person)
        return person

    def is_minor(self, person: Person) -> bool:
        """Return whether the person is under 18 on the day the world is seen."""
        return _birthday(person.born, ADULT_AGE) > self.today

    def _sex(self) -> str:
        return "male" if self.rng.random() < IS_MAN else "female"

    def _reachable(self, person: Person) -> None:
        rng, serial = self.rng, next(self.serials)
        if rng.random() >= NO_EMAIL:
            person.email = f"{_mailbox(person)}{serial}@{rng.choice(MAIL_DOMAINS)}"
        if rng.random() >= NO_PHONE:
            person.phone = telephone_number(serial)
        if rng.random() < HAS_STAY:
            stays_at(person, self.addresses.draw(rng))
        if self.is_minor(person):
            person.guardian_name = self.names.relative(rng, person.last_name)
            person.guardian_phone = telephone_number(serial + 500_000)

    def _rarities(self, person: Person) -> None:
        chance = self.rng.random()
        if chance < STRICTLY_SHARE:
            protect(person, STRICTLY)
        elif chance < STRICTLY_SHARE + CONFIDENTIAL_SHARE:
            protect(person, CONFIDENTIAL)
        chance = self.rng.random()
        if chance < NO_NUMBER_SHARE:
            person.national_id = ""
        elif chance < NO_NUMBER_SHARE + D_NUMBER_SHARE:
            self.give_d_number(person)

    def give_d_number(self, person: Person) -> None:
        """Replace the number by a synthetic D-number."""
        person.national_id = self.numbers.take(person.born, is_d_number=True)


def stays_at(person: Person, address: Address) -> None:
    """Let the person stay somewhere else than where they are registered."""
    person.stay_at = address
    person.stay = f"{address.street}, {address.postcode} {address.city}"


def protect(person: Person, grade: str) -> None:
    """Give the person an address protection; with the strict one nobody is told where they live or how to call."""
    person.protection = grade
    person.stay, person.stay_at = "", None
    if grade == STRICTLY:
        person.address = None
        person.email = person.phone = person.guardian_name = person.guardian_phone = ""


def _birthday(born: date, age: int) -> date:
    return born.replace(year=born.year + age) if (born.month, born.day) != (2, 29) else date(born.year + age, 3, 1)


def _mailbox(person: Person) -> str:
    words = f"{person.first_name.split()[0]}.{person.last_name.split()[-1]}".lower().translate(_SPELLED)
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return _NOT_IN_ADDRESS.sub("", plain).strip(".") or "ungdom"
