"""VIGO OT: the county's whole follow-up register as one JSON document. Wire names live here and nowhere else."""

from datetime import date
from typing import Annotated

from fotfeste.integrations.sources import parse
from fotfeste.integrations.sources.columns import Column, Shape, define


class VigoYouthRow:
    """One element of ``otungdommer``. Unit and status are kept as sent: a person looks at the unknown ones."""

    first_name: Annotated[str | None, Column("person.fornavn", parse.text)]
    last_name: Annotated[str, Column("person.etternavn", parse.text, required=True)]
    born: Annotated[date, Column("person.fdato", parse.norwegian_date, required=True)]
    national_id: Annotated[str | None, Column("person.fnr", parse.identity_number)]
    id_type: Annotated[str | None, Column("person.idtype", parse.identity_type)]
    """Not VIGO's own: it is how a rejected fictive number is marked when the row is sent again."""
    email: Annotated[str | None, Column("person.epost", parse.email, forgiving=True)]
    phone: Annotated[str | None, Column("person.mobilnr", parse.phone, forgiving=True)]
    unit_number: Annotated[str | None, Column("otData.tilknytningnr", parse.text)]
    unit_name: Annotated[str | None, Column("otData.tilknytningnavn", parse.text)]
    status_code: Annotated[str | None, Column("otData.aktivitetskode", parse.text)]
    programme: Annotated[str | None, Column("elevkurs.promrkode", parse.text)]
    programme_name: Annotated[str | None, Column("elevkurs.promrnavn", parse.text)]
    starts_on: Annotated[date | None, Column("elevkurs.start", parse.norwegian_date)]
    ends_on: Annotated[date | None, Column("elevkurs.slutt", parse.norwegian_date)]


DEFINITION = define(VigoYouthRow, source="vigo-ot", title="VIGO OT", shape=Shape.JSON)
