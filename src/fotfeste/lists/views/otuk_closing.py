"""Closing a district's list, from its board."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.kernel.errors import Refused
from fotfeste.lists import policies
from fotfeste.lists.selectors import otuk as selectors
from fotfeste.lists.services.closing import close_list


@requires(Permission.OTUK_VIEW)
@require_POST
def close(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Say that the list has been gone through, and why when somebody is left."""
    made = selectors.get_round_or_404(actor=request.actor, round_id=round_id)
    if not policies.may_see_board(actor=request.actor, county_id=made.county_id, unit_id=unit_id):
        raise Http404
    try:
        close_list(actor=request.actor, made=made, unit_id=unit_id, reason=request.POST.get("reason", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Listen er avsluttet."))
    return redirect("lists:otuk_board", round_id=round_id, unit_id=unit_id)
