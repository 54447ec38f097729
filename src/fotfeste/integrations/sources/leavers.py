"""Those who quit school or an apprenticeship: loaded every week."""

from datetime import date
from typing import Annotated

from fotfeste.integrations.sources import parse
from fotfeste.integrations.sources.columns import Column, define
from fotfeste.integrations.sources.person import PersonColumns
from fotfeste.integrations.sources.school import SCHOOL_ALIASES
from fotfeste.law.facts import EnrolmentKind


class LeaverRow(PersonColumns):
    """One education left, with the day it ended."""

    school_org: Annotated[str, Column("skole_orgnr", parse.org_number, required=True, aliases=SCHOOL_ALIASES)]
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
    ends_on: Annotated[date, Column("slutt", parse.norwegian_date, required=True, aliases=("sluttdato",))]
    end_reason: Annotated[
        str | None,
        Column("sluttårsak", parse.text, required=True, may_be_blank=True, aliases=("avbruddsårsak", "årsak")),
    ]


DEFINITION = define(LeaverRow, source="leavers", title="Sluttere", one_row_per_person=False)
