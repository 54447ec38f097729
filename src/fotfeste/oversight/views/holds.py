"""Who must not be disposed of, as the privacy officer decides it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.limits import limited
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.oversight.forms.holds import LiftHoldForm, PlaceHoldForm
from fotfeste.oversight.selectors import holds as selectors
from fotfeste.oversight.services import holds as services
from fotfeste.oversight.telling import mark_of
from fotfeste.oversight.views.tabs import log_tabs

PAGE = 20


@requires(Permission.HOLD_PLACE)
@limited("search", methods=frozenset({"POST"}))
@require_http_methods(["GET", "POST"])
def holds(request: ActorRequest) -> HttpResponse:
    """Show what is in force, or what is over, and place another; the number is posted and never part of an address."""
    form = PlaceHoldForm(request.POST or None)
    if form.is_valid():
        try:
            placed = services.place_hold(actor=request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            if placed is not None:
                messages.success(request, _("Bestemt. Ingenting om ungdommen blir kassert så lenge det gjelder."))
                return redirect("oversight:holds")
            form.add_error(None, _("Fant ingen ungdom med dette nummeret i fylket. Forsøket er loggført."))
    return _shown(request, form)


@requires(Permission.HOLD_PLACE)
@require_POST
def lift_hold(request: ActorRequest, hold_id: int) -> HttpResponse:
    """Lift a hold, with the reason."""
    form = LiftHoldForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["reason"])))
        return redirect("oversight:holds")
    try:
        services.lift_hold(actor=request.actor, hold_id=hold_id, reason=form.cleaned_data["reason"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Opphevet. Det som stod, blir stående på listen over det som er over."))
    return redirect("oversight:holds")


def _shown(request: ActorRequest, form: PlaceHoldForm) -> HttpResponse:
    shows_old = request.GET.get("vis") == "over"
    found = selectors.holds(on=clock.today(), is_in_force=not shows_old)
    page = Paginator(found, PAGE).get_page(request.GET.get("side"))
    keys = [opaque.encode(hold.youth_id) for hold in page]
    context = {
        "tabs": log_tabs(current="holds"),
        "form": form,
        "page_obj": page,
        "rows": [(hold, key, mark_of(key)) for hold, key in zip(page, keys, strict=True)],
        "shows_old": shows_old,
    }
    return render_screen(request, "oversight/holds.html", context, status=422 if form.errors else 200)
