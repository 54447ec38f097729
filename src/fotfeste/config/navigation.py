"""The menu: each role is shown the places it may go, in the order of the working day."""

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from fotfeste.access.permissions import Permission
from fotfeste.kernel.ui import Link, UserMenu

# label, url name, permission it takes
PLACES = (
    (_("I dag"), "home", Permission.HOME_VIEW),
    (_("Mine ungdommer"), "lists:worklist", Permission.WORKLIST_VIEW),
    (_("Kø"), "casework:unassigned", Permission.RESPONSIBILITY_ASSIGN),
    (_("Meldinger"), "casework:feedback", Permission.FEEDBACK_HANDLE),
    (_("OTUK-lister"), "lists:otuk", Permission.OTUK_VIEW),
    (_("Innlesing"), "integrations:imports", Permission.IMPORT_RUN),
    (_("Oversikt"), "reporting:figures", Permission.FIGURES_VIEW),
    (_("Rapporter"), "reporting:reports", Permission.REPORT_MAKE),
    (_("Enheter"), "organisations:directory", Permission.DIRECTORY_VIEW),
)


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def navigation(request: HttpRequest) -> dict:
    """Give the page header its menu, search and user menu."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"nav": [], "home_url": reverse("login")}
    links = []
    for label, name, permission in PLACES:
        url = _url(name) if actor.has(permission) else None
        if url:
            current = request.path == url if name == "home" else request.path.startswith(url)
            links.append(Link(str(label), url, current))
    menu = UserMenu(
        name=actor.name,
        unit=actor.unit_name,
        role=str(actor.role.label) if actor.role else "",
        logout_url=reverse("logout"),
    )
    search = _url("lists:search") if actor.has(Permission.YOUTH_SEARCH) else None
    return {"nav": links, "user_menu": menu, "search_url": search, "home_url": reverse("home")}
