"""Finding a youth. Names and numbers are posted, never part of an address, and not kept."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from fotfeste.access.limits import limited
from fotfeste.access.once import keeps_nothing
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.listed import listed_by_youth
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.lists.forms import SearchForm
from fotfeste.lists.views.hits import hits_of
from fotfeste.people.selectors import SearchResult, search_youths, youths_by_id

_FOUND = "search_found"


@requires(Permission.YOUTH_SEARCH)
@keeps_nothing
@limited("search", methods=frozenset({"POST"}))
@require_http_methods(["GET", "POST"])
def search(request: ActorRequest) -> HttpResponse:
    """
    Look for a youth, and show whom it found.

    What was found is kept in the session as row numbers alone, so that going back from a person shows it again without
    the browser sending the name once more. Nobody found and nobody one may see is the same answer.
    """
    if request.method == "GET":
        return _show(request, SearchForm(), request.session.get(_FOUND))
    form = SearchForm(request.POST)
    found = _look(form)
    request.session.pop(_FOUND, None)
    if found is None:
        return _show(request, form, None, status=422)
    audit.record(
        "youth.searched", by=request.actor.user_id, details={"by": found.found_by.value, "found": len(found.youth_ids)}
    )
    if not found.youth_ids:
        return _show(request, form, {"ids": []})
    request.session[_FOUND] = {"ids": list(found.youth_ids), "is_cut": found.is_cut}
    return redirect("lists:search")


def _look(form: SearchForm) -> SearchResult | None:
    if not form.is_valid():
        return None
    try:
        return search_youths(text=form.cleaned_data["q"], posted=True)
    except Invalid as refusal:
        form.add_error("q", str(refusal))
        return None


def _show(request: ActorRequest, form: SearchForm, found: dict[str, Any] | None, *, status: int = 200) -> HttpResponse:
    ids = found["ids"] if found else []
    youths = youths_by_id(ids)
    hits = hits_of(
        [youths[pk] for pk in ids if pk in youths],
        registrations=listed_by_youth(youth_ids=ids) if ids else {},
        actor=request.actor,
        today=clock.today(),
    )
    context = {
        "form": form,
        "searched": found is not None,
        "may_open_in_emergency": request.actor.has(Permission.EMERGENCY_OPEN),
        "is_cut": bool(found and found.get("is_cut")),
        "hits": hits,
    }
    listed = [hit.youth_id for hit in hits]
    return render_screen(request, "lists/search.html", context, listed=listed, status=status)
