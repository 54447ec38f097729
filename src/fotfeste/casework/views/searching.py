"""Finding something within one case."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from fotfeste.access.once import keeps_nothing
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.forms.searching import SearchCaseForm
from fotfeste.casework.selectors.timeline import timeline
from fotfeste.casework.views import person_parts
from fotfeste.casework.views.happenings import Teller
from fotfeste.casework.views.person import base
from fotfeste.kernel.ui import Happening

#: More than any case holds; the words are looked for in what is told, so all of it must be told.
ALL = 10_000


@requires(Permission.YOUTH_OPEN)
@require_http_methods(["GET", "POST"])
@keeps_nothing
def search_case(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Show what on the timeline holds all the words. They are sent, and never stand in an address."""
    page, header, context = base(request, youth_id, tab="person")
    form = SearchCaseForm(request.POST or None)
    words = form.cleaned_data["words"].casefold().split() if form.is_bound and form.is_valid() else []
    teller = Teller(page, header, request.actor)
    besides = person_parts.happenings(request.actor, page, header)
    told = (teller.happening(entry) for entry in timeline(page, count=ALL, besides=besides).entries)
    found = [each for each in told if words and _holds(_all_of(each), words)]
    context |= {"form": form, "entries": found, "is_asked": bool(words)}
    status = 422 if form.errors else 200
    return render_screen(request, "casework/search_case.html", context, about=youth_id, status=status)


def _all_of(told: Happening) -> str:
    return " ".join((told.title, told.text, told.by, *(file.name for file in told.files)))


def _holds(text: str, words: list[str]) -> bool:
    folded = text.casefold()
    return all(word in folded for word in words)
