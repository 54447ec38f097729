"""Those who did not apply for upper-secondary education for a school year."""

from typing import Annotated

from fotfeste.integrations.sources import parse
from fotfeste.integrations.sources.columns import Column, define
from fotfeste.integrations.sources.person import PersonColumns
from fotfeste.integrations.sources.school import LAST_SCHOOL_ALIASES


class NonApplicantRow(PersonColumns):
    """One youth who has not applied for the school year."""

    school_year: Annotated[int, Column("skoleår", parse.school_year, required=True)]
    school_org: Annotated[
        str | None,
        Column("siste_skole_orgnr", parse.org_number, required=True, may_be_blank=True, aliases=LAST_SCHOOL_ALIASES),
    ]
    reason_code_raw: Annotated[
        str | None, Column("årsakskode", parse.reason_not_applied, aliases=("årsak", "ot-årsak", "registreringsårsak"))
    ]


DEFINITION = define(NonApplicantRow, source="non-applicants", title="Ikke-søkere")
