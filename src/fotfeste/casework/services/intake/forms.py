"""From what is known of a person to the facts of law, and the decisions that follow: once for each form."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.decision import Decision
from fotfeste.law.facts import (
    Activity,
    Application,
    Competence,
    Enrolment,
    EnrolmentKind,
    Level,
    Placement,
    RegisteredStatus,
    YouthFacts,
)
from fotfeste.law.membership import local_target_group_by, statutory_membership_by
from fotfeste.law.outcomes import By, Membership, UnitChoice, UnitKind
from fotfeste.law.readings import PROPOSED, Readings
from fotfeste.law.responsible_unit import responsible_unit_by
from fotfeste.law.signature import signature
from fotfeste.people.selectors.for_law import read_end

_APPLICATIONS = {
    "not_applied": Application.NOT_APPLIED,
    "declined_place": Application.NOT_ACCEPTED,
    "did_not_start": Application.DID_NOT_START,
    "waiting_list": Application.WAITING_LIST,
}
_LEVELS = {"vg1": Level.VG1, "vg2": Level.VG2, "vg3": Level.VG3}


class Form(NamedTuple):
    """What is known of a person but for what makes it this person: equal forms get equal decisions."""

    born_year: int
    had_birthday: bool
    has_completed: bool
    finished_compulsory: bool | None
    history: str
    has_district: bool
    stays_elsewhere: bool
    has_point: bool
    is_placed: bool
    has_institution_point: bool
    reason: str
    status: str
    status_list: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """The three decisions for one form."""

    statutory: Decision[Membership]
    local: Decision[Membership]
    unit: Decision[UnitChoice]

    def to_dict(self) -> dict[str, Any]:
        """Return the explanation that is kept."""
        return {"statutory": self.statutory.to_dict(), "local": self.local.to_dict(), "unit": self.unit.to_dict()}


_UNDECIDED = UnitChoice(UnitKind.UNDECIDED, By.UNDECIDED)
BEFORE_HORIZON = Outcome(Decision(Membership.UNDECIDED), Decision(Membership.UNDECIDED), Decision(_UNDECIDED))


@lru_cache(maxsize=65536)
def _enrolment(text: str) -> Enrolment:
    kind, first, last, private, in_county, takes, level, vocational, reason = text.split("|", 8)
    return Enrolment(
        kind=EnrolmentKind(kind),
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last) if last else None,
        unit_ref="known" if takes == "1" or private == "1" else None,
        level=_LEVELS.get(level.lower(), Level.UNKNOWN),
        is_vocational=vocational == "1",
        is_private=private == "1",
        in_county=in_county == "1",
        takes_ot_responsibility=takes == "1",
        end_reason=read_end(reason),
    )


def facts_of(form: Form, on: date) -> YouthFacts:
    """Return the facts of law that a form stands for, with a birthday that gives the same age on the day."""
    enrolments = tuple(_enrolment(text) for text in form.history.split(";")) if form.history else ()
    status = RegisteredStatus(form.status, form.status_list) if form.status else None
    return YouthFacts(
        born=date(form.born_year, 1, 1) if form.had_birthday else date(form.born_year, 12, 31),
        finished_compulsory=form.finished_compulsory,
        competence=Competence.STUDY if form.has_completed else Competence.NONE,
        enrolments=enrolments,
        application=_APPLICATIONS.get(form.reason, Application.UNKNOWN),
        activity=_activity(form.status, enrolments, on),
        is_working=form.status in {"OTAR", "OTAR_IM"},
        status=status,
        registered_in_county=True,
        registered_district="registered" if form.has_district else None,
        stay_district="stay" if form.stays_elsewhere else None,
        has_registered_point=form.has_point,
        placement=Placement.IN_COUNTY if form.is_placed else Placement.NONE,
        has_institution_point=form.has_institution_point,
    )


def _activity(status: str, enrolments: tuple[Enrolment, ...], on: date) -> Activity:
    if status in {"", "OTUK", "?"}:
        runs = any(e.runs_on(on) for e in enrolments)
        return Activity.KNOWN if runs else Activity.UNKNOWN
    return Activity.NONE if status in {"OTOV", "OTHL", "OTNO"} else Activity.KNOWN


def outcome_of(form: Form, on: date, readings: Readings = PROPOSED) -> Outcome:
    """Return the decisions of law for a form on a day; before the oldest law we hold, nothing is decided."""
    try:
        return _by_signature(signature(facts_of(form, on), on), readings.on(on))
    except BeforeOurHorizon:
        return BEFORE_HORIZON


@lru_cache(maxsize=65536)
def _by_signature(s: Any, r: Any) -> Outcome:
    return Outcome(statutory_membership_by(s, r), local_target_group_by(s, r), responsible_unit_by(s, r))
