"""The days of a school year for calendars, as a file or at an address: what a role must keep, nothing about a youth."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_GET

from fotfeste.access.actor import Actor
from fotfeste.access.limits import limited
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.screens import ActorRequest, public, requires
from fotfeste.annualwheel import words
from fotfeste.annualwheel.selectors.feeds import feed_of
from fotfeste.annualwheel.selectors.wheel import days_to_keep
from fotfeste.annualwheel.views.choosing import address, county_shown, year_shown
from fotfeste.kernel import clock
from fotfeste.kernel.icalendar import WholeDay, days_calendar
from fotfeste.law.school_year import SchoolYear, school_year_of

_SCHOOL, _DISTRICT = frozenset({"school"}), frozenset({"district", "district-contact"})
_NAV = frozenset({"nav-oslo", "nav-office", "nav-ot-responsible"})
_ADMINISTRATION = frozenset({"uda", "private-school", "system"})
#: Whose days a role keeps; a role that is not here is given those of everybody.
_PARTIES: Mapping[Role, frozenset[str]] = {
    Role.COUNSELLOR: _SCHOOL,
    Role.DISTRICT_CONTACT: _DISTRICT,
    Role.NAV_RESPONSIBLE: _NAV,
    Role.NAV_ADVISER: _NAV,
    Role.EDUCATION_ADMIN: _ADMINISTRATION,
}


@requires(Permission.WHEEL_VIEW)
@require_GET
def calendar(request: ActorRequest) -> HttpResponse:
    """Hand out the days one's role must keep in a school year, as a file that calendars read."""
    today = clock.today()
    year, county_id = year_shown(request, today), county_shown(request)
    response = _file(_days(request, county_id, year, _parties(request.actor)), _named(year))
    response["Content-Disposition"] = f'attachment; filename="arshjul-{year.start_year}.ics"'
    return response


@public
@limited("calendar")
@require_GET
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """
    Hand out the days of a role to the calendar of whoever made the address: this school year's and the next's.

    An address nobody made, one that is taken away and one whose owner has left are answered alike.
    """
    today = clock.today()
    found = feed_of(secret=secret, on=today)
    if found is None:
        raise Http404
    year, parties = school_year_of(today), _PARTIES.get(found.role)
    with override(found.language):
        days = [
            day
            for county_id in found.county_ids
            for it in (year, year.next)
            for day in _days(request, county_id, it, parties)
        ]
        response = _file(days, _("Årshjulet"))
    response["Cache-Control"] = "private, no-store"
    return response


def _named(year: SchoolYear) -> str:
    return _("Årshjulet {year}").format(year=year.label)


def _file(days: list[WholeDay], name: str) -> HttpResponse:
    return HttpResponse(days_calendar(days, name=name, at=clock.now()), content_type="text/calendar; charset=utf-8")


def _days(request: HttpRequest, county_id: int, year: SchoolYear, parties: frozenset[str] | None) -> list[WholeDay]:
    return [
        WholeDay(
            uid=f"{one.event_id}-{one.turn}-{county_id:02}@fotfeste",
            on=one.due,
            summary=_(each.label_nb),
            description=words.told(each),
            url=request.build_absolute_uri(address(year, each.id)),
        )
        for each, one in days_to_keep(county_id=county_id, year=year, parties=parties)
    ]


def _parties(actor: Actor) -> frozenset[str] | None:
    """Return whose days the actor's roles keep; None for everybody's."""
    roles = {assignment.role for assignment in actor.assignments}
    if not roles <= _PARTIES.keys():
        return None
    return frozenset().union(*(_PARTIES[role] for role in roles))
