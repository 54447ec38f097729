"""That a list was read in, as a record that shows a step is done."""

from collections.abc import Iterator
from datetime import datetime

from fotfeste.collaboration.selectors.evidence import Record
from fotfeste.collaboration.selectors.unit_evidence import About, deadline_of, unit_evidence
from fotfeste.integrations.models import Import
from fotfeste.kernel import clock
from fotfeste.spec import implements

#: The day it is to be done by -> the source whose list is read in.
_READ_BY = {
    "dl-prevented-pupils": "preventive",
    "dl-no-place-transfer": "without-place",
    "dl-nonapplicant-transfer": "non-applicants",
}


@implements("rut-outside-s01", "rut-outside-s02", "rut-outside-s12")
@unit_evidence("transfer-batch")
def _read_in(about: About, since: datetime) -> Iterator[Record]:
    wanted = _READ_BY.get(deadline_of(about), "")
    rows = Import.objects.filter(source=wanted, county_id=about.unit.county_id, applied_at__gte=since)
    for row in rows.order_by("applied_at", "pk"):
        if row.applied_at is not None:
            day = row.applied_at.astimezone(clock.OSLO).date()
            yield Record(None, "transfer-batch", row.applied_at, day, f"import:{row.pk}", row.run_by_id)
