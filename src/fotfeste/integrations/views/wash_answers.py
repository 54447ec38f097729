"""Taking in the file Nav has answered a washed list in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.integrations.forms import AnswersForm
from fotfeste.integrations.reading import UnreadableFile
from fotfeste.integrations.services import wash_answers as services
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.kernel.uploads import is_too_large, takes_files
from fotfeste.lists import policies
from fotfeste.lists.selectors import otuk, wash

#: How many faults are told at once; whoever has more has the wrong file.
_MOST_TOLD = 100


@requires(Permission.FEEDBACK_SEND)
@takes_files(up_to=services.LARGEST)
@require_http_methods(["GET", "POST"])
def answers(request: ActorRequest, round_id: int, unit_id: int) -> HttpResponse:
    """Ask for the file; use it when every row is right, else tell what is wrong with which row and use nothing."""
    session = _session_or_404(request, round_id, unit_id)
    if request.method == "GET":
        return _show(request, session, AnswersForm())
    form = AnswersForm(request.POST, request.FILES)
    if is_too_large(request):
        return _show(request, session, _refused(_("Filen er større enn 5 MB og leses ikke.")))
    if not form.is_valid():
        return _show(request, session, form)
    try:
        taken = services.take_in_answers(
            actor=request.actor, session_id=session.pk, file=form.cleaned_data["file"].file
        )
    except UnreadableFile as problem:
        return _show(request, session, _refused(str(problem)))
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, session, form)
    if taken.faults:
        return _show(request, session, _refused(_("Noen rader er gale. Ingenting i filen er brukt.")), taken)
    messages.success(request, _what_was_done(taken))
    return redirect("lists:otuk_board", round_id=round_id, unit_id=session.office_id)


def _session_or_404(request: ActorRequest, round_id: int, unit_id: int) -> Any:
    made = otuk.get_round_or_404(actor=request.actor, round_id=round_id)
    session = wash.session_of(made=made, district_id=unit_id)
    if session is None or not policies.may_answer_wash(actor=request.actor, office_id=session.office_id):
        raise Http404
    return session


def _refused(sentence: str) -> AnswersForm:
    """Return the form with what is wrong with the file that was chosen; a browser never sends it twice by itself."""
    form = AnswersForm({}, {})
    form.is_valid()
    form.errors.clear()
    form.add_error("file", sentence)
    return form


def _what_was_done(taken: services.TakenIn) -> str:
    if not taken.answers:
        return _("Filen har ingen svar. Ingenting er endret.")
    if not taken.new:
        return _("Svarene i filen var ført fra før. Ingenting er endret.")
    said = ngettext("%(number)s nytt svar er ført.", "%(number)s nye svar er ført.", taken.new) % {"number": taken.new}
    return f"{said} {_('Slett filen nå.')}"


def _show(
    request: ActorRequest, session: Any, form: AnswersForm, taken: services.TakenIn | None = None
) -> HttpResponse:
    board = reverse("lists:otuk_board", kwargs={"round_id": session.round_id, "unit_id": session.office_id})
    faults = taken.faults if taken else []
    context = {
        "session": session,
        "form": form,
        "taken": taken,
        "faults": faults[:_MOST_TOLD],
        "more_faults": max(0, len(faults) - _MOST_TOLD),
        "crumbs": [Link(_("OTUK-liste"), board), Link(_("Svar i fil"))],
    }
    status = 422 if form.is_bound else 200
    return render_screen(request, "integrations/wash_answers.html", context, status=status)
