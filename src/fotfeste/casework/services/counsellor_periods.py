"""Writing the periods in which somebody answers for a youth at the unit. Nothing is overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from fotfeste.casework.enums import CounsellorGround
from fotfeste.casework.models import CounsellorPeriod
from fotfeste.kernel import clock

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class From:
    """From which day somebody, or nobody, answers for a youth at a unit, and why."""

    first_day: date
    unit_id: int
    counsellor_id: int | None
    ground: CounsellorGround


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
    return _write({youth_id: From(first_day, unit_id, counsellor_id, ground)}, by=by)[youth_id]


def _write(new: Mapping[int, From], *, by: int) -> dict[int, CounsellorPeriod]:
    """Do the same for several youths."""
    now = clock.now()
    live: dict[int, list[CounsellorPeriod]] = {youth_id: [] for youth_id in new}
    for row in CounsellorPeriod.objects.filter(youth_id__in=new, superseded_at=None).order_by("first_day"):
        live[row.youth_id].append(row)
    gone: list[int] = []
    again: list[CounsellorPeriod] = []
    made: dict[int, CounsellorPeriod] = {}
    for youth_id, to in new.items():
        reaching = [row for row in live[youth_id] if row.last_day is None or row.last_day >= to.first_day - _DAY]
        replaces = next((row for row in reversed(reaching) if row.last_day is None), None)
        goes_on = [row for row in reaching if (row.counsellor_id, row.unit_then) == (to.counsellor_id, to.unit_id)]
        before = next((row for row in goes_on if row.first_day < to.first_day), None)
        replaced = [row for row in reaching if row is before or row.last_day is None or row.last_day >= to.first_day]
        gone += [row.pk for row in replaced]
        cut = [row for row in replaced if row.first_day < to.first_day and row is not before]
        again += [_again(row, last_day=to.first_day - _DAY, at=now) for row in cut]
        made[youth_id] = CounsellorPeriod(
            youth_id=youth_id,
            counsellor_id=to.counsellor_id,
            unit_then=to.unit_id,
            first_day=before.first_day if before else to.first_day,
            ground=to.ground,
            replaces=replaces,
            chosen_by_id=by,
            recorded_at=now,
        )
    CounsellorPeriod.objects.filter(pk__in=gone).update(superseded_at=now)
    CounsellorPeriod.objects.bulk_create([*again, *made.values()])
    return made


def let_go(new: Mapping[int, From], *, by: int) -> None:
    """
    Let nobody answer for some youths from a day on, when somebody did or does from a later day.

    :param new: youth id -> from when, and why.
    """
    _write({youth_id: new[youth_id] for youth_id in _answered_for(new)}, by=by)


def _answered_for(youth_ids: Iterable[int]) -> list[int]:
    until_further = CounsellorPeriod.objects.filter(youth_id__in=youth_ids, last_day=None, superseded_at=None)
    return list(until_further.exclude(counsellor=None).order_by("youth_id").values_list("youth_id", flat=True))


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


def _again(row: CounsellorPeriod, *, last_day: date, at: datetime) -> CounsellorPeriod:
    return CounsellorPeriod(
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
