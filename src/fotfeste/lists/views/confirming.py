"""Confirming the statuses of the youths ticked in the worklist, each authorised by itself."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.selectors.listed import listed_by_youth
from fotfeste.casework.services import statuses
from fotfeste.casework.views.desk import keep_report
from fotfeste.lists.forms import SaveFilterForm
from fotfeste.lists.views.assigning import ids_ticked, version_shown, where_from
from fotfeste.lists.views.worklist import CONFIRMED_REPORT, render_worklist


@requires(Permission.STATUS_CONFIRM)
@require_POST
def confirm(request: ActorRequest) -> HttpResponse:
    """Say of each youth ticked that the status still holds; who it was refused for, and why, is told."""
    _places, back = where_from(request)
    ids = ids_ticked(request)
    if not ids:
        return render_worklist(request, SaveFilterForm(), nobody_ticked=True, status=422)
    cases = listed_by_youth(youth_ids=ids)
    versions = {case.registration_id: version_shown(request, youth_id) for youth_id, case in cases.items()}
    came = statuses.confirm_statuses(actor=request.actor, versions=versions)
    whose = {case.registration_id: youth_id for youth_id, case in cases.items()}
    refused = [(whose[registration_id], why) for registration_id, why in came.refused()]
    gone = [
        (youth_id, _("Saken finnes ikke, eller du har ikke tilgang til den."))
        for youth_id in ids
        if youth_id not in cases
    ]
    keep_report(request, CONFIRMED_REPORT, done=len(came.done), refused=[*refused, *gone])
    return redirect(back)
