"""
The parsers of the columns: from a cell as people write it to text spelled one way.

Dates become ISO 8601, telephone numbers E.164, yes and no ``t`` and ``f``. A refusal is the end of a sentence
whose start the reader writes: Rad 17: «31.02.2009» i kolonnen fødselsdato finnes ikke i kalenderen.
"""

from fotfeste.integrations.sources.parse.contact import email, latitude, longitude, municipality, phone, postcode
from fotfeste.integrations.sources.parse.dates import norwegian_date, school_year
from fotfeste.integrations.sources.parse.numbers import identity_number, identity_type, org_number
from fotfeste.integrations.sources.parse.text import text
from fotfeste.integrations.sources.parse.words import (
    enrolment_kind,
    level,
    programme,
    protection,
    reason_not_applied,
    reason_not_started,
    yes_or_no,
)

__all__ = [
    "email",
    "enrolment_kind",
    "identity_number",
    "identity_type",
    "latitude",
    "level",
    "longitude",
    "municipality",
    "norwegian_date",
    "org_number",
    "phone",
    "postcode",
    "programme",
    "protection",
    "reason_not_applied",
    "reason_not_started",
    "school_year",
    "text",
    "yes_or_no",
]
