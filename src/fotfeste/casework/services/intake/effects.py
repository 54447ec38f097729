"""What each import source means for the case: does it register the youth, since when, and with which status."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fotfeste.spec import implements

UNKNOWN = "OTUK"
FILE_DAY = "%(on)s::date"


@implements("rule-start-unknown")
@dataclass(frozen=True, slots=True)
class Effect:
    """
    The effect of one source.

    :ivar registers: whether the youth is registered with the service.
    :ivar first_day: SQL over ``intake_person p`` and ``%(on)s`` for the registration's first day.
    :ivar reason: SQL for the neutral reason; the raw VIGO code is kept beside it.
    :ivar status: SQL for the status code the source gives, or NULL when it gives none.
    :ivar basis: what such a status rests on.
    :ivar is_snapshot: the source tells how things stand, so an older file must not undo a newer one's status.
    """

    registers: bool
    first_day: str = FILE_DAY
    reason: str = "'other'"
    status: str = "NULL::text"
    basis: str = "intake"
    is_preventive: bool = False
    is_snapshot: bool = False


# The first day of the school year a row speaks of, but never before the day the list is about.
_SCHOOL_YEAR = "greatest(make_date(p.school_year, 8, 1), %(on)s::date)"

_QUIT = """CASE WHEN p.enrolment_kind IN ('apprentice', 'trainee_candidate', 'practice_candidate')
  THEN CASE WHEN lower(p.end_reason) LIKE '%%hev%%' THEN 'contract_terminated' ELSE 'quit_apprenticeship' END
  WHEN p.enrolment_kind IN ('vo_vov', 'vo_vocational', 'vo_fov') THEN 'quit_adult_education'
  WHEN lower(p.end_reason) LIKE '%%bortvi%%' THEN 'lost_place_expulsion' ELSE 'quit_school' END"""

EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "vigo-ot": Effect(
            registers=True, status="coalesce(nullif(p.status_code, ''), '?')", basis="register", is_snapshot=True
        ),
        "leavers": Effect(registers=True, first_day="p.ends_on + 1", reason=_QUIT, status=f"'{UNKNOWN}'"),
        "non-applicants": Effect(registers=True, first_day=_SCHOOL_YEAR, reason="'not_applied'", status=f"'{UNKNOWN}'"),
        "without-place": Effect(
            registers=True, first_day=_SCHOOL_YEAR, reason="coalesce(m.reason, 'other')", status=f"'{UNKNOWN}'"
        ),
        # rule-uda-private-schools: reported pupils get the private school's code when they are registered at all.
        "private-school": Effect(registers=False, status="'OTVF'", basis="register"),
        "preventive": Effect(
            registers=True, reason="'preventive'", status="'ELVG_IM'", is_preventive=True, basis="register"
        ),
        "enrolment": Effect(registers=False),
    }
)
