"""The national OT status codes: the list of 2011, the list in force since 15 September 2011, and the way between them.

A code list is data with validity: the numbering moved, codes were added, and one code ("Feil") breaks the
pattern. What is uncertain is marked as such in the ``certainty`` column and follows the object.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from fotfeste.codes.tables import day_or_none, rows, yes_or_no
from fotfeste.spec import implements

implements("amb-56", "amb-58")
# The main groups of that list.
implements("mg-1", "mg-2", "mg-3", "mg-4", "mg-5", "mg-6", "mg-7")
# The 24 statuses of the list of 2011.
implements(
    "st-elev",
    "st-feil",
    "st-otap",
    "st-otar",
    "st-otba",
    "st-otfa",
    "st-otfu",
    "st-othl",
    "st-otik",
    "st-otla",
    "st-otle",
    "st-otlk",
    "st-otmi",
    "st-otno",
    "st-otoa",
    "st-otoi",
    "st-otov",
    "st-otsy",
    "st-otuk",
    "st-otva",
    "st-otve",
    "st-otvf",
    "st-otvu",
    "st-ukjent",
)

UNKNOWN_ACTIVITY = "OTUK"
UNKNOWN_CODE = "?"
LIST_2011 = "2011"
CURRENT = "current"
ALIASES = {"2016": CURRENT}
NOT_IN_TARGET_GROUP_SUFFIX = "_IM"


class Certainty(StrEnum):
    """How sure a code fact is: read in a source, or inferred."""

    SEEN = "seen"
    OWN_READING = "own_reading"
    PROBABLE = "probable"
    LIKELY = "likely"
    GUESS = "guess"


class MappingCertainty(StrEnum):
    """How surely a code of 2011 becomes a code of today."""

    SURE = "sure"
    SAME = "same"
    LIKELY = "likely"
    AMBIGUOUS = "ambiguous"
    MANUAL = "manual"


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """A main group of a status list."""

    list: str
    group: int
    name_nb: str
    name_nn: str
    name_en: str
    in_target_group: bool
    source: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Status:
    """One code in one list, for the period it had this number and text."""

    list: str
    number: str
    code: str
    name_nb: str
    name_nn: str
    name_en: str
    group: int
    in_target_group: bool
    first_day: date | None
    last_day: date | None
    source: str
    certainty: Certainty
    note: str

    def is_valid_on(self, day: date) -> bool:
        """Return whether the code had this number and text on ``day``."""
        started = self.first_day is None or self.first_day <= day
        return started and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class StatusList:
    """A status list with its groups and every dated line it has had."""

    name: str
    first_day: date | None
    last_day: date | None
    name_nb: str
    name_nn: str
    name_en: str
    source: str
    note: str
    groups: tuple[StatusGroup, ...]
    statuses: tuple[Status, ...]

    def is_in_force_on(self, day: date) -> bool:
        """Return whether the list was in force on ``day``."""
        started = self.first_day is None or self.first_day <= day
        return started and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class MappingCandidate:
    """A possible code of today for a code of 2011. ``code`` is None when a person must decide."""

    code_2011: str
    code: str | None
    certainty: MappingCertainty
    note: str


@cache
def status_list(name: str) -> StatusList:
    """
    Return the status list ``name``: "2011" or "current" ("2016" is the same list as "current").

    :raises KeyError: there is no such list.
    """
    wanted = ALIASES.get(name, name)
    for row in rows("status_lists"):
        if row["list"] == wanted:
            groups = _groups(wanted)
            return StatusList(
                name=wanted,
                first_day=day_or_none(row["first_day"]),
                last_day=day_or_none(row["last_day"]),
                name_nb=row["name_nb"],
                name_nn=row["name_nn"],
                name_en=row["name_en"],
                source=row["source"],
                note=row["note"],
                groups=groups,
                statuses=_statuses(wanted, groups),
            )
    raise KeyError(name)


def _groups(name: str) -> tuple[StatusGroup, ...]:
    return tuple(
        StatusGroup(
            list=name,
            group=int(row["group"]),
            name_nb=row["name_nb"],
            name_nn=row["name_nn"],
            name_en=row["name_en"],
            in_target_group=yes_or_no(row["in_target_group"]),
            source=row["source"],
            certainty=Certainty(row["certainty"]),
        )
        for row in rows("status_groups")
        if row["list"] == name
    )


def _statuses(name: str, groups: tuple[StatusGroup, ...]) -> tuple[Status, ...]:
    in_target_group = {group.group: group.in_target_group for group in groups}
    return tuple(
        Status(
            list=name,
            number=row["number"],
            code=row["code"],
            name_nb=row["name_nb"],
            name_nn=row["name_nn"],
            name_en=row["name_en"],
            group=int(row["group"]),
            in_target_group=in_target_group[int(row["group"])],
            first_day=day_or_none(row["first_day"]),
            last_day=day_or_none(row["last_day"]),
            source=row["source"],
            certainty=Certainty(row["certainty"]),
            note=row["note"],
        )
        for row in rows("statuses")
        if row["list"] == name
    )


def list_on(day: date) -> StatusList:
    """Return the list that was in force on ``day``."""
    current = status_list(CURRENT)
    return current if current.is_in_force_on(day) else status_list(LIST_2011)


def codes_in_order(list_name: str, day: date | None = None) -> tuple[Status, ...]:
    """
    Return the codes of a list in list order, one line for each code.

    Without ``day`` the last known line of each code is given; with it the lines valid that day.
    """
    statuses = status_list(list_name).statuses
    if day is not None:
        return tuple(status for status in statuses if status.is_valid_on(day))
    latest = {status.code: status for status in statuses}
    return tuple(status for status in statuses if latest[status.code] is status)


@cache
def _latest(list_name: str) -> dict[str, Status]:
    return {status.code: status for status in codes_in_order(list_name)}


@cache
def _spellings(list_name: str) -> dict[str, str]:
    return {code.casefold(): code for code in _latest(list_name) if code != UNKNOWN_CODE}


def known_code(code: str, list_name: str = CURRENT) -> bool:
    """Return whether the list has had ``code``, spelled exactly so. The row for unknown codes is not a code."""
    return code != UNKNOWN_CODE and code in _latest(list_name)


def find_code(raw: str, list_name: str = CURRENT) -> str | None:
    """Return the list's spelling of ``raw`` (blanks and letter case forgiven), or None when no code fits."""
    return _spellings(list_name).get(raw.strip().casefold())


