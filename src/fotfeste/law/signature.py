"""Facts made coarse: everything a decision needs, and no exact personal date.

Half a million youths fall on some thousand signatures, so a decision is made once for each signature and its reasons
carry nothing that points to one person. The rules read the signature alone; that is what makes it safe to remember
a decision by ``(signature, readings on the day)``.
"""

from datetime import date
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any, NamedTuple

from fotfeste import codes
from fotfeste.law.facts import (
    Activity,
    Application,
    Competence,
    MoreTrainingGround,
    Placement,
    RegisteredStatus,
    Word,
    YouthFacts,
)
from fotfeste.law.school_year import school_year_of
from fotfeste.law.timeline import epoch_of
from fotfeste.law.trail import CountDateSide, Ended, Left, Place, trail_of

GUARANTEE_WEEKS = 8


class StatusClass(Word):
    """What the registered code says about the target group."""

    NONE = "none"
    IN_TARGET_GROUP = "in_target_group"
    OUTSIDE = "outside"
    MISTAKE = "mistake"
    UNKNOWN_CODE = "unknown_code"


class Outside(IntEnum):
    """How long the youth has been outside education and work."""

    __hash__ = int.__hash__

    UNKNOWN = 0
    UNDER_A_YEAR = 1
    A_YEAR = 2
    OVER_A_YEAR = 3


class Clock(Word):
    """Where the eight weeks of the youth guarantee stand, counted from registration as jobseeker."""

    NOT_STARTED = "not_started"
    RUNNING = "running"
    PASSED = "passed"


class AgeBand(IntEnum):
    """Exact age, only as fine as some rule asks."""

    __hash__ = int.__hash__

    UNDER_16 = 0
    FROM_16 = 1
    FROM_19 = 2
    FROM_30 = 3
    FROM_31 = 4


class Signature(NamedTuple):
    """What the rules may know. Two youths with equal signatures get equal decisions."""

    epoch: date
    year: int
    school_year: int
    is_before_count_date: bool
    born_year: int
    age_band: AgeBand
    finished_compulsory: bool | None
    competence: Competence
    has_right: bool | None
    has_lost_right: bool
    has_used_requalification: bool
    wants_requalification: bool
    application: Application
    application_next_year: Application
    went_through_upper_secondary: bool
    lacks_passed_subjects: bool
    more_training_ground: MoreTrainingGround
    activity: Activity
    is_working: bool
    outside: Outside
    status: StatusClass
    was_member_earlier_in_school_year: bool
    at_risk_of_leaving: bool
    at_risk_of_no_apprenticeship: bool
    registered_in_county: bool
    stays_in_county: bool | None
    has_moved_in: bool
    has_registered_district: bool
    has_stay_district: bool
    stays_in_another_district: bool
    has_registered_point: bool
    placement: Placement
    has_institution_point: bool
    is_jobseeker: bool
    guarantee_clock: Clock
    need_established: bool
    has_expressed_need: bool | None
    # the fields of the trail
    current: Place | None
    left: Left | None
    has_place_ahead: bool
    has_history: bool
    has_upper_secondary_history: bool
    has_county_school_history: bool
    is_between_years: bool
    upper_school: Place | None
    count_date_school: Place | None
    lower_school: Place | None
    lower_school_left: Ended | None
    count_date_side: CountDateSide

    @property
    def age(self) -> int:
        """Return the age the youth reaches in the calendar year."""
        return self.year - self.born_year


def signature(facts: YouthFacts, on: date) -> Signature:
    """
    Return the coarse form of ``facts`` as seen on the day ``on``.

    :raises BeforeOurHorizon: the day is before the oldest law we hold.
    """
    said = (*_who(facts, on), *_doing(facts, on), *_where_and_nav(facts, on), *trail_of(facts.enrolments, on))
    return Signature._make(said)


def _who(facts: YouthFacts, on: date) -> tuple[Any, ...]:
    return (
        *_day(on),
        facts.born.year,
        _age_band(facts.born, on),
        facts.finished_compulsory,
        facts.competence,
        facts.has_right,
        facts.has_lost_right,
        facts.has_used_requalification,
        facts.wants_requalification,
    )


def _doing(facts: YouthFacts, on: date) -> tuple[Any, ...]:
    return (
        facts.application,
        facts.application_next_year,
        facts.went_through_upper_secondary,
        facts.lacks_passed_subjects,
        facts.more_training_ground,
        facts.activity,
        facts.is_working,
        _outside(facts.outside_since, on),
        _status_class(facts.status),
        facts.was_member_earlier_in_school_year,
        facts.at_risk_of_leaving,
        facts.at_risk_of_no_apprenticeship,
    )


def _where_and_nav(facts: YouthFacts, on: date) -> tuple[Any, ...]:
    registered, stay = facts.registered_district, facts.stay_district
    return (
        facts.registered_in_county,
        facts.stays_in_county,
        _has_come(facts.moved_in_on, on),
        registered is not None,
        stay is not None,
        stay is not None and stay != registered,
        facts.has_registered_point,
        facts.placement,
        facts.has_institution_point,
        _has_come(facts.jobseeker_registered_on, on),
        _clock(facts.jobseeker_registered_on, on),
        _has_come(facts.need_established_on, on),
        facts.has_expressed_need,
    )


@lru_cache(maxsize=512)
def _day(on: date) -> tuple[date, int, int, bool]:
    school_year = school_year_of(on)
    return epoch_of(on), on.year, school_year.start_year, on < school_year.count_date


def _has_come(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _age_band(born: date, on: date) -> AgeBand:
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    if age < 16:
        return AgeBand.UNDER_16
    if age < 19:
        return AgeBand.FROM_16
    if age < 30:
        return AgeBand.FROM_19
    return AgeBand.FROM_30 if age == 30 else AgeBand.FROM_31


def _outside(since: date | None, on: date) -> Outside:
    if since is None or since > on:
        return Outside.UNKNOWN
    days = (on - since).days
    if days < 365:
        return Outside.UNDER_A_YEAR
    return Outside.A_YEAR if days == 365 else Outside.OVER_A_YEAR


def _clock(registered_on: date | None, on: date) -> Clock:
    if registered_on is None or registered_on > on:
        return Clock.NOT_STARTED
    return Clock.PASSED if (on - registered_on).days > 7 * GUARANTEE_WEEKS else Clock.RUNNING


def _status_class(status: RegisteredStatus | None) -> StatusClass:
    return StatusClass.NONE if status is None else class_of_code(status.list_name, status.code)


@cache
def class_of_code(list_name: str, code: str) -> StatusClass:
    """Return what a status code says about the target group; a code the list does not know says nothing."""
    known = codes.find_code(code, list_name)
    if known is None:
        return StatusClass.UNKNOWN_CODE
    if known in {"Feil", "FEIL"}:
        return StatusClass.MISTAKE
    return StatusClass.IN_TARGET_GROUP if codes.is_in_target_group(list_name, known) else StatusClass.OUTSIDE
