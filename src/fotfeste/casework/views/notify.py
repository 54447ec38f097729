"""Telling the education administration about a youth: for those who report and do not set a status."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.roles import Role
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.casework.forms.feedback import FeedbackForm
from fotfeste.casework.services import feedback
from fotfeste.casework.views.saving import Screen


@requires(Permission.FEEDBACK_SEND)
@require_http_methods(["GET", "POST"])
def send_feedback(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Send the education administration a message: a category, a day and the kind of activity."""
    for_nav = request.actor.role is Role.NAV_RESPONSIBLE
    title = _("Svar til Utdanningsadministrasjonen") if for_nav else _("Meld til Utdanningsadministrasjonen")
    screen = Screen(request, youth_id, title)
    last = feedback.last_answer(youth_id=youth_id, from_unit_id=request.actor.unit_id)
    form = FeedbackForm(
        request.POST or None, for_nav=for_nav, today=screen.today, version=last.feedback_id if last else 0
    )
    given = screen.given(form)
    if screen.saves(form, feedback.send_feedback, youth_id=youth_id, **given):
        messages.success(request, _("Meldingen er sendt. Utdanningsadministrasjonen setter status."))
        return redirect("casework:person", youth_id=youth_id)
    explain = _("Utdanningsadministrasjonen gjør meldingen om til en status. En ny melding erstatter en som venter.")
    return screen.show("casework/form.html", form, explain=explain, submit=_("Send"), form_class="fot-feedback-form")
