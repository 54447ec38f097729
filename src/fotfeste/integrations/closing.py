"""What was taken in, as evidence that closes events of the year."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_noop

from fotfeste.annualwheel.selectors.closing import Answer, Asked, closes, day_of
from fotfeste.integrations.models import Import, NothingToReport
from fotfeste.kernel.together import read_together
from fotfeste.kernel.written import Named, Written
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
    sources = _SOURCES[asked.event_id]
    yield from asked.first_within(each.used_on for each in _taken_into_use(asked) if each.source in sources)


@dataclass(frozen=True, slots=True)
class _File:
    """A file that was taken into use: the day it speaks of, the day of it, and the schools it tells of."""

    source: str
    on: date
    used_on: date
    schools: list[str]


def _taken_into_use(asked: Asked) -> list[_File]:
    """Return the county's files, the first taken into use first; read once for all events that ask."""
    return asked.once("imports", lambda: _read_files(asked.county_id))


_FILES = Written(
    lambda: (
        Import.objects.filter(county_id=Named("county_id"), applied_at__isnull=False)
        .order_by("applied_at")
        .values_list("source", "on", "applied_at", "schools")
    ),
    is_open=True,
)


def _read_files(county_id: int) -> list[_File]:
    [found] = read_together(_FILES, values={"county_id": county_id})
    return [_File(source, on, day_of(moment), schools) for source, on, moment, schools in found if moment is not None]


_NOTHING = Written(
    lambda: NothingToReport.objects.filter(
        county_id=Named("county_id"), school_year=Named("start_year"), superseded_at=None
    ).values_list("unit_id", "told_on"),
    is_open=True,
)
_SCHOOLS = Written(
    lambda: (
        units.units(kinds=(UnitKind.UPPER_SECONDARY,), county_id=Named("county_id"), on=Named("on"))
        .filter(is_private=True)
        .values_list("pk", "name", "org_number")
    ),
    is_open=True,
)


@closes("dl-private-school-report", by=gettext_noop("Skolen har meldt, eller svart at den ikke har noen å melde."))
def _private_school_reported(asked: Asked) -> Iterator[Answer]:
    """Answer for each private school open on the day it is due."""
    for time in asked.times:
        first = _first_reports(asked)
        values = {"county_id": asked.county_id, "start_year": asked.year.start_year, "on": time.due}
        told, schools = read_together(_NOTHING, _SCHOOLS, values=values)
        nothing = dict(told)
        for pk, name, number in schools:
            answered = [day for day in (first.get(number), nothing.get(pk)) if day is not None]
            yield Answer(time.due, min(answered, default=None), pk, name)


def _first_reports(asked: Asked) -> dict[str, date]:
    """Return when each school's first report of the year was taken in, by organisation number."""
    of_year = [each for each in _taken_into_use(asked) if each.source == "private-school" and each.on in asked.year]
    return {number: each.used_on for each in reversed(of_year) for number in each.schools}
