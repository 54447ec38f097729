"""The one record every import source is normalised to, in the order the staging table has its columns."""

from datetime import date
from typing import NamedTuple


class IntakeRow(NamedTuple):
    """
    One row of an import after reading: known fields, typed and spelled one way.

    ``None`` means that the source does not say; it never means "no" or "remove what is known".
    """

    row_no: int
    """The row as the sender sees it: spreadsheet row (the header is row 1), or place in the JSON list from 1."""
    national_id: str | None
    """Eleven characters; never used to tell age or sex."""
    id_kind: str | None
    """What kind of number it is, as `fotfeste.law.national_id` names the kinds."""
    first_name: str | None
    last_name: str
    born: date
    email: str | None
    phone: str | None
    """E.164, +47 where the sender gave eight digits."""
    street: str | None
    postcode: str | None
    city: str | None
    municipality: str | None
    """Four digits."""
    district: str | None
    """District code, or the name as the sender wrote it."""
    lat: float | None
    lon: float | None
    stay_street: str | None
    """Where the youth stays when that is not the registered address, as the sender wrote it."""
    stay_municipality: str | None
    stay_district: str | None
    """District code, or the name as the sender wrote it."""
    moved_in_on: date | None
    """The day the youth moved to the county, by the population register."""
    institution: str | None
    """Where child welfare has placed the youth, as the sender wrote it."""
    institution_municipality: str | None
    institution_lat: float | None
    institution_lon: float | None
    protection: str | None
    """`fotfeste.integrations.sources.Protection`; silence of the source does not lift a known grade."""
    guardian_name: str | None
    guardian_phone: str | None
    unit_number: str | None
    """VIGO's number of the responsible unit (``tilknytningnr``), as sent."""
    unit_name: str | None
    status_code: str | None
    """OT status code, as sent; may be one that no list knows."""
    school_org: str | None
    """Organisation number of the school the row speaks of; the school left, where there are two."""
    school_name: str | None
    to_school_org: str | None
    enrolment_kind: str | None
    """`fotfeste.law.facts.EnrolmentKind`."""
    programme: str | None
    programme_name: str | None
    level: str | None
    """VG1-VG4, or 8-10 in lower-secondary school."""
    starts_on: date | None
    ends_on: date | None
    """Last day, inclusive."""
    end_reason: str | None
    """As sent."""
    completed: bool | None
    """Completed and passed upper-secondary education."""
    finished_compulsory: bool | None
    contract_status: str | None
    """As sent."""
    school_year: int | None
    """The calendar year the school year starts in: 2026 for 2026–27."""
    reason_code_raw: str | None
    """VIGO's code for why the youth is reported, as sent."""
    permission_on: date | None
    """The day youth or parents permitted the transfer."""


INTAKE_FIELDS: tuple[str, ...] = IntakeRow._fields
