"""What the year's wheel asks about meetings and plans: days and units, nothing about whom."""

from datetime import date, datetime, time
from typing import Any

from fotfeste.collaboration.enums import MeetingKind, MeetingState
from fotfeste.collaboration.models import FollowUpPlan, Meeting, UnitRecord
from fotfeste.kernel import clock


def clarification_meetings_held(*, county_id: int, first_day: date, last_day: date) -> list[date]:
    """Return the days on which clarification meetings were held in a county."""
    rows = Meeting.objects.filter(
        county_id=county_id,
        kind=MeetingKind.CLARIFICATION,
        state=MeetingState.HELD,
        starts_at__gte=datetime.combine(first_day, time(), tzinfo=clock.OSLO),
        starts_at__lte=datetime.combine(last_day, time.max, tzinfo=clock.OSLO),
    )
    moments = rows.order_by("starts_at").values_list("starts_at", flat=True)
    return list(dict.fromkeys(moment.astimezone(clock.OSLO).date() for moment in moments))


def plans_to_end(*, county_id: int, first_day: date, last_day: date) -> list[tuple[date, date | None, int, str]]:
    """Return of the plans whose last day lies in a time: that day, when it was ended, and the unit that coordinates."""
    rows = FollowUpPlan.objects.filter(county_id=county_id, last_day__gte=first_day, last_day__lte=last_day)
    return list(
        rows.order_by("last_day", "pk").values_list(
            "last_day", "ended_on", "coordinator_unit_id", "coordinator_unit__name"
        )
    )


def unit_records_made(
    *, county_id: int, kind: str, first_day: date, last_day: date
) -> list[tuple[date, dict[str, Any]]]:
    """Return what units of a county wrote down of a kind in a time: the day and what was said, the first first."""
    rows = UnitRecord.objects.filter(kind=kind, run__unit__county_id=county_id, on__gte=first_day, on__lte=last_day)
    return list(rows.order_by("on", "pk").values_list("on", "said"))
