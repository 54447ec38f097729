"""The open tasks of the year: whose each is, since when, and where it has gone on to."""

from collections.abc import Callable

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.annualwheel.policies import units_shown
from fotfeste.annualwheel.selectors.tasks import ShownWheelTask, open_tasks, shown
from fotfeste.annualwheel.views.choosing import address, county_shown
from fotfeste.kernel import clock
from fotfeste.kernel.ui import Link
from fotfeste.law.school_year import school_year_of
from fotfeste.organisations.selectors.counties import county_names

_KINDS: dict[str, Callable[[ShownWheelTask], bool]] = {
    "": lambda each: True,
    "over-frist": lambda each: each.is_overdue,
    "gatt-videre": lambda each: bool(each.task.leader_on or each.task.admin_on),
    "uten-navn": lambda each: not each.holder,
}
MOST = 300


@requires(Permission.WHEEL_VIEW)
@require_GET
def year_tasks(request: ActorRequest) -> HttpResponse:
    """Show the open tasks of the year: the whole county's to those who lead or coordinate it, else one's own units'."""
    today, county_id = clock.today(), county_shown(request)
    own = units_shown(actor=request.actor, county_id=county_id)
    every = shown(open_tasks(county_id=county_id, unit_ids=own), county_id=county_id, on=today)
    chosen = request.GET.get("vis", "")
    chosen = chosen if chosen in _KINDS else ""
    labels = {
        "": _("Alle"),
        "over-frist": _("Over fristen"),
        "gatt-videre": _("Gått videre"),
        "uten-navn": _("Ingen navngitt"),
    }
    here = reverse("annualwheel:tasks")
    found = [each for each in every if _KINDS[chosen](each)]
    context = {
        "tabs": [
            Link(label, f"{here}?vis={key}", key == chosen, sum(map(_KINDS[key], every)))
            for key, label in labels.items()
        ],
        "rows": [(each, address(school_year_of(each.task.due_on), each.event.id)) for each in found[:MOST]],
        "total": len(found),
        "without": len({each.task.unit_id for each in every if not each.holder}),
        "sees_all": own is None,
        "county_name": county_names().get(county_id, ""),
        "crumbs": [Link(_("Årshjulet"), reverse("annualwheel:wheel")), Link(_("Oppgaver i årshjulet"))],
    }
    return render_screen(request, "annualwheel/tasks.html", context)
