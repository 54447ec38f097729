"""The days of a school year as a calendar file: what one's role must keep, and nothing about any youth."""

from collections.abc import Mapping

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.annualwheel import words
from fotfeste.annualwheel.selectors.wheel import days_to_keep
from fotfeste.annualwheel.views.choosing import address, county_shown, year_shown
from fotfeste.kernel import clock
from fotfeste.kernel.icalendar import WholeDay, days_calendar

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
    days = [
        WholeDay(
            uid=f"{one.event_id}-{one.nominal:%Y%m%d}-{county_id:02}@fotfeste",
            on=one.due,
            summary=_(each.label_nb),
            description=words.told(each),
            url=request.build_absolute_uri(address(year, each.id)),
        )
        for each, one in days_to_keep(county_id=county_id, year=year, parties=_parties(request.actor))
    ]
    name = _("Årshjulet {year}").format(year=year.label)
    response = HttpResponse(days_calendar(days, name=name, at=clock.now()), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="arshjul-{year.start_year}.ics"'
    return response


def _parties(actor: Actor) -> frozenset[str] | None:
    """Return whose days the actor's roles keep; None for everybody's."""
    roles = {assignment.role for assignment in actor.assignments}
    if not roles <= _PARTIES.keys():
        return None
    return frozenset().union(*(_PARTIES[role] for role in roles))
