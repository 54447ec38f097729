"""Possible duplicates among those who came in, for a person to decide."""

from datetime import datetime

from django.db.backends.utils import CursorWrapper

from fotfeste.people.services.duplicates import LASTING, find_possible_duplicates, record_pairs

# Of a pair one must lack a lasting number; so those who do are compared with all others, and nobody else is. The days
# are gathered once and looked up (IS TRUE keeps them from being joined, which goes through all of them for each youth).
_TO_COMPARE = """
SELECT y.id FROM people_youth y
WHERE y.county_id = %(county)s AND y.merged_into_id IS NULL AND NOT y.id_kind = ANY (%(lasting)s)
  AND (y.born IN (SELECT p.born FROM intake_person p WHERE p.is_new)) IS TRUE
"""
_NEW = "SELECT id FROM people_youth WHERE id = ANY (%s) AND recorded_at = %s"


def find_duplicates(cursor: CursorWrapper, *, county_id: int, now: datetime) -> int:
    """
    Note new youths who may be somebody already known, or each other; return how many pairs were not noted before.

    :param now: the moment the new ones were written with.
    """
    cursor.execute(_TO_COMPARE, {"county": county_id, "lasting": list(LASTING)})
    pairs = find_possible_duplicates(youth_ids=[youth_id for (youth_id,) in cursor.fetchall()])
    cursor.execute(_NEW, [[youth_id for pair in pairs for youth_id in (pair.first_id, pair.second_id)], now])
    new = {youth_id for (youth_id,) in cursor.fetchall()}
    return record_pairs(pairs=[pair for pair in pairs if new & {pair.first_id, pair.second_id}])
