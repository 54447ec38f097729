"""What one has reported oneself, what came of it, and the questions that came back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import FeedbackState
from fotfeste.casework.selectors.feedback import own_feedback
from fotfeste.casework.services import feedback
from fotfeste.casework.views.feedback_desk import PAGE, rows_of
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.whole_number import whole_number


@requires(Permission.FEEDBACK_SEND)
@require_GET
def own(request: ActorRequest) -> HttpResponse:
    """Show the messages of the actor's units, those that were sent back with a question in a part of their own."""
    sent = own_feedback(actor=request.actor)
    page = Paginator(sent.exclude(state=FeedbackState.RETURNED), PAGE).get_page(request.GET.get("side"))
    questions, rows = rows_of(sent.filter(state=FeedbackState.RETURNED)), rows_of(page)
    context = {"questions": questions, "rows": rows, "page_obj": page}
    listed = [row.youth_id for row in (*questions, *rows)]
    return render_screen(request, "casework/feedback_own.html", context, listed=listed, topic=Topic.FEEDBACK)


@requires(Permission.FEEDBACK_SEND)
@require_POST
def withdraw(request: ActorRequest, feedback_id: int) -> HttpResponse:
    """Take back a message nobody has handled."""
    try:
        feedback.withdraw_feedback(
            actor=request.actor, feedback_id=feedback_id, version=whole_number(request.POST.get("version"))
        )
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Meldingen er trukket tilbake."))
    return redirect("casework:own_feedback")
