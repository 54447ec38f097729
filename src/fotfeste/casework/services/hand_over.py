"""
The unit that had the responsibility keeps what the sharing rules say for a time, so that a case can be handed over.

Worked out from the responsibilities themselves, so it can be told again for any day. The education administration's
queue hands nothing over, and a protected youth is opened to nobody this way.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import F

from fotfeste.access import sharing
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground
from fotfeste.casework.models import Responsibility
from fotfeste.kernel import clock
from fotfeste.organisations.selectors.counties import county_names


def openings_on(day: date, *, youth_ids: Iterable[int] | None = None) -> Iterator[grants.Opening]:
    """Tell what hand-overs open on a day, for some youths or for all the actor may see."""
    days = sharing.days_of(Ground.FORMER_UNIT, on=day)
    if days is None:
        return
    ended = Responsibility.objects.filter(
        superseded_at=None, last_day__lt=day, last_day__gte=day - timedelta(days=days), youth__protection="none"
    ).exclude(holder_id=F("youth__unit_id"))
    if youth_ids is not None:
        ended = ended.filter(youth_id__in=list(youth_ids))
    rows = ended.order_by("youth_id", "holder_id", "-last_day").distinct("youth_id", "holder_id")
    for pk, youth_id, holder_id, kind, last_day in rows.values_list(
        "pk", "youth_id", "holder_id", "holder__kind", "last_day"
    ):
        if last_day is None:  # those still running were left out above
            continue
        yield grants.Opening(
            youth_id,
            Ground.FORMER_UNIT,
            f"responsibility:{pk}",
            last_day + timedelta(days=1),
            last_day + timedelta(days=days),
            unit_id=holder_id,
            unit_kind=kind,
        )


def refresh(*, youth_ids: Iterable[int]) -> None:
    """Let what former units may see of these youths be what the responsibilities now say."""
    ids = list(youth_ids)
    if not ids:
        return
    today = clock.today()
    with acting_as(system_actor("scheduler", county_ids=tuple(county_names())), on=today):
        grants.sync(ground=Ground.FORMER_UNIT, youth_ids=ids, openings=openings_on(today, youth_ids=ids), on=today)
