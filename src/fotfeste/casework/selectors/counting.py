"""What the counts of statuses have in common: by what they are cut, among whom, and as known when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import connection

from fotfeste import codes

#: Each list has an index of its own, so a count asks for one list at a time and never reads which it was.
LISTS = (codes.CURRENT, codes.LIST_2011)


class By(StrEnum):
    """What counts are cut by. District and reason are those of the registration, the others those of the day."""

    COUNTY = "county"
    UNIT = "unit"
    DISTRICT = "district"
    REASON = "reason"


COLUMNS = {
    By.COUNTY: "e.county_then",
    By.UNIT: "e.unit_then",
    By.DISTRICT: "r.district_code",
    By.REASON: "r.reason",
}
_OF_REGISTRATION = frozenset({By.DISTRICT, By.REASON})


@dataclass(frozen=True, slots=True)
class Among:
    """
    Whom to count: those who belonged to the counties and units on the day, and live in the district.

    None is no limit; an empty tuple is nobody. Row policies have the last word on what can be counted at all.

    :ivar protected: only those under protection, or only the others.
    """

    county_ids: tuple[int, ...] | None = None
    unit_ids: tuple[int, ...] | None = None
    district_code: str | None = None
    protected: bool | None = None


EVERYBODY = Among()


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Codes of all lists that mean something together, such as the target group."""

    members: frozenset[tuple[str, str]]

    def __contains__(self, member: tuple[str, str]) -> bool:
        return member in self.members

    def parameters(self, name: str) -> dict[str, list[str]]:
        """Return the set as the two arrays that ``within`` reads."""
        ordered = sorted(self.members)
        return {f"{name}_lists": [each[0] for each in ordered], f"{name}_codes": [each[1] for each in ordered]}


def within(name: str, alias: str = "e") -> str:
    """Return the condition that an event's code is in the set whose parameters have the name."""
    arrays = f"unnest(%({name}_lists)s::text[], %({name}_codes)s::text[])"
    return f"({alias}.code_list, {alias}.code) IN (SELECT * FROM {arrays})"


def columns_of(by: tuple[By, ...]) -> str:
    """Return the columns of the cut, ready to be followed by others."""
    return "".join(f"{COLUMNS[each]}, " for each in by)


def joined(by: tuple[By, ...], among: Among) -> str:
    """Return the join with the registration when the cut or the limits need it."""
    if _OF_REGISTRATION.isdisjoint(by) and among.district_code is None:
        return ""
    return "JOIN casework_registration r ON r.id = e.registration_id"


def limits(among: Among, alias: str = "e") -> tuple[str, dict[str, Any]]:
    """Return the conditions that narrow events, each with AND in front, and their parameters."""
    written = ""
    values: dict[str, Any] = {}
    if among.county_ids is not None:
        written += f" AND {alias}.county_then = ANY(%(county_ids)s::smallint[])"
        values["county_ids"] = list(among.county_ids)
    if among.unit_ids is not None:
        written += f" AND {alias}.unit_then = ANY(%(unit_ids)s::bigint[])"
        values["unit_ids"] = list(among.unit_ids)
    if among.district_code is not None:
        written += " AND r.district_code = %(district_code)s"
        values["district_code"] = among.district_code
    if among.protected is not None:
        there = f"(SELECT FROM people_youth y WHERE y.id = {alias}.youth_id AND y.protection <> 'none')"
        written += f" AND {'' if among.protected else 'NOT '}EXISTS {there}"
    return written, values


def known(known_at: datetime | None, alias: str = "e") -> str:
    """Return the condition that an event is known now, or was known at the moment ``known_at``."""
    if known_at is None:
        return f"{alias}.superseded_at IS NULL"
    return (
        f"{alias}.recorded_at <= %(known_at)s"
        f" AND ({alias}.superseded_at IS NULL OR {alias}.superseded_at > %(known_at)s)"
    )


def fetch(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Run one statement in the actor's scope and return its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
