"""What was taken in, as evidence that closes events of the year."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.utils.translation import gettext_noop

from fotfeste.annualwheel.selectors.closing import Answer, Asked, closes, day_of
from fotfeste.integrations.models import Import, NothingToReport
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units

_SOURCES: Mapping[str, tuple[str, ...]] = {
    "dl-prevented-pupils": ("preventive",),
    "dl-no-place-transfer": ("without-place",),
    "dl-nonapplicant-transfer": ("non-applicants",),
    "dl-weekly-leavers": ("leavers",),
    "dl-transfer-continuous": ("vigo-ot", "enrolment"),
}


@closes(*_SOURCES, by=gettext_noop("Filen er lest inn og tatt i bruk."))
def _taken_in(asked: Asked) -> Iterator[Answer]:
    """Answer by the first file of the source that was taken into use while it counted."""
    days = asked.once("imports", lambda: _days_taken_in(asked.county_id))
    yield from asked.first_within(day for source in _SOURCES[asked.event_id] for day in days.get(source, ()))


def _days_taken_in(county_id: int) -> dict[str, set[date]]:
    """Return the days on which files of each source were taken into use."""
    rows = Import.objects.filter(county_id=county_id, applied_at__isnull=False).values_list("source", "applied_at")
    found: dict[str, set[date]] = {}
    for source, moment in rows:
        if moment is not None:
            found.setdefault(source, set()).add(day_of(moment))
    return found


@closes("dl-private-school-report", by=gettext_noop("Skolen har meldt, eller svart at den ikke har noen å melde."))
def _private_school_reported(asked: Asked) -> Iterator[Answer]:
    """Answer for each private school open on the day it is due."""
    if not asked.times:
        return
    first = _first_reports(asked)
    told = NothingToReport.objects.filter(
        county_id=asked.county_id, school_year=asked.year.start_year, superseded_at=None
    )
    nothing = dict(told.values_list("unit_id", "told_on"))
    for time in asked.times:
        schools = units.units(kinds=(UnitKind.UPPER_SECONDARY,), county_id=asked.county_id, on=time.due)
        for pk, name, number in schools.filter(is_private=True).values_list("pk", "name", "org_number"):
            answered = [day for day in (first.get(number), nothing.get(pk)) if day is not None]
            yield Answer(time.due, min(answered, default=None), pk, name)


def _first_reports(asked: Asked) -> dict[str, date]:
    """Return when each school's first report of the year was taken in, by organisation number."""
    rows = Import.objects.filter(county_id=asked.county_id, source="private-school", applied_at__isnull=False)
    of_year = rows.filter(on__gte=asked.year.first_day, on__lte=asked.year.last_day).order_by("-applied_at")
    applied = of_year.values_list("schools", "applied_at")
    return {number: day_of(moment) for schools, moment in applied for number in schools if moment}
