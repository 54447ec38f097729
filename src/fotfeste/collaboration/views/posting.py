"""Sending the youth the invitation to a meeting, or a copy of the plan, by letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.collaboration.services import posting
from fotfeste.collaboration.views.meetings import done, run_or_404
from fotfeste.kernel.errors import Refused


@requires(Permission.MEETING_CALL)
@require_POST
def invitation(request: ActorRequest, youth_id: int, meeting_id: int) -> HttpResponse:
    """Put the invitation in the post."""
    run_or_404(request, youth_id, meeting_id)
    told = _("Innkallingen er lagt til utsending.")
    return done(request, youth_id, meeting_id, told, posting.send_invitation, {"meeting_id": meeting_id})


@requires(Permission.PLAN_WRITE)
@require_POST
def plan_copy(request: ActorRequest, youth_id: int, plan_id: int) -> HttpResponse:
    """Put a copy of the plan in the post."""
    try:
        posting.send_plan_copy(actor=request.actor, youth_id=youth_id, plan_id=plan_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Kopien er lagt til utsending."))
    return redirect("collaboration:plan", youth_id=youth_id)
