"""
The yardstick of the worklist: what somebody would write who may see every row and filters by hand. FROZEN.

It reads the columns the list shows and no others, and says itself whose rows they are.
"""

FROZEN = "2026-11-28"

#: Whose rows: a school's, a district's with those its round asks about, a county's, everybody's.
WHOSE = {
    "counsellor": "r.unit_id = %(unit)s",
    "district": """(r.unit_id = %(unit)s OR r.youth_id = ANY (ARRAY(
        SELECT g.youth_id FROM access_grant g WHERE g.unit_id = %(unit)s AND g.topic = 'status'
          AND g.first_day <= %(today)s AND (g.last_day IS NULL OR g.last_day >= %(today)s))))""",
    "county": "r.county_id = 3",
    "country": "true",
}

FILTERS = {
    "all": "true",
    "status": "r.status_code = 'OTAR'",
    "unknown since": "r.unknown_since <= %(today)s - 90",
    "must be confirmed": "r.status_confirm_by < %(today)s",
    "no contact": "(r.last_contact_on IS NULL OR r.last_contact_on <= %(today)s - 30)",
    "one district": "r.district_code = '030105' AND (y.protection = 'none' OR r.county_id = ANY (%(protected)s))",
}

#: The lists made ready that ask other tables: the condition, and the actors whose whole list it can be known of.
READY = {
    "no_person": ("r.counsellor_id IS NULL AND NOT r.is_preventive", ("counsellor", "county")),
    "two_years": (
        """EXISTS (SELECT FROM casework_registration b WHERE b.youth_id = r.youth_id
        AND b.school_year = r.school_year - 1 AND NOT b.is_preventive)""",
        ("counsellor", "county"),
    ),
    "no_plan": (
        """NOT r.is_preventive AND NOT EXISTS (SELECT FROM collaboration_plan p WHERE p.youth_id = r.youth_id
        AND p.ended_on IS NULL)""",
        ("counsellor",),
    ),
    "plan_ends": (
        """EXISTS (SELECT FROM collaboration_plan p WHERE p.youth_id = r.youth_id AND p.ended_on IS NULL
        AND p.last_day <= %(today)s + 30)""",
        ("counsellor",),
    ),
    "handover_open": (
        """EXISTS (SELECT FROM collaboration_record c WHERE c.youth_id = r.youth_id AND c.kind = 'handover'
        AND c.answer = '')""",
        ("counsellor", "county"),
    ),
    "waiting_nav": (
        """EXISTS (SELECT FROM collaboration_record c LEFT JOIN organisations_unit t ON t.id = c.to_unit_id
        LEFT JOIN organisations_unit a ON a.id = c.asked_unit_id WHERE c.youth_id = r.youth_id
        AND c.answer IN ('', 'received') AND (t.kind = 'nav_office' OR a.kind = 'nav_office'))""",
        ("counsellor", "county"),
    ),
    "consent_ends": (
        """EXISTS (SELECT FROM consent_release c WHERE c.youth_id = r.youth_id AND c.answer <> 'no'
        AND c.withdrawn_at IS NULL AND c.last_day BETWEEN %(today)s AND %(today)s + 30
        AND NOT EXISTS (SELECT FROM consent_release n WHERE n.renews_id = c.id))""",
        ("counsellor", "county"),
    ),
    "not_on_round": (
        """r.status_code = 'OTUK' AND r.unknown_since IS NOT NULL AND NOT EXISTS (SELECT FROM lists_otuk_row o
        JOIN lists_otuk_round n ON n.id = o.round_id WHERE o.youth_id = r.youth_id AND n.on >= r.unknown_since)""",
        ("county",),
    ),
}
FILTERS |= {name: condition for name, (condition, _actors) in READY.items()}

ORDERS = {
    "promise": "r.next_promise_on NULLS LAST, r.status_confirm_by NULLS LAST, r.id",
    "name": "y.name_key, r.id",
}

_PAGE = """
SELECT r.id, r.youth_id, r.county_id, r.unit_id, r.status_code, r.status_since, r.status_confirm_by, r.unknown_since,
  r.first_contact_on, r.last_contact_on, r.last_attempt_on, r.attempts, r.next_promise_on, r.reason, r.district_code,
  r.is_preventive, y.first_name, y.last_name, y.born, y.protection, u.name, w.name
FROM casework_registration r JOIN people_youth y ON y.id = r.youth_id JOIN organisations_unit u ON u.id = r.unit_id
LEFT JOIN access_user w ON w.id = r.counsellor_id
WHERE r.last_day IS NULL AND {whose} AND {filter} ORDER BY {order} LIMIT 50
"""

_COUNT = """
SELECT count(*) FROM casework_registration r {join} WHERE r.last_day IS NULL AND {whose} AND {filter}
"""

_COUNTERS = """
SELECT count(*), count(*) FILTER (WHERE r.status_code = 'OTUK'), count(*) FILTER (WHERE r.first_contact_on IS NULL),
  count(*) FILTER (WHERE r.first_contact_on IS NULL AND r.attempts > 0),
  count(*) FILTER (WHERE r.first_day >= %(today)s - 14),
  count(*) FILTER (WHERE r.reason LIKE 'quit%%' AND r.first_day >= %(today)s - 30),
  count(*) FILTER (WHERE y.born BETWEEN %(oldest)s AND %(oldest_end)s),
  count(*) FILTER (WHERE r.status_confirm_by < %(today)s)
FROM casework_registration r JOIN people_youth y ON y.id = r.youth_id
WHERE r.last_day IS NULL AND {whose} AND {filter}
"""

#: Whose the youths are, when a name is looked for.
WHOSE_NAME = {
    "counsellor": "y.unit_id = %(unit)s",
    "district": """(y.unit_id = %(unit)s OR y.id = ANY (ARRAY(
        SELECT g.youth_id FROM access_grant g WHERE g.unit_id = %(unit)s AND g.topic = 'identity'
          AND g.first_day <= %(today)s AND (g.last_day IS NULL OR g.last_day >= %(today)s))))""",
    "county": "y.county_id = 3",
    "country": "true",
}

#: The beginning of a last name, as it is typed and as what follows it in the alphabet.
NAME = ("han", "hao")

_SEARCH = """
SELECT y.id, y.first_name, y.last_name, y.born, y.protection, y.unit_id, u.name
FROM people_youth y JOIN organisations_unit u ON u.id = y.unit_id
WHERE {whose} AND y.name_key >= '{first}' AND y.name_key < '{after}' AND y.merged_into_id IS NULL
ORDER BY y.name_key, y.id LIMIT 26
"""

_WITH_YOUTH = "JOIN people_youth y ON y.id = r.youth_id"


def page(actor: str, chosen: str, order: str) -> str:
    """Return the query of the first fifty rows with names."""
    return _PAGE.format(whose=WHOSE[actor], filter=FILTERS[chosen], order=ORDERS[order])


def count(actor: str, chosen: str) -> str:
    """Return the query of how many there are; the youths' own table is read only where the filter asks for it."""
    join = _WITH_YOUTH if "y." in FILTERS[chosen] else ""
    return _COUNT.format(whose=WHOSE[actor], filter=FILTERS[chosen], join=join)


def counters(actor: str, chosen: str) -> str:
    """Return the query of the figures above the list."""
    return _COUNTERS.format(whose=WHOSE[actor], filter=FILTERS[chosen])


def search(actor: str, chosen: str) -> str:
    """Return the query of whom a name finds."""
    return _SEARCH.format(whose=WHOSE_NAME[actor], first=NAME[0], after=NAME[1])
