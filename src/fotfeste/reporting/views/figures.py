"""The leader's screen: two headline figures, how they came to be, and where they differ."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste import codes
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.ui import Link
from fotfeste.reporting import policies
from fotfeste.reporting.forms import FiguresForm
from fotfeste.reporting.policies import Reach, ReachKind
from fotfeste.reporting.selectors.breakdowns import choices
from fotfeste.reporting.selectors.narrowing import narrowed
from fotfeste.reporting.selectors.overview import overview
from fotfeste.reporting.suppression import SMALL_COUNTS
from fotfeste.reporting.views import drawing, tables


@requires(Permission.FIGURES_VIEW)
@require_GET
def figures(request: ActorRequest) -> HttpResponse:
    """Show the figures of the county, district or school the actor answers for, on a day."""
    today = clock.today()
    open_to_actor = policies.reaches(request.actor)
    if not open_to_actor:
        return render_screen(request, "reporting/no_reach.html", {})
    own = _own_reach(request, open_to_actor)
    offered = choices(county_id=own.county_id, on=today) if own.kind is ReachKind.COUNTY else []
    form = FiguresForm(request.GET, everything=own.name, choices=offered, today=today)
    form.is_valid()
    reach = narrowed(own, unit_id=form.unit_id, on=form.day) if form.unit_id else own
    if reach is None:
        raise Http404
    seen = overview(reach=reach, on=form.day)
    links = tables.Links(actor=request.actor, reach=reach, on=form.day, is_today=form.day == today)
    context = {
        "form": form,
        "overview": seen,
        "reach": reach,
        "is_today": form.day == today,
        "tabs": _tabs(open_to_actor, own),
        "code_list": codes.list_on(form.day),
        "figures": drawing.key_figures(seen, links),
        "over_time": drawing.over_time(seen),
        "first_contact": drawing.first_contact(seen),
        "by_district": drawing.bars(_("Ukjent aktivitet per bydel"), seen.districts, seen),
        "by_unit": drawing.bars(_("Ukjent aktivitet per ansvarlig enhet"), seen.units, seen),
        "district_series": drawing.district_series(seen),
        "reason_bars": drawing.reasons(seen),
        "districts": tables.cut(seen.districts, links, "bydel"),
        "units": tables.cut(seen.units, links, "enhet"),
        "reasons": tables.cut(seen.reasons, links, "arsak"),
        "indicators": tables.indicators(seen, links),
        "spread": seen.spread,
        "small_counts": SMALL_COUNTS,
        "crumbs": _crumbs(own, reach),
        "imports_url": _imports_url(request),
    }
    return render_screen(request, "reporting/figures.html", context)


def _own_reach(request: ActorRequest, open_to_actor: tuple[Reach, ...]) -> Reach:
    """Return the one of the actor's own reaches that the address names, else the widest."""
    wanted = request.GET.get("fra", "")
    return next((r for r in open_to_actor if r.unit_id and opaque.encode(r.unit_id) == wanted), open_to_actor[0])


def _tabs(open_to_actor: tuple[Reach, ...], now: Reach) -> list[Link]:
    """Return a tab for each unit the actor has figures of, when there are several."""
    if len(open_to_actor) < 2:
        return []
    base = reverse("reporting:figures")
    return [
        Link(r.name, f"{base}?fra={opaque.encode(r.unit_id)}" if r.unit_id else base, current=r == now)
        for r in open_to_actor
    ]


def _crumbs(own: Reach, reach: Reach) -> list[Link]:
    if own == reach:
        return []
    return [Link(own.name, reverse("reporting:figures")), Link(reach.name)]


def _imports_url(request: ActorRequest) -> str:
    return tables.url_or_none("integrations:imports") if request.actor.has(Permission.IMPORT_RUN) else ""
