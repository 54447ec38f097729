"""
Taking in many people at once, set by set, in the caller's transaction (docs/adr/0013-imports-by-forms.md).

The order is: ``open_table`` → ``copy_rows`` → ``match`` → ``update_known`` → (casework decides who answers for each) →
``add_new`` and ``move_known``. The temporary tables are the contract between the steps; they go away with the
transaction:

``intake``
    the rows as they came, and of each: ``youth_id``, known or given here; ``is_new``; ``is_last``, true for the one row
    that speaks of the person; ``is_only``, true when the person has no other row.
``intake_person``
    those rows of ``intake`` that speak of a person, with the code of the district.
``intake_enrolment``
    the rows that tell of a stretch of education, with the school looked up.
``intake_school``, ``intake_district``
    the units with an organisation number, and the districts the rows name.
``intake_decision`` (casework)
    for each youth the decisions and ``unit_id``, whom the youth belongs to from now on.
``intake_touched``, ``intake_moved``
    youths known before, whom the file changed something for, and who belong to another unit or county now.
"""

from fotfeste.people.services.intake.duplicates import find_duplicates
from fotfeste.people.services.intake.facts import facts_sql
from fotfeste.people.services.intake.matching import Matched, match
from fotfeste.people.services.intake.staging import COLUMNS, copy_known, copy_rows, open_table
from fotfeste.people.services.intake.storing import add_new, move_known, update_known

__all__ = [
    "COLUMNS",
    "Matched",
    "add_new",
    "copy_known",
    "copy_rows",
    "facts_sql",
    "find_duplicates",
    "match",
    "move_known",
    "open_table",
    "update_known",
]
