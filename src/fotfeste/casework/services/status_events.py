"""Reading and writing a youth's status events, both in the days they hold and in the moments they were known."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from fotfeste.casework.models import Registration, StatusEvent
from fotfeste.casework.services.status_timeline import Change, Rewrite, Stretch, rewrite
from fotfeste.kernel import clock
from fotfeste.spec import implements


def live_stretches(*, youth_id: int) -> list[Stretch]:
    """Return what is now known about the youth's statuses, the oldest first."""
    return live_stretches_of_each(youth_ids=[youth_id])[youth_id]


def live_stretches_of_each(*, youth_ids: Iterable[int]) -> dict[int, list[Stretch]]:
    """Return the same for each of several youths."""
    found: dict[int, list[Stretch]] = {youth_id: [] for youth_id in youth_ids}
    for event in StatusEvent.objects.filter(youth_id__in=found, superseded_at=None).order_by("first_day", "pk"):
        found[event.youth_id].append(_stretch(event))
    return found


@implements("rule-status-history")
def rewrite_statuses(*, youth_id: int, first_day: date, last_day: date | None, change: Change) -> Rewrite:
    """Change the youth's statuses within a period: the old recordings are closed, corrected ones are added."""
    result = rewrite(live_stretches(youth_id=youth_id), first_day=first_day, last_day=last_day, change=change)
    write_rewrites({youth_id: result})
    return result


def write_rewrites(results: Mapping[int, Rewrite]) -> None:
    """
    Close the recordings that are replaced, and add the corrected ones.

    :param results: youth id -> what becomes of the youth's statuses.
    """
    now = clock.now()
    superseded = [event_id for result in results.values() for event_id in result.superseded]
    StatusEvent.objects.filter(pk__in=superseded).update(superseded_at=now)
    StatusEvent.objects.bulk_create(
        _event(youth_id, stretch, now) for youth_id, result in results.items() for stretch in result.added
    )


def add_status(*, registration: Registration, first_day: date, **values: Any) -> StatusEvent:
    """Add a status where there is none; the youth belongs where it belongs now."""
    return StatusEvent.objects.create(
        youth_id=registration.youth_id,
        registration=registration,
        first_day=first_day,
        recorded_at=clock.now(),
        county_then=registration.county_id,
        unit_then=registration.unit_id,
        **values,
    )


def reopen_last(*, registration: Registration) -> None:
    """Let the last status of a registration reach until further notice again."""
    mine = [s for s in live_stretches(youth_id=registration.youth_id) if s.registration_id == registration.pk]
    if mine and mine[-1].last_day is not None:
        last = mine[-1]
        write_rewrites({registration.youth_id: Rewrite((_id(last),), (_without_end(last),))})


def nothing() -> Callable[[Stretch], None]:
    """Return the change that leaves no status."""
    return lambda stretch: None


def _event(youth_id: int, stretch: Stretch, now: datetime) -> StatusEvent:
    return StatusEvent(
        youth_id=youth_id,
        registration_id=stretch.registration_id,
        code_list=stretch.code_list,
        code=stretch.code,
        raw_code=stretch.raw_code,
        first_day=stretch.first_day,
        last_day=stretch.last_day,
        recorded_at=now,
        basis=stretch.basis,
        basis_text=stretch.basis_text,
        contact_id=stretch.contact_id,
        feedback_id=stretch.feedback_id,
        county_then=stretch.county_then,
        unit_then=stretch.unit_then,
        set_by_id=stretch.set_by_id,
    )


def _stretch(event: StatusEvent) -> Stretch:
    return Stretch(
        event_id=event.pk,
        registration_id=event.registration_id,
        first_day=event.first_day,
        last_day=event.last_day,
        code=event.code,
        code_list=event.code_list,
        county_then=event.county_then,
        unit_then=event.unit_then,
        basis=event.basis,
        set_by_id=event.set_by_id,
        raw_code=event.raw_code,
        basis_text=event.basis_text,
        contact_id=event.contact_id,
        feedback_id=event.feedback_id,
    )


def _id(stretch: Stretch) -> int:
    if stretch.event_id is None:
        raise ValueError("A stretch read from the database has its event's id.")
    return stretch.event_id


def _without_end(stretch: Stretch) -> Stretch:
    return replace(stretch, event_id=None, last_day=None)
