"""Writing memberships, registrations, responsibilities and statuses for all who came in."""

from datetime import date, datetime

from django.db.backends.utils import CursorWrapper

from fotfeste import codes
from fotfeste.casework.services import standing
from fotfeste.casework.services.intake import statements
from fotfeste.casework.services.intake.effects import EFFECTS, FILE_DAY
from fotfeste.law.dated import BeforeOurHorizon
from fotfeste.law.school_year import school_year_of
from fotfeste.law.status_rules import reconfirmation_due


def record(
    cursor: CursorWrapper,
    *,
    source: str,
    county_id: int,
    on: date,
    now: datetime,
    actor_id: int,
    import_id: int,
    is_older: bool,
) -> None:
    """
    Write what the import means for the cases and note in ``intake_touched`` whose changed.

    :param on: the day the file speaks of; a status known from a later day stays.
    :param actor_id: the system actor or person the import runs as.
    """
    effect = EFFECTS[source]
    status_list = codes.list_on(on).name
    values = {
        "county": county_id,
        "source": source,
        "on": on,
        "now": now,
        "actor": actor_id,
        "import": import_id,
        "older": is_older and effect.is_snapshot,
        "year": school_year_of(on).start_year,
        "preventive": effect.is_preventive,
        "basis": effect.basis,
        "list": status_list,
        "confirm_by": _confirm_by(on),
        "known": [[status.code.lower(), status.code] for status in codes.codes_in_order(status_list)],
    }
    fill = {"first_day": effect.first_day, "reason": effect.reason, "status": effect.status}
    run = cursor.execute
    run(statements.MEMBERSHIPS_CLOSED, values)
    run(statements.MEMBERSHIPS, values)
    run("DROP TABLE IF EXISTS pg_temp.intake_code, pg_temp.intake_raw_reason, pg_temp.intake_status")
    run("CREATE TEMP TABLE intake_code (lowered text, code text) ON COMMIT DROP")
    cursor.executemany("INSERT INTO intake_code VALUES (%s, %s)", values["known"])
    run("CREATE TEMP TABLE intake_raw_reason (raw text, reason text) ON COMMIT DROP")
    run("SELECT DISTINCT reason_code_raw FROM intake_person WHERE reason_code_raw IS NOT NULL")
    raws = [(raw, codes.read_vigo_reason(raw).reason.value) for (raw,) in cursor.fetchall()]
    cursor.executemany("INSERT INTO intake_raw_reason VALUES (%s, %s)", raws)
    if effect.registers:
        run(statements.PREVENTIVE_CLOSED.format(**fill), values)
        run(statements.REGISTRATIONS.format(**fill), values)
    run(statements.RESPONSIBILITIES_CLOSED, values)
    run(statements.RESPONSIBILITIES, values)
    run(statements.WANTED_STATUSES.format(**fill), values)
    run("CREATE UNIQUE INDEX ON intake_status (youth_id)")
    for statement in (statements.STATUSES_CLOSED, statements.STATUSES, statements.STANDING):
        run(statement, values)
    for told_otherwise in (statements.GOES_ON, *([statements.AHEAD] if effect.first_day != FILE_DAY else [])):
        run(told_otherwise, values)
        standing.refresh(youth_ids=[row[0] for row in cursor.fetchall()])
    run(statements.AUDITED, values)


def _confirm_by(on: date) -> date | None:
    """Return until when a status of this day stands, or None for a day before the oldest rule we hold."""
    try:
        return reconfirmation_due(on)
    except BeforeOurHorizon:
        return None
