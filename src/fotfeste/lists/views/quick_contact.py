"""One step from the list: somebody called, and this is how it went."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.contact import STEPS
from fotfeste.casework.selectors.listed import listed_by_youth
from fotfeste.casework.services import contacts
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Refused
from fotfeste.lists.views.rows import RowMaker, reminders_for, row_words
from fotfeste.lists.views.worklist import list_url, read_filter


@requires(Permission.CONTACT_REGISTER)
@require_POST
def register(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Register the attempt a button stands for, today, and show the row as it is now."""
    step = STEPS.get(request.POST.get("hva", ""))
    if step is None:
        raise Http404
    try:
        done = contacts.register_attempt(actor=request.actor, youth_id=youth_id, on=clock.today(), **step)
    except Refused as refusal:
        return _answer(request, youth_id, refusal=str(refusal))
    said = str(_("Kontakt registrert.") if done.is_contact else _("Forsøk registrert."))
    return _answer(request, youth_id, said=said, attempt_id=done.attempt.pk)


@requires(Permission.CONTACT_REGISTER)
@require_POST
def undo(request: ActorRequest, attempt_id: int) -> HttpResponse:
    """Take back what a button just registered."""
    try:
        attempt = contacts.withdraw_attempt(actor=request.actor, attempt_id=attempt_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("lists:worklist")
    return _answer(request, attempt.youth_id, said=str(_("Angret. Forsøket er trukket tilbake.")))


def _answer(
    request: ActorRequest, youth_id: int, *, said: str = "", refusal: str = "", attempt_id: int | None = None
) -> HttpResponse:
    """Answer htmx with the row and the word about it; without JavaScript go back to the list."""
    today, actor = clock.today(), request.actor
    places, choices = read_filter(actor, QueryDict(request.POST.get("liste", "")), today)
    if not getattr(request, "htmx", False):
        if refusal:
            messages.error(request, refusal)
        else:
            messages.success(request, said)
        return redirect(list_url(choices.query))
    case = listed_by_youth(youth_ids=[youth_id]).get(youth_id)
    if case is None:
        raise Http404
    rows = RowMaker(actor=actor, today=today, district_names=dict(places.districts))
    context = {
        "row": rows.row_of(case),
        "query": request.POST.get("liste", ""),
        "shows_unit": request.POST.get("enhet") == "ja",
        "shows_person": request.POST.get("ansvarlig") == "ja",
        "shows_district": request.POST.get("bydel") == "ja",
        "columns": choices.columns,
        "reminders": reminders_for(actor, [case]) if "reminder" in choices.columns else {},
        "shows_buttons": True,
        "shows_choose": request.POST.get("velg") == "ja",
        "chosen": frozenset(request.POST.getlist("valgt")),
        "said": said,
        "refusal": refusal,
        "attempt_id": attempt_id,
        **row_words(),
    }
    return render(request, "lists/_row_answer.html", context, status=422 if refusal else 200)
