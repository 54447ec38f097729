"""What each import source means for the case: does it register the youth, since when, and with which status."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fotfeste.spec import implements

UNKNOWN = "OTUK"
PREVENTIVE = ("ELVG_IM", "ELGS_IM", "ELEV")
"""Codes of pupils followed up preventively, in today's list and in that of 2011."""
CONTRADICTED = (
    *(UNKNOWN, "?", "Feil", "FEIL", *PREVENTIVE),
    *("OTEV", "OTVF", "OTLL", "OTEV_IM", "OTVF_IM", "OTLL_IM"),
    *("OTVE", "OTVA", "OTVU", "OTLE", "OTLA", "OTLK"),
)
"""Codes that cannot hold for somebody a list says is without a place: pupils, apprentices, and what says nothing."""
_FILE_DAY = "%(on)s::date"


@dataclass(frozen=True, slots=True)
class Effect:
    """
    The effect of one source. What is said as SQL may use ``intake_person p``, the youth's open registration ``g``, its
    open status ``e``, the reason ``m`` read from VIGO's code, and ``%(on)s``.

    :ivar registers: whether the youth is registered with the service.
    :ivar first_day: SQL for the first day of the registration, and of what the source says otherwise.
    :ivar reason: SQL for the neutral reason; the raw VIGO code is kept beside it.
    :ivar status: SQL for the status code the source gives, or NULL when it gives none.
    :ivar basis: what such a status rests on.
    :ivar ends_preventive: the source registers nobody, but of a pupil followed up preventively who has left it tells that
        the preventive registration ends and another begins.
    :ivar is_snapshot: the source tells how things stand, so an older file must not undo a newer one's status, and
        what it said the last time too is no news.
    :ivar is_about_school_year: the source says who is without a place in a school year, not what they do instead.
    :ivar told_unit: SQL for a number of the unit the source says is responsible; None when it never says.
    """

    registers: bool
    first_day: str = _FILE_DAY
    reason: str = "'other'"
    status: str = "NULL::text"
    basis: str = "intake"
    is_preventive: bool = False
    ends_preventive: bool = False
    is_snapshot: bool = False
    is_about_school_year: bool = False
    told_unit: str | None = None

    @property
    def reads_raw_reason(self) -> bool:
        """Say whether the reason is read from VIGO's code."""
        return "m." in self.reason


# The first day of the school year a row speaks of, but never before the day the list is about: non-applicants of March
# may still be pupils, and are not unknown to anybody before the new year begins without a place; unless the county reads
# it otherwise (amb-53).
_SCHOOL_YEAR = "greatest(make_date(p.school_year, 8, 1), %(on)s::date)"

_QUIT = """CASE WHEN p.enrolment_kind IN ('apprentice', 'trainee_candidate', 'practice_candidate')
  THEN CASE WHEN lower(p.end_reason) LIKE '%%hev%%' THEN 'contract_terminated' ELSE 'quit_apprenticeship' END
  WHEN p.enrolment_kind IN ('vo_vov', 'vo_vocational', 'vo_fov') THEN 'quit_adult_education'
  WHEN lower(p.end_reason) LIKE '%%bortvi%%' THEN 'lost_place_expulsion' ELSE 'quit_school' END"""

# Pupils with preventive work are handed over on 10 August: until then they are the lower secondary school's.
_IS_HANDED_OVER = "(extract(month FROM %(on)s::date), extract(day FROM %(on)s::date)) >= (8, 10)"

# A pupil a private school reports, and one it reports to have left while we thought it a pupil. The law decides which of
# the two codes of a private pupil it is: who is outside the target group keeps the twin. A mistake stays one.
_HAS_LEFT = "coalesce(p.ends_on < %(on)s::date, false)"
_IS_OUTSIDE = """%(list)s = 'current' AND EXISTS (
    SELECT FROM casework_membership_decision o WHERE o.youth_id = p.youth_id AND o.is_current
      AND o.statutory = 'not_in_ot')"""
_PRIVATE_PUPIL = f"""CASE WHEN lower(e.code) = 'feil' THEN NULL WHEN NOT {_HAS_LEFT} THEN
    CASE WHEN {_IS_OUTSIDE} THEN 'OTVF_IM' ELSE 'OTVF' END
  WHEN e.code IN ('OTVF', 'OTVF_IM') OR g.is_preventive THEN '{UNKNOWN}' END"""

EFFECTS: Mapping[str, Effect] = MappingProxyType(
    {
        "vigo-ot": Effect(
            registers=True,
            status="coalesce(nullif(p.status_code, ''), '?')",
            basis="register",
            is_snapshot=True,
            told_unit="p.unit_number",
        ),
        "leavers": Effect(registers=True, first_day="p.ends_on + 1", reason=_QUIT, status=f"'{UNKNOWN}'"),
        "non-applicants": Effect(
            registers=True,
            first_day=f"CASE WHEN %(next_year_at_once)s THEN {_FILE_DAY} ELSE {_SCHOOL_YEAR} END",
            reason="'not_applied'",
            status=f"'{UNKNOWN}'",
            is_about_school_year=True,
        ),
        "without-place": Effect(
            registers=True,
            first_day=_SCHOOL_YEAR,
            reason="coalesce(m.reason, 'other')",
            status=f"'{UNKNOWN}'",
            is_about_school_year=True,
        ),
        "private-school": Effect(
            registers=False,
            first_day=f"CASE WHEN {_HAS_LEFT} THEN p.ends_on + 1 ELSE {_FILE_DAY} END",
            reason="'quit_school'",
            status=_PRIVATE_PUPIL,
            basis="register",
            ends_preventive=True,
        ),
        "preventive": Effect(
            registers=True,
            reason="'preventive'",
            status=f"CASE WHEN {_IS_HANDED_OVER} THEN 'ELVG_IM' ELSE 'ELGS_IM' END",
            basis="register",
            is_preventive=True,
            told_unit=f"CASE WHEN {_IS_HANDED_OVER} THEN p.to_school_org ELSE p.school_org END",
        ),
        "enrolment": Effect(registers=False),
    }
)
implements("rule-start-unknown", "amb-53", "rule-uda-private-schools")
