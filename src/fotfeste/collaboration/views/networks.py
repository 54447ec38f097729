"""Network meetings in districts: the list, one's minutes, and writing and correcting them."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.collaboration.enums import ActorBody
from fotfeste.collaboration.forms.networks import NetworkForm
from fotfeste.collaboration.minutes_printing import network_pdf
from fotfeste.collaboration.policies import may_keep_network, networks_kept_at
from fotfeste.collaboration.selectors import networks as selectors
from fotfeste.collaboration.selectors.agenda import agenda_of
from fotfeste.collaboration.services import networks as services
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link


@requires(Permission.MEETING_SEE)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show the network meetings of the county, the latest first."""
    found = selectors.network_meetings(actor=request.actor)
    rows = [(each, selectors.number_in_year(each)) for each in found[:100]]
    context = {"rows": rows, "may_write": networks_kept_at(actor=request.actor) is not None, "crumbs": _crumbs()}
    return render_screen(request, "collaboration/networks.html", context)


@requires(Permission.MEETING_SEE)
@require_GET
def meeting(request: ActorRequest, network_id: int) -> HttpResponse:
    """Show the minutes of one."""
    found = _or_404(request, network_id)
    names = dict(ActorBody.choices)
    context = {
        "meeting": found,
        "number": selectors.number_in_year(found),
        "considered": [names[each] for each in found.considered if each in names],
        "decisions": [{**each, "due": _day(each.get("due", ""))} for each in found.decisions],
        "may_write": bool(may_keep_network(actor=request.actor, district=found.district)),
        "crumbs": _crumbs(formats.day(found.held_on)),
    }
    return render_screen(request, "collaboration/network.html", context)


@requires(Permission.MEETING_SEE)
@require_GET
def paper(request: ActorRequest, network_id: int) -> HttpResponse:
    """Hand out the minutes of one as a PDF."""
    found = _or_404(request, network_id)
    made = network_pdf(found, number=selectors.number_in_year(found), language=(get_language() or "nb")[:2])
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="nettverksmote.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


@requires(Permission.MEETING_CALL)
@require_http_methods(["GET", "POST"])
def write(request: ActorRequest, network_id: int | None = None) -> HttpResponse:
    """Write the minutes of a network meeting, or correct them."""
    old = _or_404(request, network_id) if network_id is not None else None
    district_id = old.district_id if old is not None else networks_kept_at(actor=request.actor)
    if district_id is None or (old and not may_keep_network(actor=request.actor, district=old.district)):
        raise Http404
    form = NetworkForm(request.POST or None, initial=_initial(request, old, district_id))
    if form.is_bound and form.is_valid():
        try:
            row = services.write_network_meeting(
                actor=request.actor,
                district_id=district_id,
                content=form.content(),
                corrects_id=old.pk if old is not None else None,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Referatet er lagret."))
            return redirect("collaboration:network_meeting", network_id=row.pk)
    title = _("Rett referatet") if old else _("Nytt nettverksmøte")
    context = {"form": form, "title": title, "crumbs": _crumbs(title)}
    return render_screen(
        request, "collaboration/network_form.html", context, status=422 if form.is_bound and form.errors else 200
    )


def _initial(request: ActorRequest, old: Any, district_id: int) -> dict[str, Any]:
    if old is not None:
        names = ("held_on", "considered", "topics", "agreement_reviewed", "figures", "invited", "decisions")
        stands = {name: getattr(old, name) for name in names}
        return {**stands, "decisions": [{**row, "due": _day(row.get("due", ""))} for row in old.decisions]}
    found = selectors.network_meetings(actor=request.actor)
    last = next((each for each in found if each.district_id == district_id), None)
    initial: dict[str, Any] = {"held_on": clock.today()}
    if "ta-opp" in request.GET:
        initial["topics"] = "\n".join(agenda_of(district_id=district_id))
    if last is not None:
        initial["considered"] = last.considered
        initial["invited"] = [{"key": "", "body": row["body"], "name": row["name"]} for row in last.invited]
    return initial


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _or_404(request: ActorRequest, network_id: int) -> Any:
    found = selectors.network_meeting_or_none(actor=request.actor, meeting_id=network_id)
    if found is None:
        raise Http404
    return found


def _crumbs(label: str = "") -> list[Link]:
    here = reverse("collaboration:networks")
    found = [Link(_("Møter"), reverse("collaboration:my_meetings")), Link(_("Nettverksmøter"), here if label else "")]
    return [*found, Link(label)] if label else found
