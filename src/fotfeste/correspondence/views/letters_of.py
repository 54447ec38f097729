"""The letters to one youth."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.views.person import base, must_know
from fotfeste.correspondence.policies import may_handle_letter
from fotfeste.correspondence.selectors.replies import letters_of as letters_to
from fotfeste.people.selectors import same_person_ids


@requires(Permission.YOUTH_OPEN)
@require_GET
def letters_of(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show what the youth and the guardians have been written, what came back, and what was answered."""
    page, _header, context = base(request, youth_id, tab="letters_of")
    must_know(request.actor, Topic.STATUS, page, context["today"])
    youth = page.youth
    context |= {
        "letters": letters_to(youth_ids=same_person_ids(youth_id=youth_id)),
        "may_return": bool(may_handle_letter(actor=request.actor, unit_id=youth.unit_id, county_id=youth.county_id)),
    }
    return render_screen(request, "correspondence/letters_of.html", context, about=youth_id, topic=Topic.STATUS)
