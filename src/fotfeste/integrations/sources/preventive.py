"""Pupils with preventive work in lower-secondary school, handed over to upper-secondary on 10 August."""

from datetime import date
from typing import Annotated

from fotfeste.integrations.sources import parse
from fotfeste.integrations.sources.columns import Column, define
from fotfeste.integrations.sources.person import PersonColumns
from fotfeste.integrations.sources.school import SCHOOL_ALIASES
from fotfeste.spec import implements

NO_PERMISSION = (
    "mangler, så raden kan ikke tas inn: forebyggende opplysninger fra grunnskolen overføres bare med samtykke "
    "eller tillatelse (opplæringslova § 25-1 fjerde ledd, se også § 20-4)"
)


@implements("amb-45")
class PreventiveRow(PersonColumns):
    """
    One pupil handed over, by permission only.

    Source: opplæringslova § 25-1 fourth paragraph; what the county may collect without it is closed (§ 20-4).
    """

    school_org: Annotated[str, Column("skole_orgnr", parse.org_number, required=True, aliases=SCHOOL_ALIASES)]
    to_school_org: Annotated[
        str, Column("ny_skole_orgnr", parse.org_number, required=True, aliases=("mottakerskole orgnr", "ny skole"))
    ]
    permission_on: Annotated[
        date,
        Column(
            "tillatelse_dato",
            parse.norwegian_date,
            required=True,
            aliases=("dato for tillatelse", "samtykke_dato", "tillatelse"),
            when_blank=NO_PERMISSION,
        ),
    ]


DEFINITION = define(PreventiveRow, source="preventive", title="Forebyggende arbeid i ungdomsskolen")
