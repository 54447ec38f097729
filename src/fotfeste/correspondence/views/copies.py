"""Sending the youth a copy of what they have said yes to."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.correspondence.services.one_letter import send_release_copy
from fotfeste.kernel.errors import Refused


@requires(Permission.CONSENT_RECORD)
@require_POST
def release_copy(request: ActorRequest, youth_id: int, release_id: int) -> HttpResponse:
    """Put a copy of a release in the post."""
    try:
        send_release_copy(actor=request.actor, youth_id=youth_id, release_id=release_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Kopien er lagt til utsending."))
    return redirect("casework:releases", youth_id=youth_id)
