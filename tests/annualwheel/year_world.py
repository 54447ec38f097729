"""A small Oslo for a whole school year: its units, who works there, and the files its senders make."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.integrations.reading import read
from fotfeste.integrations.services.imports import run_import
from fotfeste.integrations.sources import SOURCES
from fotfeste.kernel import clock
from fotfeste.law.school_year import SchoolYear
from fotfeste.lists.services.rounds import freeze_round
from fotfeste.organisations.enums import ROLE_NEEDED, UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.organisations.selectors.contacts import units_without_named_contact
from fotfeste.organisations.services.contacts import name_contact
from tests import factories as make

YEAR = SchoolYear(2026)
#: The last list of the year before.
LAST_LIST = date(2026, 4, 20)
_BEFORE = YEAR.first_day - timedelta(days=30)
#: How many units of each kind are open. The others are closed, so that fewer have the same to do.
_OPEN = {UnitKind.UPPER_SECONDARY: 4, UnitKind.LOWER_SECONDARY: 1, UnitKind.DISTRICT: 3}
_PRIVATE = 2
_ROLES = {
    UnitKind.UPPER_SECONDARY: Role.COUNSELLOR,
    UnitKind.LOWER_SECONDARY: Role.COUNSELLOR,
    UnitKind.DISTRICT: Role.DISTRICT_CONTACT,
    UnitKind.NAV_OFFICE: Role.NAV_RESPONSIBLE,
    UnitKind.APPRENTICESHIP_DEPARTMENT: Role.APPRENTICESHIP_ADVISER,
    UnitKind.SERVICE_CENTRE: Role.ADULT_EDUCATION_ADVISER,
}
#: Most are of an age to go to school; some leave the age group when the calendar year is over.
_BORN, _OLDEST = date(2008, 1, 1), date(2002, 1, 1)


@dataclass
class Oslo:
    """The county, who works in it, and how many of its youths the senders have told of."""

    schools: list[Unit]
    lower: Unit
    private: list[Unit]
    districts: list[Unit]
    admin: Actor
    approver: Actor
    at: dict[int, Actor] = field(default_factory=dict)
    youths: int = 0
    due: float = 0
    told: int = 0
    outside: list[int] = field(default_factory=list)

    @classmethod
    def made(cls, youths: int) -> "Oslo":
        """Close most of Oslo's units, and let somebody be named and at work in each of the others."""
        kept = {kind: list(_public(kind)[:many]) for kind, many in _OPEN.items()}
        private = list(
            Unit.objects.filter(county_id=make.OSLO, kind=UnitKind.UPPER_SECONDARY, is_private=True)[:_PRIVATE]
        )
        offices = [each.nav_office_id for each in kept[UnitKind.DISTRICT]]
        stay = {each.pk for units in kept.values() for each in units} | {each.pk for each in private} | set(offices)
        of_kinds = Unit.objects.filter(county_id=make.OSLO, kind__in=[*_OPEN, UnitKind.NAV_OFFICE])
        of_kinds.exclude(pk__in=stay).update(last_day=date(2020, 12, 31))
        office = make.education_admin()
        made = cls(
            schools=kept[UnitKind.UPPER_SECONDARY],
            lower=kept[UnitKind.LOWER_SECONDARY][0],
            private=private,
            districts=kept[UnitKind.DISTRICT],
            admin=make.actor(Role.EDUCATION_ADMIN, office, on=YEAR.first_day),
            youths=youths,
            approver=make.actor(Role.EDUCATION_ADMIN, office, on=YEAR.first_day),
        )
        for unit in Unit.objects.filter(county_id=make.OSLO, kind__in=_ROLES, last_day=None, is_private=False):
            made.at[unit.pk] = make.actor(_ROLES[UnitKind(unit.kind)], unit, on=YEAR.first_day)
        with acting_as(made.admin):
            for unit in units_without_named_contact(county_id=make.OSLO, on=_BEFORE):
                made.name(unit, _BEFORE)
        with clock.frozen(LAST_LIST), acting_as(made.admin, on=LAST_LIST):
            freeze_round(actor=made.admin, county_id=make.OSLO, on=LAST_LIST)
        return made

    def name(self, unit: Unit, first_day: date, **said: object) -> int:
        """Name somebody for a unit; return the contact."""
        return name_contact(
            actor=self.admin, unit_id=unit.pk, role=ROLE_NEEDED[UnitKind(unit.kind)], name=f"Kari Prøve {first_day}",
            email=f"post{unit.pk}@example.no", phone="59000001", first_day=first_day, on=clock.today(), **said,
        ).pk  # fmt: skip

    @contextmanager
    def working(self, unit_id: int) -> Iterator[Actor]:
        """Work as whoever is at a unit."""
        with acting_as(self.at[unit_id], on=clock.today()) as actor:
            yield actor

    def new(self, share: float) -> list[int]:
        """Return the numbers of youths nobody has told of before: so large a share of all those of the year."""
        self.due += share * self.youths
        first, self.told = self.told, round(self.due)
        return list(range(first, self.told))

    def school_of(self, number: int) -> Unit:
        """Return the school a youth goes to, or went to."""
        return self.schools[number % len(self.schools)]

    def is_unknown(self, number: int) -> bool:
        """Say whether no school knows what a youth does: of few so many that there are lists, of many no more."""
        every = max(5, self.youths // 80)
        return number % every == every - 1

    def take_in(self, source: str, numbers: Iterable[int], **told: object) -> None:
        """Read a file of a source about youths, as the importer does, and take it into use."""
        text = io.StringIO()
        rows = csv.writer(text, delimiter=";")
        fields = list(SOURCES[source].columns)
        rows.writerow(SOURCES[source].headers)
        for number in numbers:
            cells = self._person(number) | {name: _cell(value, number) for name, value in told.items()}
            rows.writerow([cells.get(name, "") for name in fields])
        _use(source, text.getvalue())

    def take_in_register(self, codes: Mapping[int, str]) -> None:
        """Read VIGO's register, in which the schools have written what they know, and take it into use."""
        rows = [self._registered(number, code) for number, code in codes.items()]
        _use("vigo-ot", json.dumps({"otungdommer": rows, "antall": len(rows)}))

    def _registered(self, number: int, code: str) -> dict[str, dict[str, str]]:
        who, school = self._person(number), self.school_of(number)
        names = {"fornavn": who["first_name"], "etternavn": who["last_name"], "fdato": who["born"]}
        return {
            "person": names | {"fnr": who["national_id"], "idtype": "", "epost": "", "mobilnr": who["phone"]},
            "otData": {
                "tilknytningnr": str(school.org_number),
                "tilknytningnavn": school.name,
                "aktivitetskode": code,
            },
            "elevkurs": {"promrkode": "", "promrnavn": "", "start": "", "slutt": ""},
        }

    def _person(self, number: int) -> dict[str, str]:
        born = (_OLDEST if number % 20 == 7 else _BORN) + timedelta(days=number % 300)
        return {
            "national_id": make.tenor_number(born, 1 + 10 * (number // 300)),
            "first_name": f"Ung{number}",
            "last_name": f"Prøvesen{number}",
            "born": f"{born:%d.%m.%Y}",
            "phone": f"5900{number:04}",
            "street": f"Furuveien {number + 1}",
            "postcode": "0668",
            "city": "Oslo",
            "municipality": "0301",
            "district": str(self.districts[number % len(self.districts)].code),
            "school_org": str(self.school_of(number).org_number),
        }


def _use(source: str, text: str) -> None:
    today = clock.today()
    with (
        acting_as(make.system(), on=today) as importer,
        read(source, text.encode(), environment="test", on=today) as reading,
    ):
        done = run_import(actor=importer, reading=reading, county_id=make.OSLO, on=today, apply=True)
        assert (done.applied, done.rejected) == (True, 0), (source, done)


def _public(kind: UnitKind):
    found = Unit.objects.filter(county_id=make.OSLO, kind=kind, is_private=False, takes_responsibility=True)
    return found.select_related("nav_office").order_by("pk")


def _cell(value: object, number: int) -> str:
    told = value(number) if callable(value) else value
    return f"{told:%d.%m.%Y}" if isinstance(told, date) else str(told)
