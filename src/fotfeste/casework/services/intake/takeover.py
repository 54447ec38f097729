"""
Taking over cases with their past from another system: registrations, statuses, contact attempts, in one go.

The youths must be known already. Used for the synthetic county and for a county's own history (README, "Ta i bruk").
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from fotfeste.casework.services import registrars, standing
from fotfeste.casework.services.intake import takeover_statements as sql
from fotfeste.kernel.clock import OSLO
from fotfeste.organisations.selectors import units


@dataclass(frozen=True, slots=True)
class TakenOver:
    """How many of each were taken over, and how many lines spoke of nobody known."""

    youths: int
    statuses: int
    attempts: int
    unknown: int


@transaction.atomic
def take_over(*, lines: Iterable[str], county_id: int, actor_id: int) -> TakenOver:
    """
    Take over cases told as JSON lines (the form is described in ``integrations/synthetic/history.py``).

    Runs inside the scope of a system actor for the county. A youth who has a registration already is left alone.
    """
    with connection.cursor() as cursor:
        for statement in sql.TABLES:
            cursor.execute(statement)
        found, unknown = _read(lines, county_id)
        for table, rows in found.items():
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        cursor.execute(sql.ALREADY_HERE)
        values = {"county": county_id, "actor": actor_id}
        for statement in sql.STATEMENTS:
            cursor.execute(statement, values)
        cursor.execute("SELECT youth_id FROM past_case ORDER BY youth_id")
        standing.refresh(youth_ids=[row[0] for row in cursor.fetchall()])
        cursor.execute("SELECT youth_id FROM past_case WHERE rule = 'unit-apprentice' ORDER BY youth_id")
        former = [row[0] for row in cursor.fetchall()]
        registrars.refresh(youth_ids=former)
        return TakenOver(
            youths=_count(cursor, "past_case"),
            statuses=_count(cursor, "past_status"),
            attempts=_count(cursor, "past_attempt"),
            unknown=unknown,
        )


def _count(cursor: CursorWrapper, table: str) -> int:
    cursor.execute(f"SELECT count(*) FROM {table}")
    return int(cursor.fetchone()[0])


def _known_youths(county_id: int) -> tuple[dict[str, int], dict[tuple[str, str, date], int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, national_id, first_name, last_name, born FROM people_youth WHERE county_id = %s"
            " ORDER BY is_number_contested DESC",
            [county_id],
        )
        rows = cursor.fetchall()
    by_number = {number: youth for youth, number, *_ in rows if number}
    by_name = {(first, last, born): youth for youth, number, first, last, born in rows if not number}
    return by_number, by_name


def _read(lines: Iterable[str], county_id: int) -> tuple[dict[str, list[tuple[Any, ...]]], int]:
    by_number, by_name = _known_youths(county_id)
    references = units.unit_references()
    admin = units.education_admin_of(county_id=county_id).pk
    found: dict[str, list[tuple[Any, ...]]] = {
        n: [] for n in ("past_case", "past_registration", "past_status", "past_attempt")
    }
    unknown = 0
    for line in lines:
        told = json.loads(line)
        person = told["person"]
        named = (person["first_name"], person["last_name"], date.fromisoformat(person["born"]))
        youth = by_number.get(person["national_id"] or "") or by_name.get(named)
        if youth is None:
            unknown += 1
            continue
        holder = references.responsible(told["responsible"]["unit"]) or admin
        _case(youth, holder, told, found)
    return found, unknown


def _case(youth: int, holder: int, told: Mapping[str, Any], found: dict[str, list[tuple[Any, ...]]]) -> None:
    confirmed = told["confirmed_on"]
    found["past_case"].append((youth, holder, told["responsible"]["rule"], confirmed))
    for number, registration in enumerate(told["registrations"]):
        last = registration["last_day"]
        found["past_registration"].append(
            (youth, number, registration["school_year"], registration["reason"], registration["raw_reason"],
             registration["first_day"], last, registration["end_reason"])
        )  # fmt: skip
        steps = registration["statuses"]
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            until = following["first_day"] if following else None
            found["past_status"].append(
                (youth, number, step["code"], step["first_day"], until, last, step["basis"], step["text"][:200],
                 _morning_of(step["first_day"]))
            )  # fmt: skip
    for attempt in told["attempts"]:
        is_contact = attempt["result"] == "answered" and attempt["answered_by"] == "youth"
        found["past_attempt"].append(
            (youth, attempt["on"], attempt["channel"], attempt["direction"], attempt["result"], attempt["answered_by"],
             is_contact, _morning_of(attempt["on"]))
        )  # fmt: skip


def _morning_of(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(9), tzinfo=OSLO)
