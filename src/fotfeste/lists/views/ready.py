"""The lists made ready with how many each holds, one's own and shared filters, and who has how many youths."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, render_screen, requires
from fotfeste.casework.selectors.counsellors import units_to_choose_at
from fotfeste.casework.selectors.open_work import load_at
from fotfeste.casework.selectors.queue import count_unassigned
from fotfeste.casework.views.desk import county_of
from fotfeste.kernel import clock, formats, opaque
from fotfeste.kernel.errors import Refused
from fotfeste.kernel.ui import Link
from fotfeste.lists import policies
from fotfeste.lists.forms import Choices
from fotfeste.lists.selectors import ready as selectors
from fotfeste.lists.selectors.worklist import CONFIRM, QUICK_CHOICES, count_each, filters_to_use
from fotfeste.lists.services import filters
from fotfeste.lists.views.ready_words import groups, ready_texts
from fotfeste.lists.views.worklist import list_url, read_filter


@dataclass(frozen=True, slots=True)
class ReadyRow:
    """A list as the page shows it: its name, what it counts, where it opens, and how many are on it."""

    label: str
    meaning: str
    url: str
    count: int


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A saved filter as the page shows it. ``by`` is empty for one's own; ``shared_with`` for one not shared."""

    filter_id: int
    name: str
    url: str
    count: int
    by: str
    shared_with: str
    may_delete: bool


@dataclass(frozen=True, slots=True)
class LoadRow:
    """Somebody at the unit, and how many open cases they answer for."""

    name: str
    url: str
    count: int
    is_gone: bool


@requires(Permission.WORKLIST_VIEW)
@require_GET
def ready(request: ActorRequest) -> HttpResponse:
    """Show every list made ready with how many it holds now; each opens the worklist narrowed to just those."""
    actor, today = request.actor, clock.today()
    since, texts = selectors.last_look(user_id=actor.user_id), ready_texts()
    counts = selectors.count_ready(actor=actor, today=today, since=since)
    shown = [
        (title, [ReadyRow(*texts[name], _url(name), counts[name]) for name in names if name in counts])
        for title, names in groups()
    ]
    context = {
        "groups": [(title, rows) for title, rows in shown if rows],
        "new": ReadyRow(*texts["new_since"], _url("new_since"), counts["new_since"]) if "new_since" in counts else None,
        "since": formats.moment(since) if since else "",
        "kept": _kept(actor, today),
        "loads": _loads(actor, today),
        "without": ReadyRow(*texts["no_person"], _url("no_person"), counts.get("no_person", 0)),
        "unassigned": _unassigned(actor),
        "crumbs": [Link(_("Ungdommer"), reverse("lists:worklist")), Link(_("Lister"))],
    }
    return render_screen(request, "lists/ready.html", context)


@requires(Permission.WORKLIST_VIEW)
@require_POST
def look_through(request: ActorRequest) -> HttpResponse:
    """Keep that the list has been looked through; from here on only what comes later is new."""
    filters.look_through(actor=request.actor)
    messages.success(request, _("Listen er merket som sett. Det som kommer fra nå av, står som nytt."))
    return redirect("lists:ready")


@requires(Permission.WORKLIST_VIEW)
@require_POST
def share(request: ActorRequest, filter_id: int) -> HttpResponse:
    """Share one's own filter with the colleagues at one's unit, or stop sharing it."""
    stops = request.POST.get("slutt") == "ja"
    try:
        kept = (filters.stop_sharing if stops else filters.share_filter)(actor=request.actor, filter_id=filter_id)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Filteret «%(name)s» er ditt eget igjen.") if stops else _("Filteret «%(name)s» er delt med enheten.")
        messages.success(request, said % {"name": kept.name})
    return redirect("lists:ready")


def _url(name: str) -> str:
    if name == CONFIRM:
        return list_url({"bekreft": "ja"})
    return list_url({"hurtig" if name in QUICK_CHOICES else "utvalg": name})


def _kept(actor: Actor, today: date) -> list[KeptRow]:
    kept: list[Any] = filters_to_use(actor=actor)
    if not kept:
        return []
    places, _now = read_filter(actor, {}, today, also=[each.query for each in kept])
    read = {each.pk: Choices(each.query, places=places) for each in kept}
    found = count_each(actor=actor, filters={pk: each.chosen for pk, each in read.items()}, today=today)
    return [
        KeptRow(
            each.pk,
            each.name,
            list_url(read[each.pk].query),
            found[each.pk],
            by=each.user.name if each.user_id != actor.user_id else "",
            shared_with=each.shared_with.name if each.shared_with_id else "",
            may_delete=bool(policies.may_delete_filter(actor=actor, kept=each)),
        )
        for each in kept
    ]


def _loads(actor: Actor, today: date) -> list[LoadRow]:
    """Return how many each person at the units where the actor shares out youths answers for; none to others."""
    if not actor.has(Permission.COUNSELLOR_ASSIGN):
        return []
    return list(map(_load, load_at(unit_ids=units_to_choose_at(actor), on=today)))


def _load(each: Any) -> LoadRow:
    url = list_url({"ansvarlig": opaque.encode(each.user_id)}) if each.youths else ""
    return LoadRow(each.name, url, each.youths, each.is_gone)


def _unassigned(actor: Actor) -> int | None:
    """Return how many wait for a unit, to whoever gives them one."""
    needed = Permission.RESPONSIBILITY_ASSIGN
    return count_unassigned(county_id=county_of(actor, needed)) if actor.has(needed) else None
