"""What has been written down as done in the year."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from fotfeste.annualwheel.models import WheelRecord
from fotfeste.annualwheel.recorded import BY_UNITS
from fotfeste.organisations.selectors.units import units


def records_of(*, county_id: int, event_id: str, unit_ids: Iterable[int] | None = None) -> QuerySet[WheelRecord]:
    """
    Return what is written down of an event in a county, the last first; also what was taken back.

    :param unit_ids: only of these units, and of the county as one.
    """
    rows = WheelRecord.objects.filter(county_id=county_id, event=event_id)
    if unit_ids is not None:
        rows = rows.filter(Q(unit_id__in=list(unit_ids)) | Q(unit__isnull=True))
    return rows.select_related("unit", "recorded_by", "withdrawn_by").order_by("-on", "-pk")


def days_recorded(*, county_id: int) -> dict[str, dict[int | None, list[date]]]:
    """Return the days each event was done in a county, by event and by unit; None for the county as one."""
    rows = WheelRecord.objects.filter(county_id=county_id, withdrawn_at=None)
    found: dict[str, dict[int | None, list[date]]] = defaultdict(lambda: defaultdict(list))
    for event_id, unit_id, on in rows.order_by("on").values_list("event", "unit_id", "on"):
        found[event_id][unit_id].append(on)
    return found


def units_recording(*, county_id: int, event_id: str, on: date) -> list[tuple[int, str]]:
    """Return the units that say of themselves that an event is done, by name; none when it is said for the county."""
    kinds = BY_UNITS.get(event_id)
    if kinds is None:
        return []
    found = units(kinds=tuple(kinds), county_id=county_id, on=on).filter(takes_responsibility=True)
    return list(found.values_list("pk", "name"))


def record_or_none(*, record_id: int) -> WheelRecord | None:
    """Return one thing written down."""
    return WheelRecord.objects.filter(pk=record_id).first()