def code_on(list_name: str, code: str, day: date) -> Status | None:
    """Return the line of ``code`` valid on ``day``, or None when the list did not have it that day."""
    for status in status_list(list_name).statuses:
        if status.code == code and status.is_valid_on(day):
            return status
    return None


def latest(list_name: str, code: str) -> Status:
    """
    Return the last known line of ``code``.

    :raises KeyError: the list has no such code.
    """
    return _latest(list_name)[code]


@implements("rule-count-group-4-5-6-out")
def is_in_target_group(list_name: str, code: str) -> bool:
    """
    Return whether youth with ``code`` are counted in the target group.

    Groups 1-3 of the list of 2011, groups 1-4 of the list of today. A code the list does not know is
    never counted: it waits for a person.
    """
    status = _latest(list_name).get(code)
    return status is not None and status.in_target_group


def group_of(list_name: str, code: str) -> StatusGroup | None:
    """Return the main group of ``code``, or None when the list does not know it."""
    status = _latest(list_name).get(code)
    if status is None:
        return None
    return next(group for group in status_list(list_name).groups if group.group == status.group)


def map_2011(code: str) -> tuple[MappingCandidate, ...]:
    """
    Return the possible codes of today for a code of 2011, the preferred one first.

    A code the list of 2011 does not know gives one candidate without a code: a person must decide.
    """
    key = code if code in _mapping() else UNKNOWN_CODE
    return _mapping()[key]


@cache
def _mapping() -> dict[str, tuple[MappingCandidate, ...]]:
    mapping: dict[str, tuple[MappingCandidate, ...]] = {}
    for row in rows("status_mapping_2011"):
        candidate = MappingCandidate(
            code_2011=row["code_2011"],
            code=row["code_current"] or None,
            certainty=MappingCertainty(row["certainty"]),
            note=row["note"],
        )
        mapping[candidate.code_2011] = (*mapping.get(candidate.code_2011, ()), candidate)
    return mapping


def base_of_twin(code: str) -> str:
    """Return the activity code of a twin pair: OTAR for both OTAR and OTAR_IM; other codes as they are."""
    base = code.removesuffix(NOT_IN_TARGET_GROUP_SUFFIX)
    return base if base != code and base in _latest(CURRENT) else code


def has_im_twin(activity_code: str) -> bool:
    """Say whether membership decides which of two codes is reported for an activity."""
    return f"{base_of_twin(activity_code)}{NOT_IN_TARGET_GROUP_SUFFIX}" in _latest(CURRENT)


def derive_im_twin(activity_code: str, in_target_group: bool) -> str:
    """
    Return the code to report for an activity, given whether the youth is in the target group.

    Four activities (work, pupil, private pupil, apprentice) have two codes that differ only by membership;
    the user picks the activity and the twin follows. Codes without a twin are returned as they are.
    """
    base = base_of_twin(activity_code)
    return base if in_target_group or not has_im_twin(base) else f"{base}{NOT_IN_TARGET_GROUP_SUFFIX}"
