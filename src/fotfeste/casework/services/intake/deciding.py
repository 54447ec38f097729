"""Deciding, for all who came in, whether they belong to the service and who answers for them."""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
from django.db import connection
from django.db.backends.utils import CursorWrapper

from fotfeste import codes
from fotfeste.casework.services.intake.forms import Form, Outcome, outcome_of
from fotfeste.law.nearest import SchoolLevel, nearest_many
from fotfeste.law.outcomes import By
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.nearest import nearest_schools
from fotfeste.people.services.intake.history import FACTS

_ROWS = f"""
SELECT f.youth_id, f.born, f.has_completed, f.finished_compulsory, f.history, f.schools, f.district_code, f.latitude,
       f.longitude, f.stay_district, f.institution_latitude, f.institution_longitude, f.is_placed, f.unit_number,
       f.reason_code_raw, f.status_code, g.status_code AS registered_status, g.reason AS registered_reason, f.school_org
FROM ({FACTS}) f
LEFT JOIN casework_registration g ON NOT f.is_new AND g.youth_id = f.youth_id AND g.last_day IS NULL
"""

_NEAREST = {
    "upper_secondary": SchoolLevel.UPPER_SECONDARY,
    "lower_secondary": SchoolLevel.LOWER_SECONDARY,
    "school": SchoolLevel.UPPER_SECONDARY,
}
BATCH = 20_000


@dataclass(slots=True)
class _County:
    """What finding a unit needs to know of the county, fetched once."""

    county_id: int
    on: date
    admin: int
    apprenticeship: int
    by_district: dict[str, int]
    references: Any
    school_kinds: dict[int, tuple[str, bool, bool]] = field(default_factory=dict)

    @classmethod
    def of(cls, county_id: int, on: date) -> "_County":
        admin = units.education_admin_of(county_id=county_id).pk
        department = units.apprenticeship_department_of(county_id=county_id, on=on)
        return cls(
            county_id=county_id,
            on=on,
            admin=admin,
            apprenticeship=department.pk if department else admin,
            by_district={d.code: d.unit_id for d in units.districts(county_id=county_id, on=on)},
            references=units.unit_references(),
        )


@dataclass(slots=True)
class _Decided:
    """The rows of ``intake_decision`` under way, and the distances still to be measured."""

    rows: list[list[Any]] = field(default_factory=list)
    explanations: dict[int, str] = field(default_factory=dict)
    to_measure: dict[SchoolLevel, list[tuple[int, float, float]]] = field(default_factory=lambda: defaultdict(list))


def decide(cursor: CursorWrapper, *, source: str, county_id: int, on: date, is_older: bool) -> None:
    """
    Make ``intake_decision`` and ``intake_unit``: for each youth the memberships, the unit, why, and how far it is.

    The law is asked once for each form the facts take; half a million youths have some thousand forms.
    """
    county = _County.of(county_id, on)
    decided = _Decided()
    outcomes: dict[Form, tuple[Outcome, int]] = {}
    status_list = codes.list_on(on).name
    applied = {"non-applicants": "not_applied"}.get(source, "")
    with connection.connection.cursor(name="intake_facts") as facts:
        facts.itersize = BATCH
        facts.execute(_ROWS, {"county": county_id})
        for row in facts:
            form = _form(row, on, status_list, applied)
            known = outcomes.get(form)
            if known is None:
                outcome = outcome_of(form, on)
                known = outcomes[form] = (outcome, _remember(outcome, decided))
            _place(row, known[0], known[1], county, decided)
    _measure(decided, county)
    _write(cursor, decided)
    _belong(cursor, on, is_older)


def _form(row: Any, on: date, status_list: str, applied: str) -> Form:
    born: date = row[1]
    raw, status = row[14], row[15]
    reason = applied or (codes.read_vigo_reason(raw).reason.value if raw else row[17] or "")
    return Form(
        born_year=born.year,
        had_birthday=(born.month, born.day) <= (on.month, on.day),
        has_completed=row[2],
        finished_compulsory=row[3],
        history=row[4] or "",
        has_district=bool(row[6]),
        stays_elsewhere=bool(row[9]) and row[9] != row[6],
        has_point=row[7] is not None,
        is_placed=row[12],
        has_institution_point=row[10] is not None,
        reason=reason,
        status=status or row[16] or "",
        status_list=status_list if status else codes.CURRENT,
    )


def _remember(outcome: Outcome, decided: _Decided) -> int:
    """Number the outcome's explanation; equal explanations share a number."""
    body = json.dumps(outcome.to_dict(), ensure_ascii=False, sort_keys=True)
    for number, known in decided.explanations.items():
        if known == body:
            return number
    decided.explanations[len(decided.explanations)] = body
    return len(decided.explanations) - 1


