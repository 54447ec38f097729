"""Writing memberships, registrations, responsibilities and statuses for all who came in."""

import json
from datetime import datetime
from typing import Any

from django.db.backends.utils import CursorWrapper

from fotfeste.casework.services import hand_over, registrars, standing
from fotfeste.casework.services.intake import statements
from fotfeste.casework.services.intake.effects import Effect
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.spec import implements

_TABLES = "DROP TABLE IF EXISTS pg_temp.intake_status, pg_temp.intake_left"


@implements("rule-status-history")
def record(
    cursor: CursorWrapper,
    *,
    effect: Effect,
    values: dict[str, Any],
    source: str,
    now: datetime,
    actor_id: int,
    details: dict[str, Any],
    is_older: bool,
    has_known: bool,
    act: str = "import",
) -> None:
    """
    Write what the import means for the cases and note in ``intake_touched`` whose changed.

    :param values: those ``planning.plan_cases`` returned.
    :param actor_id: the system actor or person the import runs as.
    :param act: what the log calls it, with ``details``.
    """
    values = {
        **values,
        "source": source,
        "now": now,
        "actor": actor_id,
        "is_older": is_older,
        "details": json.dumps(details),
        "act": act,
        "confirm_by": standing.confirm_by(readings=readings_for(county_id=values["county"]), confirmed_on=values["on"]),
    }
    cursor.execute(statements.MEMBERSHIPS_OF_NEW, values)
    if has_known:
        cursor.execute(statements.MEMBERSHIPS_CLOSED, values)
        cursor.execute(statements.MEMBERSHIPS_OF_KNOWN, values)
    if effect.registers or has_known:
        _record_cases(cursor, values, registers=effect.registers or effect.ends_preventive)
        registrars.refresh_intake(cursor)
    cursor.execute(statements.AUDITED, values)


def _record_cases(cursor: CursorWrapper, values: dict[str, Any], *, registers: bool) -> None:
    if registers:
        for statement in (statements.PREVENTIVE_ENDED, statements.FORWARDED, statements.REGISTRATIONS):
            cursor.execute(statement, values)
    cursor.execute(_TABLES)
    for statement in (
        statements.DISTRICTS,
        statements.DISTRICTS_HIDDEN,
        statements.RESPONSIBILITIES_FORWARDED,
        statements.RESPONSIBILITIES_CLOSED,
        statements.RESPONSIBILITIES,
        statements.WANTED_STATUSES,
        statements.STATUSES_CLOSED,
        statements.STATUSES,
        statements.COUNSELLORS_LEFT,
        statements.COUNSELLORS_CLOSED,
        statements.COUNSELLORS,
        statements.MOVED,
        statements.CONFIRMED,
        statements.STANDING_CHANGED,
    ):
        cursor.execute(statement, values)
    standing.refresh(youth_ids=[youth_id for (youth_id,) in cursor.fetchall()])
    cursor.execute("SELECT DISTINCT youth_id FROM intake_moved")
    hand_over.refresh(youth_ids=[youth_id for (youth_id,) in cursor.fetchall()])
