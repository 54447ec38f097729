"""What is told about one made-up person: who, where, the school history, and the case with the service."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fotfeste.integrations.synthetic.places import Address
from fotfeste.integrations.synthetic.unit import Unit

PUPIL, APPRENTICE, COMPULSORY, PREPARATORY = "elev", "lærling", "grunnskole", "forberedende"
VOV, VO_VOCATIONAL, FOV = "vo-vov", "vo-yrkesfag", "vo-fov"

QUIT, YEAR_ENDED, FINISHED, CHANGED_SCHOOL = "sluttet", "skoleåret slutt", "fullført", "byttet skole"
EXPELLED, TERMINATED = "bortvist", "kontrakt hevet"


@dataclass(slots=True)
class Spell:
    """A stretch at one school or in one contract; the last day is inclusive."""

    kind: str
    school: Unit
    starts: date
    ends: date | None = None
    level: str = ""
    programme: str = ""
    programme_name: str = ""
    end_reason: str = ""
    completed: bool | None = None
    contract_status: str = ""

    def runs_on(self, day: date) -> bool:
        """Return whether the person takes part on the day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(slots=True)
class StatusStep:
    """A status from a day, and what it rests on (``casework`` calls it basis)."""

    code: str
    first_day: date
    basis: str
    text: str = ""


@dataclass(slots=True)
class Registration:
    """A registration for a school year with its statuses in order."""

    school_year: int
    reason: str
    raw_reason: str
    first_day: date
    statuses: list[StatusStep]
    last_day: date | None = None
    end_reason: str = ""


@dataclass(slots=True)
class Attempt:
    """An attempt to reach the youth, or the youth reaching us."""

    on: date
    channel: str
    result: str
    direction: str = "out"
    answered_by: str = ""


@dataclass(slots=True)
class Case:
    """What the service has done with a youth, up to the day the world is seen."""

    reason: str
    registrations: list[Registration]
    attempts: list[Attempt]
    responsible: Unit
    rule: str
    confirmed_on: date | None = None

    @property
    def status(self) -> str:
        """The code that holds now, or held when the last registration ended."""
        return self.registrations[-1].statuses[-1].code

    @property
    def is_open(self) -> bool:
        """Whether the youth is in the register now."""
        return self.registrations[-1].last_day is None


@dataclass(slots=True)
class Preventive:
    """A hand-over from lower-secondary to upper-secondary school, with permission."""

    from_school: Unit
    to_school: Unit
    permission_on: date


@dataclass(slots=True)
class Person:
    """A made-up person and all the files tell about them."""

    sex: str
    born: date
    first_name: str
    last_name: str
    national_id: str
    address: Address | None
    id_type: str = ""
    email: str = ""
    phone: str = ""
    stay: str = ""
    stay_at: Address | None = None
    institution: str = ""
    institution_at: Address | None = None
    moved_in_on: date | None = None
    protection: str = ""
    guardian_name: str = ""
    guardian_phone: str = ""
    spells: list[Spell] = field(default_factory=list)
    finished_compulsory: bool | None = True
    case: Case | None = None
    preventive: Preventive | None = None
    hard_case: dict[str, Any] | None = None
