"""The menu: each role is shown the places it may go, in the order of the working day."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fotfeste.access.actor import Actor
from fotfeste.access.login.words import how_logged_in
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Topic
from fotfeste.kernel.ui import Link, UserMenu

# label, url name, permission it takes, and other places that belong to it
PLACES = (
    (_("I dag"), "home", Permission.HOME_VIEW, ()),
    (_("Mine ungdommer"), "lists:worklist", Permission.WORKLIST_VIEW, ()),
    (_("Oppgaver"), "collaboration:tasks", Permission.TASK_DO, ()),
    (_("Møter"), "collaboration:my_meetings", Permission.MEETING_SEE, ()),
    (_("Kø"), "casework:unassigned", Permission.RESPONSIBILITY_ASSIGN, ("casework:feedback", "casework:duplicates")),
    (_("OTUK-lister"), "lists:otuk", Permission.OTUK_VIEW, ()),
    (
        pgettext_lazy("flere", "Brev"),
        "correspondence:mailings",
        Permission.LETTER_PREPARE,
        ("correspondence:follow_up",),
    ),
    (_("Mine meldinger"), "casework:own_feedback", Permission.FEEDBACK_SEND, ()),
    (_("Innlesing"), "integrations:imports", Permission.IMPORT_RUN, ()),
    (_("Årshjul"), "annualwheel:wheel", Permission.WHEEL_VIEW, ()),
    (_("Oversikt"), "reporting:figures", Permission.FIGURES_VIEW, ()),
    (_("Rapporter"), "reporting:reports", Permission.REPORT_MAKE, ()),
    (_("Logg"), "oversight:log", Permission.AUDIT_READ, ()),
    (_("Kassasjon"), "oversight:disposals", Permission.DISPOSAL_DECIDE, ()),
    (_("Nødåpninger"), "consent:emergencies", Permission.EMERGENCY_SEE, ()),
    (_("Brukere"), "organisations:users", Permission.ACCESS_MANAGE, ()),
    (_("Tilganger"), "organisations:reviews", Permission.ROLE_REVIEW, ()),
    (_("Enheter"), "organisations:directory", Permission.DIRECTORY_VIEW, ()),
)
#: Who has a menu full already finds these on the morning page.
_FOUND_ELSEWHERE = {"collaboration:tasks": Permission.IMPORT_RUN, "collaboration:my_meetings": Permission.IMPORT_RUN}
#: So many places stand side by side; whoever has more finds those of less than daily use under one heading.
_SIDE_BY_SIDE, _AT_MOST = 6, 8
#: Who sees the whole county has no youths of their own.
_OF_COUNTY = {"lists:worklist": _("Ungdommer")}


def _url(name: str) -> str | None:
    try:
        return reverse(name)
    except NoReverseMatch:
        return None


def _link(place: Any, actor: Actor, path: str) -> Link | None:
    """Return the way to a place, or None when it is not built or not for the actor."""
    label, name, permission, others = place
    url = _url(name) if actor.has(permission) else None
    if url is None or ((full := _FOUND_ELSEWHERE.get(name)) is not None and actor.has(full)):
        return None
    if any(actor.knows_in_county(Topic.STATUS, county_id) for county_id in actor.county_ids):
        label = _OF_COUNTY.get(name, label)
    belonging = [url, *filter(None, map(_url, others))]
    is_here = path == url if name == "home" else path.startswith(tuple(belonging))
    return Link(str(label), url, is_here)


def _about_the_rules() -> list[Link]:
    """Return the pages that say by which rules people are judged and shown things; everybody may read them."""
    places = (
        (_("Rutiner"), "collaboration:routines"),
        (_("Lesemåter"), "casework:readings"),
        (_("Delingsregler"), "sharing_rules"),
    )
    return [Link(str(label), url) for label, name in places if (url := _url(name)) is not None]


def _kept_texts(actor: Actor) -> list[Link]:
    """Return the page with the unit's texts for notes, for whoever keeps them."""
    url = _url("casework:note_templates") if actor.has(Permission.NOTE_TEMPLATE_EDIT) else None
    return [Link(str(_("Maler for notater")), url)] if url else []


def _control(actor: Actor) -> list[Link]:
    """Return the page that says whether anybody or anything is forgotten, for whoever assigns the county's youths."""
    url = _url("oversight:guards") if actor.has(Permission.RESPONSIBILITY_ASSIGN) else None
    return [Link(str(_("Kontroll")), url)] if url else []


def _own_session(request: HttpRequest) -> Link:
    """Return the page about one's own login, which stands in the user menu."""
    address = reverse("session")
    return Link(str(_("Innloggingen din")), address, request.path == address)


def navigation(request: HttpRequest) -> dict:
    """Give the page header its menu, search and user menu."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"nav": [], "home_url": reverse("login")}
    links = [link for place in PLACES if (link := _link(place, actor, request.path))]
    shown = links if len(links) <= _AT_MOST else links[:_SIDE_BY_SIDE]
    menu = UserMenu(
        name=actor.name,
        unit=actor.unit_name,
        role=str(actor.role.label) if actor.role else "",
        logout_url=reverse("logout"),
        login=how_logged_in(request.session),
        links=(_own_session(request), *_control(actor), *_kept_texts(actor), *_about_the_rules()),
    )
    search = _url("lists:search") if actor.has(Permission.YOUTH_SEARCH) else None
    more = links[len(shown) :]
    return {"nav": shown, "nav_more": more, "user_menu": menu, "search_url": search, "home_url": reverse("home")}
