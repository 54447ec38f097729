"""School and apprenticeship history: every education a person has had, one row for each."""

from datetime import date
from typing import Annotated

from fotfeste.integrations.sources import parse
from fotfeste.integrations.sources.columns import Column, define
from fotfeste.integrations.sources.person import PersonColumns
from fotfeste.integrations.sources.school import SCHOOL_ALIASES
from fotfeste.law.facts import EnrolmentKind


class EnrolmentRow(PersonColumns):
    """One period in one education. Open where ``slutt`` is blank."""

    school_org: Annotated[str, Column("skole_orgnr", parse.org_number, required=True, aliases=SCHOOL_ALIASES)]
    school_name: Annotated[str | None, Column("skolenavn", parse.text, aliases=("skole",))]
    enrolment_kind: Annotated[EnrolmentKind, Column("type", parse.enrolment_kind, required=True)]
    programme: Annotated[
        str | None,
        Column("programområde", parse.programme, required=True, may_be_blank=True, aliases=("programområdekode",)),
    ]
    level: Annotated[
        str | None,
        Column("trinn", parse.level, required=True, may_be_blank=True, forgiving=True, aliases=("årstrinn", "nivå")),
    ]
    starts_on: Annotated[date, Column("start", parse.norwegian_date, required=True, aliases=("startdato",))]
    ends_on: Annotated[date | None, Column("slutt", parse.norwegian_date, aliases=("sluttdato",))]
    end_reason: Annotated[str | None, Column("sluttårsak", parse.text, aliases=("avbruddsårsak", "årsak"))]
    completed: Annotated[bool | None, Column("fullført_og_bestått", parse.yes_or_no, aliases=("bestått",))]
    finished_compulsory: Annotated[bool | None, Column("fullført_grunnskole", parse.yes_or_no)]
    contract_status: Annotated[str | None, Column("kontrakt_status", parse.text, aliases=("kontraktstatus",))]


DEFINITION = define(EnrolmentRow, source="enrolment", title="Skolehistorikk", one_row_per_person=False)
