"""Writing the periods in which somebody answers for a youth at the unit. Nothing is overwritten."""

from datetime import date, datetime, timedelta

from django.db.models import Q

from fotfeste.casework.enums import CounsellorGround
from fotfeste.casework.models import CounsellorPeriod
from fotfeste.kernel import clock

_DAY = timedelta(days=1)


def open_period(*, youth_id: int) -> CounsellorPeriod | None:
    """Return the period that holds until further notice, of somebody or of nobody; None when nobody was ever chosen."""
    return CounsellorPeriod.objects.filter(youth_id=youth_id, last_day=None, superseded_at=None).first()


def write_period(
    *, youth_id: int, unit_id: int, counsellor_id: int | None, first_day: date, ground: CounsellorGround, by: int
) -> CounsellorPeriod:
    """
    Let somebody, or nobody, answer from a day until further notice, whatever was known of the days after it.

    What is superseded is kept; of a period that began before the day, the days before it are added anew. One that goes
    on with the same person at the same unit becomes one period.
    """
    now = clock.now()
    live = CounsellorPeriod.objects.filter(youth_id=youth_id, superseded_at=None)
    reaching = list(live.filter(Q(last_day=None) | Q(last_day__gte=first_day - _DAY)).order_by("first_day"))
    replaces = next((row for row in reversed(reaching) if row.last_day is None), None)
    goes_on = [row for row in reaching if (row.counsellor_id, row.unit_then) == (counsellor_id, unit_id)]
    before = next((row for row in goes_on if row.first_day < first_day), None)
    gone = [row for row in reaching if row is before or row.last_day is None or row.last_day >= first_day]
    CounsellorPeriod.objects.filter(pk__in=[row.pk for row in gone]).update(superseded_at=now)
    for row in gone:
        if row.first_day < first_day and row is not before:
            _again(row, last_day=first_day - _DAY, at=now)
    return CounsellorPeriod.objects.create(
        youth_id=youth_id,
        counsellor_id=counsellor_id,
        unit_then=unit_id,
        first_day=before.first_day if before else first_day,
        ground=ground,
        replaces=replaces,
        chosen_by_id=by,
        recorded_at=now,
    )


def let_go(*, youth_id: int, unit_id: int, first_day: date, ground: CounsellorGround, by: int) -> None:
    """Let nobody answer from a day on, when somebody did or does from a later day."""
    current = open_period(youth_id=youth_id)
    if current is not None and current.counsellor_id is not None:
        write_period(youth_id=youth_id, unit_id=unit_id, counsellor_id=None, first_day=first_day, ground=ground, by=by)


def take_up_again(*, youth_id: int, unit_id: int, counsellor_id: int | None, by: int) -> None:
    """Let whoever answered when a case was closed answer again from the day after, now that it is open again."""
    current = open_period(youth_id=youth_id)
    if current is not None and current.ground == CounsellorGround.CLOSED and counsellor_id is not None:
        write_period(
            youth_id=youth_id,
            unit_id=unit_id,
            counsellor_id=counsellor_id,
            first_day=current.first_day,
            ground=CounsellorGround.REOPENED,
            by=by,
        )


def _again(row: CounsellorPeriod, *, last_day: date, at: datetime) -> None:
    CounsellorPeriod.objects.create(
        youth_id=row.youth_id,
        counsellor_id=row.counsellor_id,
        unit_then=row.unit_then,
        first_day=row.first_day,
        last_day=last_day,
        ground=row.ground,
        replaces=row,
        chosen_by_id=row.chosen_by_id,
        recorded_at=at,
    )
