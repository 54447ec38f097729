"""Unusual reading, as the privacy officer sees it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.oversight.flag_telling import rules_in_words, told
from fotfeste.oversight.forms.flags import LookedAtForm
from fotfeste.oversight.selectors import flags as selectors
from fotfeste.oversight.services import flags as services
from fotfeste.oversight.views.tabs import log_tabs

PAGE = 20


@requires(Permission.AUDIT_READ)
@require_GET
def flags(request: ActorRequest) -> HttpResponse:
    """Show what nobody has looked at, or what was looked at."""
    shows_old = request.GET.get("vis") == "sett"
    page = Paginator(selectors.flags(is_open=not shows_old), PAGE).get_page(request.GET.get("side"))
    context = {
        "tabs": log_tabs(current="flags"),
        "page_obj": page,
        "flags": told(page),
        "shows_old": shows_old,
        "rules": rules_in_words(clock.today()),
    }
    return render_screen(request, "oversight/flags.html", context)


@requires(Permission.AUDIT_READ)
@require_POST
def look_at(request: ActorRequest, flag_id: int) -> HttpResponse:
    """Note that one has looked at a flag."""
    form = LookedAtForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["note"])))
        return redirect("oversight:flags")
    try:
        services.look_at_flag(actor=request.actor, flag_id=flag_id, note=form.cleaned_data["note"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Notert at du har sett på det."))
    return redirect("oversight:flags")
