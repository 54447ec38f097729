"""A reminder with a day for the youths ticked in the worklist: to oneself, to who answers for them, or to the unit."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.listed import listed_by_youth
from fotfeste.casework.views.desk import keep_report
from fotfeste.collaboration.services import tasks
from fotfeste.kernel.seen import each_by_itself
from fotfeste.kernel.ui import Link
from fotfeste.lists.forms import ReminderForm, SaveFilterForm
from fotfeste.lists.selectors.worklist import counsellors_of
from fotfeste.lists.views.assigning import ids_ticked, where_from
from fotfeste.lists.views.worklist import ATTEMPTS_REPORT, render_worklist


@requires(Permission.TASK_DO)
@require_POST
def remind(request: ActorRequest) -> HttpResponse:
    """Ask what to remind of and when, then set it for each youth by itself; who it was refused for is told."""
    _places, back = where_from(request)
    ids = sorted(ids_ticked(request))
    if not ids:
        return render_worklist(request, SaveFilterForm(), nobody_ticked=True, status=422)
    form = ReminderForm(request.POST if "what" in request.POST else None)
    if form.is_valid():
        keep_report(request, ATTEMPTS_REPORT, **_set_for_each(request, ids, form.cleaned_data))
        return redirect(back)
    cases = listed_by_youth(youth_ids=ids)
    context = {
        "form": form,
        "ticked": request.POST.getlist("valgt"),
        "names": [f"{case.last_name}, {case.first_name}" for case in cases.values()],
        "back": back,
        "liste": request.POST.get("liste", ""),
        "crumbs": [Link(_("Ungdommer"), back), Link(_("Huskelapp"))],
    }
    status = 422 if form.errors else 200
    return render_screen(request, "lists/remind.html", context, listed=list(cases), topic=Topic.STATUS, status=status)


def _set_for_each(request: ActorRequest, ids: list[int], given: dict[str, Any]) -> dict[str, Any]:
    """Set the reminder for each youth; return how many, and for whom it was refused and why."""
    actor, to = request.actor, given["to"]
    whose = counsellors_of(youth_ids=ids) if to == "counsellor" else {}
    done, refused = each_by_itself(
        ids,
        lambda youth_id: tasks.set_task(
            actor=actor,
            youth_id=youth_id,
            what=given["what"],
            due_on=given["due_on"],
            for_user_id=actor.user_id if to == "me" else whose.get(youth_id),
        ),
    )
    return {"done": len(done), "refused": refused}
