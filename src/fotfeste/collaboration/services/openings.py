"""What a notice opens to the unit it was sent to: worked out from the records themselves, for any day."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from fotfeste.access import selectors as access
from fotfeste.access import sharing
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.record_kinds import record_kinds
from fotfeste.kernel import clock
from fotfeste.spec import implements

GROUNDS = (Ground.NOTICE, Ground.PERMISSION_25_1)


@implements("amb-39")
def openings_on(day: date, *, ground: Ground, youth_ids: Iterable[int] | None = None) -> Iterator[grants.Opening]:
    """
    Tell what is open on a day because of notices, of some youths or of all the actor may see.

    Of a youth under protection nothing is opened. Source: opplæringslova § 25-1; Oslostandarden §§ 6.2 og 6.4.
    """
    kinds = {each.id: each for each in record_kinds().values() if each.opens == ground.value}
    rows = Record.objects.filter(
        kind__in=kinds, to_unit__isnull=False, on__lte=day, youth__protection="none", youth__merged_into=None
    ).exclude(answer="revoked")
    if youth_ids is not None:
        rows = rows.filter(youth_id__in=list(youth_ids))
    for row in rows.select_related("to_unit").order_by("pk"):
        days = kinds[row.kind].opens_days or sharing.days_of(ground, on=row.on)
        last_day = row.on + timedelta(days) if days is not None else None
        if row.to_unit is not None and (last_day is None or day <= last_day):
            yield grants.Opening(
                row.youth_id,
                ground,
                f"record:{row.pk}",
                row.on,
                last_day,
                unit_id=row.to_unit_id,
                unit_kind=row.to_unit.kind,
            )


def register() -> None:
    """Say to the grants how these grounds are worked out again."""
    for ground in GROUNDS:
        grants.register_teller(ground, partial(openings_on, ground=ground))


def refresh(*, youth_id: int) -> None:
    """Let what notices open of the youth be what the records now say."""
    today = clock.today()
    with acting_as(access.system_actor("scheduler", county_ids=access.all_counties()), on=today):
        for ground in GROUNDS:
            openings = openings_on(today, ground=ground, youth_ids=[youth_id])
            grants.sync(ground=ground, youth_ids=[youth_id], openings=openings, on=today)
