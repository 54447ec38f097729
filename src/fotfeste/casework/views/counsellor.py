"""Choosing the responsible person of one youth, and taking the choice back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.counsellor import CounsellorForm, chosen_person
from fotfeste.casework.policies import may_assign_counsellor
from fotfeste.casework.selectors.counsellors import names_to_choose
from fotfeste.casework.services import counsellors
from fotfeste.casework.views.saving import Screen
from fotfeste.kernel.errors import Refused

_KEY = "counsellor_choice"


@requires(Permission.COUNSELLOR_ASSIGN)
@require_http_methods(["GET", "POST"])
def choose_counsellor(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Choose who at the responsible unit answers for the youth."""
    screen = Screen(request, youth_id, _("Velg ansvarlig person"))
    registration = screen.registration
    allowed = may_assign_counsellor(actor=request.actor, unit_id=registration.unit_id)
    if not allowed:  # whose names are on the form tells which unit it is
        messages.error(request, allowed.sentence)
        return redirect("casework:person", youth_id=youth_id)
    people = names_to_choose(unit_ids=[registration.unit_id], on=screen.today)
    form = CounsellorForm(
        request.POST or None,
        people=people,
        me=request.actor.user_id,
        now_id=registration.counsellor_id,
        version=registration.version,
    )
    given = screen.given(form)
    if given:
        given["counsellor_id"] = chosen_person(given.pop("person"))
    if screen.saves(form, counsellors.assign_counsellor, youth_id=youth_id, **given):
        _keep(request, youth_id, screen.result.pk, dict(people).get(screen.result.counsellor_id or 0, ""))
        return redirect("casework:person", youth_id=youth_id)
    explain = _(
        "Personen vises sammen med enheten, og kan brukes til å filtrere listen. Enheten har fortsatt ansvaret."
    )
    return screen.show("casework/form.html", form, explain=explain)


@requires(Permission.COUNSELLOR_ASSIGN)
@require_POST
def undo_counsellor(request: ActorRequest, youth_id: int, period_id: int) -> HttpResponse:
    """Take back what was just chosen."""
    try:
        counsellors.undo_choice(actor=request.actor, youth_id=youth_id, period_id=period_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Angret. Den ansvarlige personen er den samme som før."))
    return redirect("casework:person", youth_id=youth_id)


def take_choice(request: ActorRequest, youth_id: int) -> dict[str, str] | None:
    """Return the word about a choice just made for the youth, and the address that takes it back; once."""
    kept = request.session.pop(_KEY, None)
    if not kept or kept["youth"] != youth_id:
        return None
    undo = reverse("casework:undo_counsellor", kwargs={"youth_id": youth_id, "period_id": kept["period"]})
    name = kept["person"]
    said = _("%(name)s er ansvarlig person fra i dag.") % {"name": name} if name else _("Ingen er ansvarlig person nå.")
    return {"text": said, "undo_url": undo}


def _keep(request: ActorRequest, youth_id: int, period_id: int, person: str) -> None:
    request.session[_KEY] = {"youth": youth_id, "period": period_id, "person": person}
