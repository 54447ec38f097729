"""
Whether those who quit were talked with before they were signed out, in one place: to count, to list, and to say of one.

A leaver is somebody registered for having quit. They are signed out on their last day at school, as the school history
has it: the stretch that ended last before the registration, which may come some days later. Where the history tells of
none that ended lately, it is the day before the registration. That is said here alone, once for many and once for one.
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

#: A stretch of school that ended longer before the registration is not the one that was left.
LATELY = timedelta(days=92)

_LEFT = "r.reason = ANY(%(reasons)s) AND NOT r.is_preventive AND r.first_day BETWEEN %(since)s AND %(until)s"
_SIGNOUT = """coalesce((SELECT max(n.last_day) FROM people_enrolment n WHERE n.youth_id = r.youth_id
    AND n.superseded_at IS NULL AND n.last_day < r.first_day AND n.last_day >= r.first_day - %(lately)s),
    r.first_day - 1)"""
_TALKED = f"""EXISTS (SELECT FROM collaboration_meeting m WHERE m.youth_id = r.youth_id AND m.state = 'held'
    AND m.kind = ANY(%(talks)s) AND (m.starts_at AT TIME ZONE 'Europe/Oslo')::date <= {_SIGNOUT}
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


def last_day_at_school(*, first_day: date, enrolments: Iterable[Any]) -> date:
    """
    Return the day a leaver was signed out.

    :param first_day: of the registration.
    :param enrolments: the school history, of which only what stands is asked.
    """
    ended = (each.last_day for each in enrolments if each.last_day is not None)
    return max((day for day in ended if first_day - LATELY <= day < first_day), default=first_day - timedelta(1))


def not_talked_with(*, unit_ids: Iterable[int], today: date) -> list[tuple[Any, date]]:
    """
    Return the open registrations some units answer for of those who lately quit without it, the latest first.

    Each is with the last day at school.
    """
    statement = f"""SELECT r.id, {_SIGNOUT} FROM casework_registration r
        WHERE {_LEFT} AND r.last_day IS NULL AND r.unit_id = ANY(%(unit_ids)s) AND NOT {_TALKED}"""
    found = dict(fetch(statement, {**_values(today - LISTED_FOR, today), "unit_ids": list(unit_ids)}))
    rows = open_registrations().filter(pk__in=found).select_related("youth").order_by("-first_day", "pk")
    return [(row, found[row.pk]) for row in rows]


def lacks_talk(*, case: Any, enrolments: Iterable[Any], meetings: Iterable[Any]) -> bool:
    """Say whether somebody quit without a conversation before, from what is known of their meetings."""
    if not is_leaver(case):
        return False
    signout = last_day_at_school(first_day=case.first_day, enrolments=enrolments)
    days = (
        each.starts_at.astimezone(clock.OSLO).date()
        for each in meetings
        if each.kind in TALKS and each.state == MeetingState.HELD
    )
    return not any(case.first_day - WITHIN <= day <= signout for day in days)


def is_leaver(case: Any) -> bool:
    """Say whether a registration is of somebody who quit."""
    return case.reason in leaver_reasons() and not case.is_preventive


def _values(since: date, until: date) -> dict[str, Any]:
    return {
        "reasons": sorted(leaver_reasons()),
        "talks": sorted(TALKS),
        "within": WITHIN.days,
        "lately": LATELY.days,
        "since": since,
        "until": until,
    }
