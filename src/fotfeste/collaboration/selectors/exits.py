"""
Whether those who quit were talked with before they were signed out, in one place: to count, to list, and to say of one.

A leaver is somebody registered for having quit. The registration begins the day after the last one at school.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from fotfeste.casework.selectors.counting import Among, fetch
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.codes.registration_reason import reason_texts
from fotfeste.collaboration.enums import MeetingKind, MeetingState
from fotfeste.kernel import clock
from fotfeste.spec import implements

#: The conversations that count. Source: ind-exit-before-signout.
TALKS = frozenset({MeetingKind.EXIT, MeetingKind.CLARIFICATION})
#: A conversation before this has to do with something else.
WITHIN = timedelta(days=365)
#: Leavers who were not talked with are listed for so long.
LISTED_FOR = timedelta(days=90)

_LEFT = "r.reason = ANY(%(reasons)s) AND NOT r.is_preventive AND r.first_day BETWEEN %(since)s AND %(until)s"
_TALKED = """EXISTS (SELECT FROM collaboration_meeting m WHERE m.youth_id = r.youth_id AND m.state = 'held'
    AND m.kind = ANY(%(talks)s) AND (m.starts_at AT TIME ZONE 'Europe/Oslo')::date < r.first_day
    AND (m.starts_at AT TIME ZONE 'Europe/Oslo')::date >= r.first_day - %(within)s)"""
_SCHOOL = """(SELECT n.school_id FROM people_enrolment n WHERE n.youth_id = r.youth_id AND n.superseded_at IS NULL
    AND n.last_day < r.first_day ORDER BY n.last_day DESC, n.id DESC LIMIT 1)"""


def leaver_reasons() -> frozenset[str]:
    """Return the reasons for being registered that mean that somebody quit."""
    return frozenset(reason.value for reason, text in reason_texts().items() if text.group == "quit")


@implements("ind-exit-before-signout")
def talked_before_signout(*, since: date, until: date, among: Among) -> tuple[int, int]:
    """
    Count, of those who quit, the ones with a clarification or exit conversation before: (so many, of so many).

    A school's leavers are those who left it, whoever answers for them now.
    """
    written, values = "", _values(since, until)
    if among.county_ids is not None:
        written += " AND r.county_id = ANY(%(county_ids)s::smallint[])"
        values["county_ids"] = list(among.county_ids)
    if among.unit_ids is not None:
        written += f" AND {_SCHOOL} = ANY(%(unit_ids)s::bigint[])"
        values["unit_ids"] = list(among.unit_ids)
    if among.district_code is not None:
        written += " AND r.district_code = %(district_code)s"
        values["district_code"] = among.district_code
    if among.protected is not None:
        there = "EXISTS (SELECT FROM people_youth y WHERE y.id = r.youth_id AND y.protection <> 'none')"
        written += f" AND {'' if among.protected else 'NOT '}{there}"
    statement = f"""SELECT count(*) FILTER (WHERE {_TALKED}), count(*)
        FROM casework_registration r WHERE {_LEFT} {written}"""
    ((talked, of),) = fetch(statement, values)
    return talked, of


def not_talked_with(*, unit_ids: Iterable[int], today: date) -> list[Any]:
    """Return the open registrations some units answer for of those who lately quit without it, the latest first."""
    statement = f"""SELECT r.id FROM casework_registration r
        WHERE {_LEFT} AND r.last_day IS NULL AND r.unit_id = ANY(%(unit_ids)s) AND NOT {_TALKED}"""
    found = fetch(statement, {**_values(today - LISTED_FOR, today), "unit_ids": list(unit_ids)})
    rows = open_registrations().filter(pk__in=[pk for (pk,) in found]).select_related("youth")
    return list(rows.order_by("-first_day", "pk"))


def lacks_talk(*, reason: str, first_day: date, is_preventive: bool, meetings: Iterable[Any]) -> bool:
    """Say whether somebody quit without a conversation before, from what is known of their meetings."""
    if reason not in leaver_reasons() or is_preventive:
        return False
    days = (
        each.starts_at.astimezone(clock.OSLO).date()
        for each in meetings
        if each.kind in TALKS and each.state == MeetingState.HELD
    )
    return not any(first_day - WITHIN <= day < first_day for day in days)


def _values(since: date, until: date) -> dict[str, Any]:
    return {
        "reasons": sorted(leaver_reasons()),
        "talks": sorted(TALKS),
        "within": WITHIN.days,
        "since": since,
        "until": until,
    }
