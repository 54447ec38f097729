"""Units that open on a day, or that have closed and still answer for somebody."""

from datetime import date

from fotfeste.casework.models import Responsibility
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors.units import counties_with_units_opening


def counties_with_changed_units(*, on: date) -> list[int]:
    """
    Return the counties in which a unit opens on the day, or a closed one still answers for a youth.

    Those whose night was missed are found the next. Counties that have gone are not among them: their own
    administration closed with them. Called for all counties by the scheduler.
    """
    held = Responsibility.objects.filter(last_day=None, superseded_at=None, holder__last_day__lt=on)
    held = held.exclude(holder__kind=UnitKind.EDUCATION_ADMIN).order_by("county_id")
    closed = held.values_list("county_id", flat=True).distinct()
    return sorted({*closed, *counties_with_units_opening(on=on)})
