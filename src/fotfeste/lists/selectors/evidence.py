"""That a youth has stood on an OTUK list, as a record that shows a step of a routine is done."""

from collections.abc import Iterator
from datetime import datetime

from fotfeste.collaboration.selectors.evidence import Record, evidence
from fotfeste.lists.models import OtukRow


@evidence("form-otuk-list")
def _listed(youth_ids: frozenset[int], since: datetime) -> Iterator[Record]:
    rows = OtukRow.objects.filter(youth_id__in=youth_ids, round__known_at__gte=since).select_related("round")
    for row in rows.order_by("round__known_at", "pk"):
        made = row.round
        yield Record(row.youth_id, "form-otuk-list", made.known_at, made.on, made.source, made.frozen_by_id)
