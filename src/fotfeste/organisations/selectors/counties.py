"""Counties as they were on a day."""

from datetime import date

from django.db.models import QuerySet

from fotfeste.organisations.models import County
from fotfeste.organisations.selectors.periods import open_on

#: Stands for the counties cut off in the ministry's table per 1 January 2011; not a county of the country.
GATHERED_2011 = 99


def counties_on(*, on: date) -> QuerySet[County]:
    """Return the counties of the day by number; in 2011 with number 99, which gathers those not shown."""
    return County.objects.filter(open_on(on)).order_by("pk")


def county_or_none(*, county_id: int) -> County | None:
    """Return the county with the number, of today or of the past."""
    return County.objects.filter(pk=county_id).first()


def county_names() -> dict[int, str]:
    """Return the names of all counties there are or were, by number."""
    return dict(County.objects.values_list("pk", "name"))
