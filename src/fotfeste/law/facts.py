"""The facts the rules ask for. They come from registers and casework; the rules fetch nothing themselves."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Word(StrEnum):
    """A word with the plain hash of its text: an enum's own hash is slow, and the rules hash facts by the million."""

    __hash__ = str.__hash__


class EnrolmentKind(Word):
    """What kind of education or training an enrolment is."""

    PUPIL = "pupil"
    APPRENTICE = "apprentice"
    TRAINEE_CANDIDATE = "trainee_candidate"
    PRACTICE_CANDIDATE = "practice_candidate"
    VO_VOV = "vo_vov"
    VO_VOCATIONAL = "vo_vocational"
    VO_FOV = "vo_fov"
    PREPARATORY_YOUTH = "preparatory_youth"
    LOWER_SECONDARY = "lower_secondary"


CONTRACT_KINDS = frozenset(
    {EnrolmentKind.APPRENTICE, EnrolmentKind.TRAINEE_CANDIDATE, EnrolmentKind.PRACTICE_CANDIDATE}
)
ADULT_KINDS = frozenset({EnrolmentKind.VO_VOV, EnrolmentKind.VO_VOCATIONAL, EnrolmentKind.VO_FOV})
UPPER_SECONDARY_KINDS = frozenset({EnrolmentKind.PUPIL}) | CONTRACT_KINDS | ADULT_KINDS
#: A place in these shows that compulsory school was finished. A preparatory course for adults is at the level of
#: compulsory school, whatever it is called: it shows nothing of it. Source: opplæringslova §§ 5-1 and 18-2; amb-04.
SHOW_COMPULSORY_FINISHED = UPPER_SECONDARY_KINDS - {EnrolmentKind.VO_FOV}


class Level(Word):
    """The level of an enrolment in upper secondary education."""

    VG1 = "vg1"
    VG2 = "vg2"
    VG3 = "vg3"
    OTHER = "other"
    UNKNOWN = "unknown"


class EnrolmentEnd(Word):
    """Why an enrolment ended."""

    COMPLETED = "completed"
    YEAR_ENDED = "year_ended"
    TRANSFERRED = "transferred"
    QUIT = "quit"
    EXPELLED = "expelled"
    CONTRACT_TERMINATED = "contract_terminated"
    LAID_OFF = "laid_off"
    UNKNOWN = "unknown"


class Application(Word):
    """What became of the application for a place in one school year."""

    UNKNOWN = "unknown"
    NOT_APPLIED = "not_applied"
    APPLIED = "applied"
    WAITING_LIST = "waiting_list"
    NOT_ACCEPTED = "not_accepted"
    ACCEPTED = "accepted"
    DID_NOT_START = "did_not_start"


class Activity(Word):
    """Whether it is known what the youth does outside education."""

    KNOWN = "known"
    UNKNOWN = "unknown"
    NONE = "none"


class Competence(Word):
    """Final competence reached in upper secondary education."""

    NONE = "none"
    STUDY = "study"
    VOCATIONAL = "vocational"


class MoreTrainingGround(Word):
    """Why someone may take a single subject again."""

    NONE = "none"
    EXAM_RIGHT = "exam_right"
    RESULT_IV = "result_iv"
    EARLIER_PUPIL_NOT_PASSED = "earlier_pupil_not_passed"


class Placement(Word):
    """Whether child welfare has placed the youth in an institution, and where it lies."""

    NONE = "none"
    IN_COUNTY = "in_county"
    OUTSIDE_COUNTY = "outside_county"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """
    One enrolment, contract or course. The last day is the day the youth stops, inclusive; None while it runs.

    ``unit_ref`` is the caller's own reference to the unit; the rules only ask whether there is one.
    """

    kind: EnrolmentKind
    first_day: date
    last_day: date | None = None
    unit_ref: str | None = None
    level: Level = Level.UNKNOWN
    is_vocational: bool = False
    is_private: bool = False
    in_county: bool = True
    takes_ot_responsibility: bool = True
    end_reason: EnrolmentEnd = EnrolmentEnd.UNKNOWN

    def runs_on(self, day: date) -> bool:
        """Return whether the enrolment runs on ``day``; the last day counts."""
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class RegisteredStatus:
    """The OT status code the register shows now, and the list it belongs to."""

    code: str
    list_name: str = "current"


@dataclass(frozen=True, slots=True)
class YouthFacts:
    """
    What is known about one youth, seen from one county.

    None always means not known. Districts are references of the caller's; the rules only ask whether they are
    there and whether they differ. The application is the one for the school year of the day asked about.
    """

    born: date
    finished_compulsory: bool | None = None
    competence: Competence = Competence.NONE
    has_right: bool | None = None
    has_lost_right: bool = False
    has_used_requalification: bool = False
    wants_requalification: bool = False
    # education
    enrolments: tuple[Enrolment, ...] = ()
    application: Application = Application.UNKNOWN
    application_next_year: Application = Application.UNKNOWN
    went_through_upper_secondary: bool = False
    lacks_passed_subjects: bool = False
    more_training_ground: MoreTrainingGround = MoreTrainingGround.NONE
    # activity and register
    activity: Activity = Activity.UNKNOWN
    is_working: bool = False
    outside_since: date | None = None
    status: RegisteredStatus | None = None
    was_member_earlier_in_school_year: bool = False
    # concern, set by a counsellor or the apprenticeship department
    at_risk_of_leaving: bool = False
    at_risk_of_no_apprenticeship: bool = False
    # where
    registered_in_county: bool = True
    stays_in_county: bool | None = None
    moved_in_on: date | None = None
    registered_district: str | None = None
    stay_district: str | None = None
    has_registered_point: bool = True
    placement: Placement = Placement.NONE
    has_institution_point: bool = True
    # Nav, only when lawfully shared
    jobseeker_registered_on: date | None = None
    need_established_on: date | None = None
    has_expressed_need: bool | None = None
