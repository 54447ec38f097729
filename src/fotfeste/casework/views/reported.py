"""What the responsible unit has reported, turned into a status by the school that registers it (amb-33)."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.enums import FeedbackCategory
from fotfeste.casework.selectors.feedback import waiting_reports
from fotfeste.casework.selectors.opened_to import registers_for
from fotfeste.casework.selectors.person_page import PersonPage
from fotfeste.casework.services import handling
from fotfeste.casework.views.feedback_desk import Row, rows_of
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.whole_number import whole_number


def reports_of(actor: Actor, page: PersonPage, today: date) -> list[Row]:
    """Return the reports that wait for the actor's school to register for another unit; none for everybody else."""
    if not actor.has(Permission.STATUS_SET) or page.youth.unit_id in actor.unit_ids:
        return []
    if not registers_for(actor=actor, youth_id=page.youth.pk, on=today):
        return []
    waiting = waiting_reports(youth_ids=[page.youth.pk]).exclude(category=FeedbackCategory.MOVED)
    return rows_of(waiting)


@requires(Permission.STATUS_SET)
@require_POST
def accept_report(request: ActorRequest, youth_id: int, feedback_id: int) -> HttpResponse:
    """Turn a report into the status it leads to, or the one chosen."""
    try:
        handling.accept_feedback(
            actor=request.actor,
            feedback_id=feedback_id,
            version=whole_number(request.POST.get("version", "")),
            code=request.POST.get("kode", ""),
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Meldingen er tatt i bruk, og statusen er registrert."))
    return redirect("casework:person", youth_id=youth_id)
