"""The texts a unit offers for notes: offering them beside a form, and keeping them."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework import policies
from fotfeste.casework.forms.journal import TemplateForm
from fotfeste.casework.selectors import note_templates as selectors
from fotfeste.casework.services import note_templates as services
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link

_NEW = "ny"


@dataclass(frozen=True, slots=True)
class Offered:
    """The texts offered beside a form, and the one chosen by those whose browser runs no scripts."""

    templates: list[selectors.OfferedTemplate]
    chosen: str = ""


def offered(request: ActorRequest) -> Offered:
    """Return the texts offered to the reader; ``?mal=`` names the one to begin with."""
    found = _offered(request.actor)
    wanted = request.GET.get("mal", "")
    return Offered(found, next((each.text for each in found if each.key == wanted), ""))


def _offered(actor: Actor, *, hidden: bool = False) -> list[selectors.OfferedTemplate]:
    return selectors.templates_offered(
        unit_ids=actor.unit_ids, county_ids=actor.county_ids, language=(get_language() or "nb")[:2], hidden=hidden
    )


@requires(Permission.NOTE_TEMPLATE_EDIT)
@require_GET
def overview(request: ActorRequest) -> HttpResponse:
    """Show the texts for notes, and whose each is."""
    rows = [(each, _whose(each.whose)) for each in _offered(request.actor, hidden=True)]
    return render_screen(request, "casework/note_templates.html", {"rows": rows, "new": _NEW})


@requires(Permission.NOTE_TEMPLATE_EDIT)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, key: str) -> HttpResponse:
    """Change a text for the unit, or write a new one."""
    unit_id = min(policies.units_with_templates(request.actor))
    shown = next((each for each in _offered(request.actor, hidden=True) if each.key == key), None)
    if shown is None and key != _NEW:
        raise Http404
    stands = selectors.template_of_unit(unit_id=unit_id, key=key)
    initial: dict[str, Any] = {"version": stands.pk if stands else 0}
    if shown is not None:
        initial |= {"name": shown.name, "text": shown.text}
    form = TemplateForm(request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            services.write_template(
                actor=request.actor, unit_id=unit_id, key="" if shown is None else key, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Malen er lagret."))
            return redirect("casework:note_templates")
    crumbs = [Link(_("Maler for notater"), reverse("casework:note_templates")), Link(_("Mal"))]
    context = {"form": form, "crumbs": crumbs}
    return render_screen(request, "casework/note_template.html", context, status=422 if form.errors else 200)


def _whose(whose: str) -> str:
    return {
        selectors.DEFAULT: _("Felles for alle"),
        selectors.COUNTY: _("Fylkets"),
        selectors.UNIT: _("Enhetens"),
    }[whose]
