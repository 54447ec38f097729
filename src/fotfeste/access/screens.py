"""Permission on every screen, and the log of every person opened on one."""

import functools
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from fotfeste.access import refusals
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.session_store import ENDED, Ended
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit

View = Callable[..., HttpResponseBase]


class ActorRequest(HttpRequest):
    """A request as the middleware hands it to a view behind ``requires``: somebody is acting."""

    actor: Actor
    htmx: HtmxDetails


def requires(permission: Permission) -> Callable[[View], View]:
    """Let only actors with the permission in. Without login: to the login page; without permission: a plain 403."""

    def wrap(view: View) -> View:
        @functools.wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            actor = getattr(request, "actor", None)
            if actor is None:
                return _to_login(request)
            if actor.must_confirm and not actor.has(permission):
                return _to(request, reverse("confirm_knowledge"))
            if not actor.has(permission):
                refusals.by_role(request, actor, str(permission))
                return render(request, "kernel/errors/403.html", status=403)
            return view(request, *args, **kwargs)

        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return wrap


def _to_login(request: HttpRequest) -> HttpResponse:
    """
    Lead to the login page, and afterwards back to the page one stood on.

    A part of a page must never get the login page swapped into it, so htmx is told to leave the page instead. The query
    of an address is left out: it may hold what was searched for.
    """
    htmx = getattr(request, "htmx", None)
    is_read = request.method in {"GET", "HEAD"}
    if htmx:
        back = urlsplit(htmx.current_url_abs_path or "").path
    else:
        back = request.path if is_read else _page_of_form(request)
    address = f"{reverse('login')}?{urlencode({'neste': back})}" if back else reverse("login")
    has_lapsed = not htmx and request.session.get(ENDED) in {Ended.IDLE, Ended.ABSOLUTE}
    if has_lapsed and not is_read and (written := _written(request)):
        return render(request, "access/not_saved.html", {"written": written, "login_url": address}, status=422)
    return _to(request, address)


def _to(request: HttpRequest, address: str) -> HttpResponse:
    """Lead the whole page on, also when only a part of it was asked for."""
    return HttpResponseClientRedirect(address) if getattr(request, "htmx", None) else redirect(address)


def _page_of_form(request: HttpRequest) -> str:
    """Return the page of ours whose form was sent; the browser says, since the referrer policy lets it."""
    sender = urlsplit(request.headers.get("Referer", ""))
    return sender.path if sender.netloc == request.get_host() else ""


def _written(request: HttpRequest) -> list[str]:
    """Return what somebody wrote by hand in a form that came too late: it is theirs, and must not be lost."""
    texts = [text for name in request.POST if name != "csrfmiddlewaretoken" for text in request.POST.getlist(name)]
    return [text for text in texts if " " in text.strip() or "\n" in text.strip()]


def public(view: View) -> View:
    """Mark a view that needs no login. The list of these is approved in tests/house."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def render_screen(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    partial: str = "",
    about: int | None = None,
    listed: Iterable[int] = (),
    topic: Topic = Topic.IDENTITY,
    status: int = 200,
) -> HttpResponse:
    """
    Render a whole page, or for an htmx request the named part of it, and log whom it showed.

    :param partial: template of the part htmx swaps in; empty when the page has none.
    :param about: id of the youth the screen is about; writes the read log with the ground that opened it.
    :param listed: ids of the youths the screen names among others; one entry for them all.
    :param topic: what it shows of them, since each topic may be open on a ground of its own.
    """
    htmx = getattr(request, "htmx", None)
    use_part = bool(partial and htmx and not htmx.boosted and not htmx.history_restore_request)
    response = render(request, partial if use_part else template, context, status=status)
    log_shown(request, about=about, listed=listed, topic=topic)
    return response


def log_shown(
    request: HttpRequest, *, about: int | None = None, listed: Iterable[int] = (), topic: Topic = Topic.IDENTITY
) -> None:
    """Log whom an answer shows. For those that are no screens: a file, or the part of a page a button gives back."""
    screen = request.resolver_match.view_name if request.resolver_match else ""
    by = request.actor.user_id  # type: ignore[attr-defined]
    if about is not None:
        audit.record_read(by=by, about=about, screen=screen, topic=topic.value)
    audit.record_listed(by=by, youths=listed, screen=screen, topic=topic.value)
