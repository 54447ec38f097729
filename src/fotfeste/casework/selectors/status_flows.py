"""Where youths went: from one day to another, from one set of statuses to another. Shares are (count, of)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from fotfeste.casework.selectors.counting import (
    EVERYBODY,
    Among,
    By,
    CodeSet,
    columns_of,
    fetch,
    joined,
    limits,
    within,
)

_COVERS = "e.superseded_at IS NULL AND e.first_day <= %(on)s AND e.until >= %(on)s"


@dataclass(frozen=True, slots=True)
class Part:
    """So many youths of so many."""

    keys: tuple[Any, ...]
    count: int
    of: int


def _parts(condition: str, *, starting: str, values: dict[str, Any], among: Among, by: tuple[By, ...]) -> list[Part]:
    """Count the events that hold a condition among those the start picks out, one event for each youth."""
    narrowed, narrowing = limits(among)
    columns = columns_of(by)
    grouped = f"GROUP BY {columns.rstrip(', ')}" if by else ""
    statement = f"""SELECT {columns} count(*) FILTER (WHERE {condition}), count(*)
        FROM casework_status_event e {joined(by, among)} WHERE {starting} {narrowed} {grouped}"""
    rows = fetch(statement, {**values, **narrowing})
    return [Part(tuple(keys), count, of) for *keys, count, of in rows if of]


def reached_between(
    *, on: date, before: date, statuses: CodeSet, among: Among = EVERYBODY, by: tuple[By, ...] = ()
) -> list[Part]:
    """Count, of those with one of the statuses on a day, the ones real contact was made with before another."""
    condition = """EXISTS (SELECT FROM casework_contact_attempt a WHERE a.youth_id = e.youth_id AND a.is_contact
        AND a.superseded_at IS NULL AND a."on" >= %(on)s AND a."on" < %(before)s)"""
    values = {"on": on, "before": before, **statuses.parameters("start")}
    return _parts(condition, starting=f"{_COVERS} AND {within('start')}", values=values, among=among, by=by)


def came_to(
    *, on: date, until: date, start: CodeSet, goal: CodeSet, among: Among = EVERYBODY, by: tuple[By, ...] = ()
) -> list[Part]:
    """Count, of those with a status of ``start`` on a day, the ones who came to one of ``goal`` by another day."""
    condition = f"""EXISTS (SELECT FROM casework_status_event g WHERE g.youth_id = e.youth_id
        AND g.superseded_at IS NULL AND g.first_day > %(on)s AND g.first_day <= %(until)s
        AND {within("goal", "g")})"""
    values = {"on": on, "until": until, **start.parameters("start"), **goal.parameters("goal")}
    return _parts(condition, starting=f"{_COVERS} AND {within('start')}", values=values, among=among, by=by)


def on_both_days(
    *, on: date, then: date, statuses: CodeSet, among: Among = EVERYBODY, by: tuple[By, ...] = ()
) -> list[Part]:
    """Count, of those with one of the statuses on a day, the ones who had one of them on a later day too, anywhere."""
    condition = f"""EXISTS (SELECT FROM casework_status_event g WHERE g.youth_id = e.youth_id
        AND g.superseded_at IS NULL AND g.first_day <= %(then)s AND g.until >= %(then)s
        AND {within("start", "g")})"""
    values = {"on": on, "then": then, **statuses.parameters("start")}
    return _parts(condition, starting=f"{_COVERS} AND {within('start')}", values=values, among=among, by=by)


def outside_for(
    *,
    on: date,
    days: int,
    statuses: CodeSet,
    inside: CodeSet,
    among: Among = EVERYBODY,
    by: tuple[By, ...] = (),
) -> list[Part]:
    """
    Count, of those with one of the statuses on a day, the ones who for so many days had none of those ``inside``.

    Only what the statuses tell is counted: a youth who first came to the service yesterday has been outside one day.
    """
    inside_lately = f"""EXISTS (SELECT FROM casework_status_event g WHERE g.youth_id = e.youth_id
        AND g.superseded_at IS NULL AND g.first_day <= %(on)s AND g.until > %(since)s AND {within("inside", "g")})"""
    known_then = """EXISTS (SELECT FROM casework_status_event g WHERE g.youth_id = e.youth_id
        AND g.superseded_at IS NULL AND g.first_day <= %(since)s)"""
    since = date.fromordinal(on.toordinal() - days)
    values = {"on": on, "since": since, **statuses.parameters("start"), **inside.parameters("inside")}
    condition = f"{known_then} AND NOT {inside_lately}"
    return _parts(condition, starting=f"{_COVERS} AND {within('start')}", values=values, among=among, by=by)


def entrants_who_came_to(
    *, since: date, until: date, days: int, goal: CodeSet, among: Among = EVERYBODY, by: tuple[By, ...] = ()
) -> list[Part]:
    """
    Count, of those registered from ``since`` to ``until``, the ones who within so many days came to one of ``goal``.

    A youth belongs where the first status of the registration was. Preventive registrations do not count: those
    youths have not left education.
    """
    in_county, _ = limits(Among(county_ids=among.county_ids), alias="f")
    starting = f"""e.superseded_at IS NULL AND e.id IN (
        SELECT DISTINCT ON (f.registration_id) f.id FROM casework_status_event f
        JOIN casework_registration g ON g.id = f.registration_id
        WHERE g.first_day BETWEEN %(since)s AND %(until)s AND NOT g.is_preventive
          AND f.superseded_at IS NULL {in_county}
        ORDER BY f.registration_id, f.first_day, f.id)"""
    condition = f"""EXISTS (SELECT FROM casework_status_event g WHERE g.youth_id = e.youth_id
        AND g.superseded_at IS NULL AND g.first_day >= e.first_day AND g.first_day <= e.first_day + %(days)s
        AND {within("goal", "g")})"""
    values = {"since": since, "until": until, "days": days, **goal.parameters("goal")}
    return _parts(condition, starting=starting, values=values, among=among, by=by)
