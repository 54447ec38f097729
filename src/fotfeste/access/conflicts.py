"""The page one is shown who saved too late, wherever the screen itself does not lay the two versions side by side."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from fotfeste.access.screens import render_screen
from fotfeste.kernel.errors import EditConflict

CONFLICT = 409
_NOT_AGAIN = {"csrfmiddlewaretoken", "version"}


def answer(request: HttpRequest, conflict: EditConflict) -> HttpResponse:
    """
    Show both versions, and what was filled in as a form to be sent again now that both have been seen.

    Nothing is to be sent again when there is nothing left to change, and a file must be chosen anew.
    """
    may_try = conflict.version is not None and not request.FILES
    context = {
        "conflict": conflict,
        "may_try": may_try,
        "version": conflict.version,
        "sent": [(name, value) for name, values in _sent(request) for value in values] if may_try else [],
        "back": _back(request),
    }
    about = conflict.about or (request.resolver_match.kwargs.get("youth_id") if request.resolver_match else None)
    response = render_screen(request, "access/conflict.html", context, about=about, status=CONFLICT)
    if getattr(request, "htmx", None):  # the part that asked has no room for it: it takes the place of the page
        response["HX-Retarget"], response["HX-Reselect"], response["HX-Reswap"] = "main", "main", "outerHTML show:top"
    return response


def _sent(request: HttpRequest) -> list[tuple[str, list[str]]]:
    return [(name, values) for name, values in request.POST.lists() if name not in _NOT_AGAIN]


def _back(request: HttpRequest) -> str:
    """Return the page one came from when it is ours and another than the one that sends, else the home page."""
    htmx = getattr(request, "htmx", None)
    came_from = (htmx.current_url if htmx else "") or request.headers.get("Referer", "")
    path = urlsplit(came_from)._replace(scheme="", netloc="", fragment="").geturl() if came_from else ""
    is_ours = all(
        url_has_allowed_host_and_scheme(each, {request.get_host()}, require_https=request.is_secure())
        for each in (came_from, path)
    )
    return path if is_ours and path != request.path else reverse("home")
