"""Whose unit may become another when some units change: so that nobody else need be judged anew."""

from typing import Any

from django.db import connection

from fotfeste.law.outcomes import By
from fotfeste.organisations.services.unit_followers import Changing

# Answers that are looked for among all the county's units, so that any of them may change them.
_SOUGHT = (By.NEAREST_TO_REGISTERED_ADDRESS, By.NEAREST_TO_INSTITUTION, By.APPRENTICESHIP_DEPARTMENT)

_RESTING = """
WITH y AS (SELECT id, unit_id FROM people_youth WHERE county_id = %(county)s AND merged_into_id IS NULL)
SELECT id FROM y WHERE unit_id = ANY (%(units)s)
UNION
SELECT y.id FROM y JOIN people_enrolment e ON e.youth_id = y.id
WHERE e.superseded_at IS NULL AND e.school_id = ANY (%(units)s)
UNION
SELECT y.id FROM y JOIN people_address a ON a.youth_id = y.id
WHERE a.superseded_at IS NULL AND a.district_code = ANY (%(codes)s)
UNION
SELECT y.id FROM y LEFT JOIN casework_membership_decision m ON m.youth_id = y.id AND m.is_current
LEFT JOIN casework_explanation x ON x.id = m.explanation_id
WHERE x.id IS NULL OR x.body -> 'unit' -> 'outcome' ->> 'by' = ANY (%(sought)s)
"""


def youths_resting_on(*, county_id: int, changing: Changing) -> list[int]:
    """
    Return the county's youths whose answer may rest on units: who belong there or went to school there, who live in
    such a district, for whom the answer is sought among all units, and who have never been judged.
    """
    said: dict[str, Any] = {
        "county": county_id,
        "units": list(changing.unit_ids),
        "codes": list(changing.codes),
        "sought": [by.value for by in _SOUGHT],
    }
    with connection.cursor() as cursor:
        cursor.execute(_RESTING, said)
        return [youth_id for (youth_id,) in cursor.fetchall()]
