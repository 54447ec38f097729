"""Writing the log, setting its seals, making its months, and checking that it holds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import OperationalError, connection, connections, transaction

from fotfeste.audit import followers
from fotfeste.kernel import clock

#: Months made ahead of today.
AHEAD = 3

# One statement, no RETURNING: whoever writes the log may not read it. What is about nobody belongs to the county of
# the one who did it, so that its privacy officer finds it.
_INSERT = """
INSERT INTO public.audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details, youth_ids)
VALUES (%(at)s, %(by)s, %(verb)s, %(about)s,
  coalesce(%(county)s, (SELECT y.county_id FROM public.people_youth y WHERE y.id = %(about)s), public.access_home_county()),
  %(screen)s, %(ground)s, %(details)s, %(youths)s)
"""

# The same for each of several youths, in one statement.
_INSERT_EACH = """
INSERT INTO public.audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details)
SELECT %(at)s, %(by)s, %(verb)s, told.about, coalesce(%(county)s, y.county_id, public.access_home_county()),
  '', '', told.details::jsonb
FROM unnest(%(abouts)s::bigint[], %(each)s::text[]) WITH ORDINALITY told(about, details, number)
LEFT JOIN public.people_youth y ON y.id = told.about
ORDER BY told.number
"""

# The ground of a reading is worked out from the same facts as the row policies use. Somebody who was shown and is not
# to be seen any more is logged all the same.
_INSERT_READ = """
INSERT INTO public.audit_entry (at, user_id, verb, youth_id, county_id, screen, ground, details)
SELECT %(at)s, %(by)s, 'read', asked.id, coalesce(y.county_id, public.access_home_county()), %(screen)s,
  public.access_ground(%(topic)s, y.id, y.county_id, y.unit_id), '{}'
FROM (VALUES (%(about)s::bigint)) asked(id) LEFT JOIN public.people_youth y ON y.id = asked.id
"""

# One entry for each ground the list was opened on; as a rule there is one.
_INSERT_LISTED = """
INSERT INTO public.audit_entry (at, user_id, verb, county_id, screen, ground, details, youth_ids)
SELECT %(at)s, %(by)s, 'listed', shown.county_id, %(screen)s, shown.ground, '{}', array_agg(shown.id ORDER BY shown.id)
FROM (SELECT asked.id, coalesce(y.county_id, public.access_home_county()) AS county_id,
             public.access_ground(%(topic)s, y.id, y.county_id, y.unit_id) AS ground
      FROM unnest(%(youths)s::bigint[]) asked(id) LEFT JOIN public.people_youth y ON y.id = asked.id) shown
GROUP BY shown.county_id, shown.ground
"""


def record(
    verb: str,
    *,
    by: int,
    about: int | None = None,
    county: int | None = None,
    details: dict[str, Any] | None = None,
    youths: Iterable[int] = (),
    ground: str = "",
) -> None:
    """
    Add an act to the log.

    :param verb: what was done, such as ``status.set``; details hold codes and ids, never names or free text.
    :param by: id of the user or system actor.
    :param about: id of the youth, when it is about one.
    :param youths: ids of those it is about, when it is about many at once, such as a list taken out.
    :param ground: why it may be known, when the act is a reading and no row policy opened it.
    """
    many = sorted(set(youths)) or None
    told = json.dumps(details or {})
    _write(_INSERT, verb=verb, by=by, about=about, county=county, details=told, youths=many, ground=ground)
    if about is not None:
        followers.tell(followers.Act(verb, about, by))


def record_each(
    verb: str,
    *,
    by: int,
    about: Mapping[int, Mapping[str, Any]] | Sequence[tuple[int, Mapping[str, Any]]],
    county: int | None = None,
) -> None:
    """
    Add the same act about each of several youths to the log, in one statement; one entry for each.

    :param about: youth id -> details, as for one; as pairs, where it may be about a youth more than once.
    """
    told = list(about.items()) if isinstance(about, Mapping) else about
    if told:
        abouts, each = [youth_id for youth_id, _details in told], [json.dumps(details) for _youth_id, details in told]
        _write(_INSERT_EACH, verb=verb, by=by, county=county, abouts=abouts, each=each)
        followers.tell(*(followers.Act(verb, youth_id, by) for youth_id in abouts))


def record_read(*, by: int, about: int, screen: str, topic: str = "identity") -> None:
    """
    Add to the log that a person was shown on a screen, with the ground that opened it.

    :param topic: what the screen shows of the person; each topic may be open on a ground of its own.
    """
    _write(_INSERT_READ, by=by, about=about, screen=screen, topic=topic)


def record_listed(*, by: int, youths: Iterable[int], screen: str, topic: str = "identity") -> None:
    """Add to the log that persons were shown in a list, in one entry for each ground that opened them."""
    shown = sorted(set(youths))
    if shown:
        _write(_INSERT_LISTED, by=by, youths=shown, screen=screen, topic=topic)


def record_refusal(
    *, by: int, ground: str, screen: str, about: int | None = None, details: dict[str, Any] | None = None
) -> None:
    """Add to the log that somebody was refused something: what they asked for, and why it was not open."""
    shown = json.dumps(details or {})
    _write(_INSERT, verb="refused", by=by, about=about, ground=ground, screen=screen, details=shown)


def _write(statement: str, **values: Any) -> None:
    nothing = {"about": None, "county": None, "youths": None, "screen": "", "ground": "", "details": "{}"}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**nothing, "at": clock.now(), **values})


def seal() -> int | None:
    """
    Chain the entries since the last seal; return how many, or None when the log was busy and it must be tried again.

    Called by a job every minute and by ``fotfeste check``.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT audit_set_seal()")
            return int(cursor.fetchone()[0])
    except OperationalError:
        return None


def first_broken_seal() -> int | None:
    """Return the number of the first seal whose entries were changed or removed, or None when all hold."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_first_broken_seal()")
        row = cursor.fetchone()
    return row[0] if row else None


def make_months(*, today: date, using: str = "default") -> int:
    """
    Make the log's parts for this month and those ahead; return how many were made.

    A month that is missing stops nothing: its entries wait among the rest and are taken along when it is made.
    """
    first = today.replace(day=1)
    months = [_months_after(first, number) for number in range(AHEAD + 1)]
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM unnest(%s::date[]) day WHERE audit_make_month(day)", [months])
        return int(cursor.fetchone()[0])


def _months_after(first: date, number: int) -> date:
    month = first.month - 1 + number
    return date(first.year + month // 12, month % 12 + 1, 1)