def _place(row: Any, outcome: Outcome, explanation: int, county: _County, decided: _Decided) -> None:
    """Add the youth's row, with the unit where it can be named at once."""
    choice = outcome.unit.outcome
    holder: int | None = None
    ground, rule = "rule", choice.rule or ""
    schools = row[5] or ()
    if row[13]:
        holder = county.references.responsible(row[13])
        ground, rule = ("register", "") if holder else ("undecided", "")
    elif choice.enrolment_index is not None and choice.enrolment_index < len(schools):
        holder = schools[choice.enrolment_index]
    elif choice.by is By.APPRENTICESHIP_DEPARTMENT:
        holder = county.apprenticeship
    elif choice.by is By.DISTRICT_OF_REGISTERED_ADDRESS:
        holder = county.by_district.get(row[6])
    elif choice.by is By.DISTRICT_OF_STAY:
        holder = county.by_district.get(row[9] or row[6])
    elif choice.by is By.NEAREST_TO_REGISTERED_ADDRESS and row[7] is not None:
        decided.to_measure[_NEAREST[choice.unit_kind.value]].append((len(decided.rows), row[7], row[8]))
        holder = -1
    elif choice.by is By.NEAREST_TO_INSTITUTION and row[10] is not None:
        decided.to_measure[_NEAREST[choice.unit_kind.value]].append((len(decided.rows), row[10], row[11]))
        holder = -1
    if holder is None:
        holder, ground = county.admin, "undecided"
    membership = (outcome.statutory.outcome.value, outcome.local.outcome.value)
    decided.rows.append([row[0], *membership, explanation, holder, ground, rule, None, ""])


def _measure(decided: _Decided, county: _County) -> None:
    """Find the nearest school for all who wait for one, in one go for each kind of school."""
    for level, waiting in decided.to_measure.items():
        schools = nearest_schools(level=level, county_id=county.county_id, on=county.on)
        if not len(schools.candidates):
            for index, _, _ in waiting:
                decided.rows[index][4:6] = [county.admin, "undecided"]
            continue
        points = np.array([(lat, lon) for _, lat, lon in waiting])
        nearest, metres = nearest_many(points[:, 0], points[:, 1], schools.candidates)
        for (index, _, _), unit_id, distance in zip(
            waiting, schools.unit_ids[nearest].tolist(), metres.tolist(), strict=True
        ):
            row = decided.rows[index]
            row[4] = unit_id
            row[7], row[8] = round(distance), schools.candidates.data_version


def _write(cursor: CursorWrapper, decided: _Decided) -> None:
    ids = _store_explanations(cursor, decided.explanations)
    cursor.execute("DROP TABLE IF EXISTS pg_temp.intake_decision")
    cursor.execute(
        """CREATE TEMP TABLE intake_decision (youth_id bigint, statutory text, local text, explanation_id bigint,
           holder_id bigint, ground text, rule text, distance_metres integer, data_version text) ON COMMIT DROP"""
    )
    with cursor.copy("COPY intake_decision FROM STDIN") as copy:
        for row in decided.rows:
            row[3] = ids[row[3]]
            copy.write_row(row)
    cursor.execute("CREATE UNIQUE INDEX ON intake_decision (youth_id)")
    cursor.execute("ANALYZE intake_decision")


def _store_explanations(cursor: CursorWrapper, explanations: dict[int, str]) -> dict[int, int]:
    """Keep the explanations that are new, and return the ids of all."""
    by_digest = {hashlib.sha256(body.encode()).hexdigest(): (number, body) for number, body in explanations.items()}
    cursor.executemany(
        "INSERT INTO casework_explanation (digest, kind, body) VALUES (%s, 'intake', %s) ON CONFLICT DO NOTHING",
        [(digest, body) for digest, (_, body) in by_digest.items()],
    )
    cursor.execute("SELECT digest, id FROM casework_explanation WHERE digest = ANY(%s)", [list(by_digest)])
    return {by_digest[digest][0]: number for digest, number in cursor.fetchall()}


# A unit somebody chose by hand stays until somebody chooses again; a file older than what is known moves nobody.
_BELONG = """
CREATE TEMP TABLE intake_unit ON COMMIT DROP AS
SELECT d.youth_id, CASE WHEN NOT p.is_new AND (%(older)s OR y.known_on > %(on)s) THEN y.unit_id
                        ELSE coalesce(r.holder_id, d.holder_id) END AS unit_id
FROM intake_decision d JOIN intake_person p USING (youth_id)
LEFT JOIN people_youth y ON y.id = d.youth_id AND NOT p.is_new
LEFT JOIN casework_responsibility r ON NOT p.is_new AND r.youth_id = d.youth_id AND r.last_day IS NULL
  AND r.ground = 'manual'
"""


def _belong(cursor: CursorWrapper, on: date, is_older: bool) -> None:
    cursor.execute("DROP TABLE IF EXISTS pg_temp.intake_unit")
    cursor.execute(_BELONG, {"on": on, "older": is_older})
    cursor.execute("CREATE UNIQUE INDEX ON intake_unit (youth_id)")
    cursor.execute("ANALYZE intake_unit")
