"""Choosing the columns of the worklist: what is ticked stands in the address, and in a filter that is saved."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.kernel import clock
from fotfeste.kernel.ui import Link
from fotfeste.lists.forms import COLUMNS
from fotfeste.lists.views.rows import row_words
from fotfeste.lists.views.worklist import list_url, read_filter


@requires(Permission.WORKLIST_VIEW)
@require_GET
def columns(request: ActorRequest) -> HttpResponse:
    """Show the columns there are, those chosen ticked, with the rest of what the list was narrowed to kept."""
    _places, choices = read_filter(request.actor, request.GET, clock.today())
    words = row_words()["words"]
    assert isinstance(words, dict)
    rest = {name: kept for name, kept in choices.query.items() if name != "kolonner"}
    context = {
        "columns": [(name, words[name], name in choices.columns) for name in COLUMNS],
        "rest": rest.items(),
        "usual": list_url(rest),
        "crumbs": [Link(_("Ungdommer"), reverse("lists:worklist")), Link(_("Kolonner"))],
    }
    return render_screen(request, "lists/columns.html", context)
