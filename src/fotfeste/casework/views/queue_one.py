"""One waiting youth: everything that speaks for a unit, and the choice among all of them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.conflicts import CONFLICT
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.forms.queue import AssignForm
from fotfeste.casework.selectors.assignable import assignable_units
from fotfeste.casework.selectors.queue import Waiting, waiting_of
from fotfeste.casework.selectors.suggestions import suggestions_for
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.casework.services import responsibility
from fotfeste.casework.views.desk import county_of, name_of, number_or_none
from fotfeste.casework.views.queue import row_of
from fotfeste.casework.views.queue_assigning import assigned_meanwhile
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Refused
from fotfeste.kernel.ui import Link


@requires(Permission.RESPONSIBILITY_ASSIGN)
@require_http_methods(["GET", "POST"])
def assign_one(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show why no rule gave a unit, and give one."""
    county_id, today = county_of(request.actor, Permission.RESPONSIBILITY_ASSIGN), clock.today()
    waiting = _waiting(request, youth_id, county_id)
    if waiting is None:
        return _gone(request, youth_id)
    suggested = suggestions_for(waiting=[waiting], county_id=county_id, on=today)
    first = next(iter(suggested.get(youth_id, ())), None)
    form = AssignForm(
        request.POST or None,
        units=assignable_units(county_id=county_id, on=today),
        version=waiting.registration.version,
        unit_id=first.unit_id if first else None,
        why=first.why if first else "",
    )
    conflict = None
    if form.is_valid():
        try:
            responsibility.assign(
                actor=request.actor,
                youth_id=youth_id,
                holder_id=form.unit_id,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
            )
        except EditConflict as lost:
            conflict = lost
            form.data = {**request.POST.dict(), "version": lost.version}
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(name)s er tildelt.") % {"name": name_of(waiting.youth)})
            return redirect("casework:unassigned")
    context = {
        "row": row_of(waiting, suggested, today),
        "form": form,
        "conflict": conflict,
        "crumbs": [Link(_("Kø"), reverse("casework:unassigned")), Link(name_of(waiting.youth))],
    }
    status = CONFLICT if conflict else 422 if form.errors else 200
    return render_screen(request, "casework/queue_one.html", context, about=youth_id, status=status)


def _waiting(request: ActorRequest, youth_id: int, county_id: int) -> Waiting | None:
    """
    Return the waiting youth; None when it waits no longer.

    :raises Http404: only the handler of protected youths may give this one a unit.
    """
    found = waiting_of(youth_ids=[youth_id])
    sees_all = request.actor.knows_in_county(Topic.PROTECTED_ADDRESS, county_id)
    if found and is_protected(found[0].youth.protection) and not sees_all:
        raise Http404
    return found[0] if found else None


def _gone(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Tell whoever was about to give the youth a unit that somebody has."""
    if request.method == "POST":
        problem = assigned_meanwhile(youth_id=youth_id, holder_id=number_or_none(request.POST.get("unit")))
        if isinstance(problem, EditConflict):
            raise problem
    raise Http404
