"""The page on which everybody with a role confirms to know the rules of privacy and security."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fotfeste.access import selectors
from fotfeste.access.knowledge import text_on
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.services.knowledge import confirm_knowledge as confirm
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict


@requires(Permission.KNOWLEDGE_CONFIRM)
@require_http_methods(["GET", "POST"])
def confirm_knowledge(request: ActorRequest) -> HttpResponse:
    """Show the text; with the button, keep that it is known and lead on to the day's work."""
    today, status = clock.today(), 200
    if request.method == "POST":
        try:
            made = confirm(actor=request.actor, version=request.POST.get("version", ""), on=today)
        except EditConflict as conflict:
            messages.error(request, str(conflict))
            status = 409
        else:
            messages.success(request, _("Takk. Det gjelder til og med {day}.").format(day=formats.day(made.last_day)))
            return redirect("home")
    user_id = request.actor.user_id
    context = {
        "text": text_on(day=today, language=get_language() or "nb"),
        "is_new": selectors.has_confirmed_earlier_text(user_id=user_id, on=today),
        "until": selectors.knowledge_until(user_ids=[user_id], on=today).get(user_id),
    }
    return render_screen(request, "access/knowledge.html", context, status=status)
