"""What surrounds every request: safe headers, and the actor's transaction."""

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from fotfeste.access import conflicts, refusals, selectors
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.services import sessions
from fotfeste.access.session_store import SESSION_USER
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class SecurityHeadersMiddleware:
    """Add the headers every answer carries. Pages about people are never kept by browsers or proxies."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the headers set."""
        response = _without_length(request) or self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", CSP)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


def _without_length(request: HttpRequest) -> HttpResponse | None:
    """Refuse what does not say how long it is: nothing of it would be read, and a form would seem to be empty."""
    if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        return render(request, "kernel/errors/411.html", status=411)
    return None


class ActorMiddleware:
    """
    Run the view as the logged-in actor, inside one transaction.

    ``ATOMIC_REQUESTS`` gives the view a savepoint inside it: when it fails, its writes are undone while the log of what
    was read stays.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as the session's user; without one, nothing about any youth is visible."""
        request.actor = None  # type: ignore[attr-defined]
        user_id = request.session.get(SESSION_USER)
        if user_id is None:
            return self.get_response(request)
        if request.path != reverse("session-state"):  # a page left open asks by itself; that is not use
            # In a transaction of its own: parts of a page asked for at once do not wait for each other.
            request.session.touch()  # type: ignore[attr-defined]
        today = clock.today()
        actor = selectors.actor_for(user_id=user_id, on=today)
        if actor is not None and (actor.assignments or actor.must_confirm):
            return self._as_actor(request, actor, today)
        sessions.end_without_role(session=request.session, user_id=user_id)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Show both versions to whoever saved too late; what the view wrote is undone by now."""
        return conflicts.answer(request, exception) if isinstance(exception, EditConflict) else None

    def _as_actor(self, request: HttpRequest, actor: Actor, today: date) -> HttpResponse:
        request.actor = actor  # type: ignore[attr-defined]
        with acting_as(actor, on=today):
            return refusals.logged(request, actor, lambda: self._rendered(request))

    def _rendered(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if hasattr(response, "render") and not getattr(response, "is_rendered", True):
            response = response.render()
        return response
