"""What every template may ask about the one who is looking."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from fotfeste.access.login.identity import keyed_digest
from fotfeste.kernel import clock
from fotfeste.kernel.ui import SessionEnds

WARNING_SECONDS = 180
"""How long before the end of a session the page warns."""


def actor(request: HttpRequest) -> dict:
    """Give templates the actor, when the session ends, and whether this is a demo with made-up people."""
    who = getattr(request, "actor", None)
    ends = session_ends(request) if who is not None else None
    return {"actor": who, "session_ends": ends, "is_demo": settings.ENVIRONMENT == "demo"}


def session_ends(request: HttpRequest) -> SessionEnds | None:
    """Return when the session of the one who is looking ends."""
    limits = getattr(request.session, "limits", None)
    if limits is None:
        return None
    return SessionEnds(
        ends_at=limits.ends_at,
        seconds=limits.seconds_left(clock.now()),
        may_be_extended=limits.may_be_extended,
        warning_seconds=WARNING_SECONDS,
        draft_key=keyed_digest("draft", "", str(request.actor.user_id)),  # type: ignore[attr-defined]
        draft_owner=keyed_digest("draft owner", "", str(request.actor.user_id))[:16],  # type: ignore[attr-defined]
        state_url=reverse("session-state"),
        extend_url=reverse("session-extend"),
        login_url=reverse("login"),
        logout_url=reverse("logout"),
    )
