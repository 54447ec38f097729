"""Keeping and deleting one's own filters of the worklist."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.lists.forms import SaveFilterForm
from fotfeste.lists.services import filters
from fotfeste.lists.views.worklist import list_url, read_filter, render_worklist


@requires(Permission.WORKLIST_VIEW)
@require_POST
def save(request: ActorRequest) -> HttpResponse:
    """Keep the choices of the list one came from under a name."""
    request.GET = QueryDict(request.POST.get("valg", ""))
    _places, chosen = read_filter(request.actor, request.GET, clock.today())
    form = SaveFilterForm(request.POST)
    if form.is_valid():
        try:
            kept = filters.save_filter(actor=request.actor, name=form.cleaned_data["name"], query=chosen.query)
        except Refused as refusal:
            form.add_error("name", str(refusal))
        else:
            messages.success(request, _("Filteret «%(name)s» er lagret.") % {"name": kept.name})
            return redirect(list_url(chosen.query))
    return render_worklist(request, form, status=422)


@requires(Permission.WORKLIST_VIEW)
@require_POST
def delete(request: ActorRequest, filter_id: int) -> HttpResponse:
    """Delete one of one's own filters."""
    try:
        name = filters.delete_filter(actor=request.actor, filter_id=filter_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Filteret «%(name)s» er slettet.") % {"name": name})
    return redirect("lists:worklist")
