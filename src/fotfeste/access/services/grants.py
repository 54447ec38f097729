"""Opening and closing topics of a youth to a unit. Called by the service whose fact is the ground."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q

from fotfeste.access.models import AccessGrant
from fotfeste.access.topics import Ground, Topic
from fotfeste.kernel import clock


def open_grants(
    *, county_id: int, wanted: Iterable[tuple[int, int, Topic]], ground: Ground, source: str, first_day: date
) -> int:
    """
    Open topics from a day on and return how many.

    :param wanted: (youth id, unit id, topic).
    :param source: what they come from, such as ``otuk-round:12``; shown to those who ask why.
    """
    now = clock.now()
    made = AccessGrant.objects.bulk_create(
        [
            AccessGrant(
                youth_id=youth_id,
                county_id=county_id,
                unit_id=unit_id,
                topic=topic,
                ground=ground,
                source=source,
                first_day=first_day,
                recorded_at=now,
            )
            for youth_id, unit_id, topic in wanted
        ],
        batch_size=2000,
    )
    return len(made)


def close_grants(*, county_id: int, ground: Ground, before: date) -> int:
    """Close the county's open grants on a ground the day before a day; return how many."""
    still_open = AccessGrant.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=before), county_id=county_id, ground=ground, first_day__lt=before
    )
    return still_open.update(last_day=before - timedelta(days=1))


def close_grants_about(*, youth_ids: Iterable[int], ground: Ground, before: date) -> int:
    """Close what is open of some youths on a ground the day before a day; what began that day never held."""
    rows = AccessGrant.objects.filter(
        Q(last_day__isnull=True) | Q(last_day__gte=before), youth_id__in=list(youth_ids), ground=ground
    )
    return rows.update(last_day=before - timedelta(days=1))
