"""Those who applied for a school year and are without a place, declined it or did not start."""

from typing import Annotated

from fotfeste.integrations.sources import parse
from fotfeste.integrations.sources.columns import Column, define
from fotfeste.integrations.sources.person import PersonColumns
from fotfeste.integrations.sources.school import LAST_SCHOOL_ALIASES


class WithoutPlaceRow(PersonColumns):
    """One youth who applied but has not started."""

    school_year: Annotated[int, Column("skoleår", parse.school_year, required=True)]
    school_org: Annotated[
        str | None,
        Column("siste_skole_orgnr", parse.org_number, required=True, may_be_blank=True, aliases=LAST_SCHOOL_ALIASES),
    ]
    reason_code_raw: Annotated[
        str,
        Column(
            "årsakskode", parse.reason_not_started, required=True, aliases=("årsak", "ot-årsak", "registreringsårsak")
        ),
    ]


DEFINITION = define(WithoutPlaceRow, source="without-place", title="Søkere uten plass")
