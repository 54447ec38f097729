"""What is due to go, proposing it, and approving what somebody else has proposed."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.views.desk import name_of
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Refused
from fotfeste.oversight.disposal_telling import DueLine, certificate_pdf, due_line, kind_name, told
from fotfeste.oversight.enums import DisposalState
from fotfeste.oversight.selectors.disposals import disposal_or_none, disposals_in
from fotfeste.oversight.services import disposals as services
from fotfeste.people.selectors import youths_by_id


@requires(Permission.DISPOSAL_DECIDE)
@require_GET
def disposals(request: ActorRequest) -> HttpResponse:
    """Show what is due of each kind today, what waits for approval, and the certificates."""
    county_id = _county(request)
    lines: list[DueLine] = [due_line(each) for each in services.plan_disposal(county_id=county_id, on=clock.today())]
    found = list(disposals_in(county_id=county_id)[:100])
    waiting = {each.kind: each for each in found if each.state == DisposalState.PROPOSED}
    context = {
        "lines": [(line, waiting.get(line.kind)) for line in lines],
        "disposals": [(each, kind_name(each.kind)) for each in found],
    }
    return render_screen(request, "oversight/disposals.html", context)


@requires(Permission.DISPOSAL_DECIDE)
@require_POST
def propose(request: ActorRequest, kind: str) -> HttpResponse:
    """Propose that what was shown of a kind goes."""
    try:
        made = services.propose_disposal(
            actor=request.actor, county_id=_county(request), kind=kind, digest=request.POST.get("digest", "")
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("oversight:disposals")
    messages.success(request, _("Foreslått. En annen må godkjenne før noe går."))
    return redirect("oversight:disposal", disposal_id=made.pk)


@requires(Permission.DISPOSAL_DECIDE)
@require_GET
def disposal(request: ActorRequest, disposal_id: int) -> HttpResponse:
    """Show a proposal with those of its people the user may see, or the certificate of what went."""
    shown = _or_404(disposal_id)
    people = sorted(youths_by_id(shown.youth_ids).values(), key=lambda youth: youth.name_key)
    context = {
        "disposal": shown,
        "told": told(shown),
        "people": [(youth.pk, name_of(youth), youth.born) for youth in people],
        "hidden": len(shown.youth_ids) - len(people),
        "is_waiting": shown.state == DisposalState.PROPOSED,
        "is_own": shown.proposed_by_id == request.actor.user_id,
    }
    return render_screen(request, "oversight/disposal.html", context, listed=[youth.pk for youth in people])


@requires(Permission.DISPOSAL_DECIDE)
@require_POST
def approve(request: ActorRequest, disposal_id: int) -> HttpResponse:
    """Approve what somebody else has proposed; it goes at once."""
    try:
        done = services.approve_disposal(actor=request.actor, disposal_id=disposal_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("Kassert. {count} person gikk ut.", "Kassert. {count} personer gikk ut.", done.people)
        messages.success(request, text.format(count=formats.number(done.people)))
    return redirect("oversight:disposal", disposal_id=disposal_id)


@requires(Permission.DISPOSAL_DECIDE)
@require_POST
def withdraw(request: ActorRequest, disposal_id: int) -> HttpResponse:
    """Say that a proposal is not to be."""
    try:
        services.withdraw_disposal(actor=request.actor, disposal_id=disposal_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Forslaget er trukket tilbake. Ingenting er kassert."))
    return redirect("oversight:disposals")


@requires(Permission.DISPOSAL_DECIDE)
@require_GET
def certificate(request: ActorRequest, disposal_id: int) -> HttpResponse:
    """Give back the certificate of what went, as a tagged PDF."""
    shown = _or_404(disposal_id)
    if shown.state != DisposalState.DONE:
        raise Http404
    response = HttpResponse(certificate_pdf(shown), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="kassasjonsbevis.pdf"'
    return response


def _county(request: ActorRequest) -> int:
    return min(request.actor.counties_with(Permission.DISPOSAL_DECIDE))


def _or_404(disposal_id: int) -> Any:
    found = disposal_or_none(disposal_id=disposal_id)
    if found is None:
        raise Http404
    return found
