"""How one is reminded of the year oneself: by e-mail, and in one's own calendar."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.annualwheel.enums import DigestOften
from fotfeste.annualwheel.forms import DigestForm
from fotfeste.annualwheel.selectors.digests import as_allowed, often_of
from fotfeste.annualwheel.selectors.feeds import feeds_of
from fotfeste.annualwheel.services import digests, feeds
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.law.wheel_tasks import choices_of_digest
from fotfeste.organisations.selectors.readings import readings_for


@requires(Permission.WHEEL_VIEW)
@require_http_methods(["GET", "POST"])
def reminding(request: ActorRequest) -> HttpResponse:
    """Choose how often one is reminded by e-mail, and see the addresses one's calendars read."""
    form, allowed = _form(request), _allowed(request)
    if request.method == "POST" and form.is_valid():
        try:
            digests.choose_digest(actor=request.actor, often=DigestOften(form.cleaned_data["often"]), allowed=allowed)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Valget er lagret."))
            return redirect("annualwheel:reminding")
    return _render(request, form, status=422 if form.errors else 200)


@requires(Permission.WHEEL_VIEW)
@require_POST
def make_address(request: ActorRequest) -> HttpResponse:
    """Make an address for one of one's roles, or a new one instead of it; it is shown now and never again."""
    try:
        secret = feeds.make_feed(actor=request.actor, role=Role(_role(request)))
    except (Refused, ValueError):
        messages.error(request, _("Velg en rolle du har."))
        return redirect("annualwheel:reminding")
    url = request.build_absolute_uri(reverse("annualwheel:feed", args=[secret]))
    response = _render(request, _form(request), made=url)
    response["Cache-Control"] = "no-store"
    return response


@requires(Permission.WHEEL_VIEW)
@require_POST
def revoke_address(request: ActorRequest) -> HttpResponse:
    """Take away the address of one of one's roles."""
    role = _role(request)
    if role in Role.values and feeds.revoke_feed(actor=request.actor, role=Role(role)):
        messages.success(request, _("Adressen gjelder ikke lenger."))
    return redirect("annualwheel:reminding")


def _role(request: ActorRequest) -> str:
    return request.POST.get("rolle", "")


def _allowed(request: ActorRequest) -> tuple[str, ...]:
    """Return what every county one works in lets people choose."""
    today = clock.today()
    each = [set(choices_of_digest(today, readings_for(county_id=pk))) for pk in request.actor.county_ids]
    return tuple(often for often in DigestOften.values if all(often in one for one in each))


def _form(request: ActorRequest) -> DigestForm:
    allowed = _allowed(request)
    chosen = often_of(user_ids=[request.actor.user_id]).get(request.actor.user_id, DigestOften.DAILY.value)
    sent = request.POST if "often" in request.POST else None
    return DigestForm(sent, allowed=allowed, initial={"often": as_allowed(chosen, allowed)})


def _render(request: ActorRequest, form: DigestForm, *, made: str = "", status: int = 200) -> HttpResponse:
    has = {row.role: row.made_at for row in feeds_of(user_id=request.actor.user_id)}
    roles: dict[str, Any] = {each.role.value: each.role.label for each in request.actor.assignments}
    context = {
        "form": form,
        "made": made,
        "feeds": [(role, label, has.get(role)) for role, label in roles.items()],
        "crumbs": [Link(_("Årshjulet"), reverse("annualwheel:wheel")), Link(_("Påminnelser"))],
    }
    return render_screen(request, "annualwheel/reminding.html", context, status=status)
