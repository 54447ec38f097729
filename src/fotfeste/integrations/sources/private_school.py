"""Pupils in private upper-secondary schools: the schools' report in September."""

from datetime import date
from typing import Annotated

from fotfeste.integrations.sources import parse
from fotfeste.integrations.sources.columns import Column, define
from fotfeste.integrations.sources.person import PersonColumns
from fotfeste.integrations.sources.school import SCHOOL_ALIASES
from fotfeste.law.facts import EnrolmentKind
from fotfeste.spec import implements


@implements("form-private-school-report", "ps-school", "ps-youth", "ps-status", "ps-date")
class PrivateSchoolRow(PersonColumns):
    """One pupil, reported by the private school itself; one with a last day has left."""

    school_org: Annotated[str, Column("skole_orgnr", parse.org_number, required=True, aliases=SCHOOL_ALIASES)]
    programme: Annotated[
        str | None,
        Column("programområde", parse.programme, required=True, may_be_blank=True, aliases=("programområdekode",)),
    ]
    starts_on: Annotated[date, Column("start", parse.norwegian_date, required=True, aliases=("startdato",))]
    ends_on: Annotated[date | None, Column("slutt", parse.norwegian_date, aliases=("sluttdato",))]


DEFINITION = define(
    PrivateSchoolRow,
    source="private-school",
    title="Elever i private skoler",
    constants={"enrolment_kind": EnrolmentKind.PUPIL},
)
