"""Which county and school year one looks at, and the addresses of the wheel."""

from datetime import date

from django.urls import reverse

from fotfeste.access.screens import ActorRequest
from fotfeste.kernel.whole_number import whole_number
from fotfeste.law.annual_wheel import IN_FORCE
from fotfeste.law.school_year import SchoolYear, school_year_of


def county_shown(request: ActorRequest) -> int:
    """Return the county one looks at: one's own, or the one of several the address names."""
    own = request.actor.county_ids
    wanted = whole_number(request.GET.get("fylke"))
    return wanted if wanted in own else min(own)


def years_offered(today: date) -> list[SchoolYear]:
    """Return the years that can be looked at, the next first: as far back as there was something to keep."""
    first = school_year_of(min(IN_FORCE.values())).start_year
    return [SchoolYear(number) for number in range(school_year_of(today).start_year + 1, first - 1, -1)]


def year_shown(request: ActorRequest, today: date) -> SchoolYear:
    """Return the year one looks at: this one, unless the address names another of those offered."""
    wanted = whole_number(request.GET.get("skolear"))
    return next((year for year in years_offered(today) if year.start_year == wanted), school_year_of(today))


def address(year: SchoolYear, event_id: str = "") -> str:
    """Return the address of the wheel in a year, or of one of its events."""
    path = reverse("annualwheel:event", args=[event_id]) if event_id else reverse("annualwheel:wheel")
    return f"{path}?skolear={year.start_year}"
