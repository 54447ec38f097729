"""
A form that is sent twice, by a double click or an impatient hand, is done once and answered as the first time.

Each form holds a token of the page it was drawn on. Two requests are the same form when they come from one session, to
the same address, with the same token and the same contents, files to their last byte; a form that is drawn anew has a
new token. What was done is written down in the transaction that did it, so that a second one waits for the first, and
finds nothing if that came to nothing. One that was refused, or only shown something, may be sent again as one likes; a
view that keeps nothing of what is sent to it says so with ``keeps_nothing``.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from fotfeste.kernel import clock

WITHIN = timedelta(seconds=10)
"""How long after it was done a form is taken for the same one. Later somebody may mean it."""
_LONGEST_LOCATION = 500

# Waits for whoever is doing the same; gives a row to the one who is to do it.
_BEGIN = """
INSERT INTO access_sent_form AS f (digest, at, location) VALUES (%s, %s, '')
ON CONFLICT (digest) DO UPDATE SET at = excluded.at, location = '' WHERE f.at <= %s RETURNING f.digest
"""
_DONE = "UPDATE access_sent_form SET at = %s, location = %s WHERE digest = %s"
_NOTHING_DONE = "DELETE FROM access_sent_form WHERE digest = %s"
_ANSWERED = "SELECT location FROM access_sent_form WHERE digest = %s"


_AnyView = TypeVar("_AnyView", bound=Callable[..., Any])


def keeps_nothing(view: _AnyView) -> _AnyView:
    """Mark a view that takes a POST only so that what is sent stands in no address; it answers anew each time."""
    view.keeps_nothing = True  # type: ignore[attr-defined]
    return view


class OnceMiddleware:
    """Stands inside the actor's transaction, which is what makes a second request wait for the first."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Write down how a form was answered when something was done, and forget it otherwise."""
        response = self.get_response(request)
        digest: str | None = getattr(request, "sent_form", None)
        if digest is not None:
            location = response.headers.get("Location", "")
            if _is_done(request, response) and len(location) <= _LONGEST_LOCATION:
                _run(_DONE, clock.now(), location, digest)
            else:
                _run(_NOTHING_DONE, digest)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Answer a form that was just done as it was answered; let others through."""
        if request.method != "POST" or getattr(request, "actor", None) is None or hasattr(view, "keeps_nothing"):
            return None
        token = request.POST.get("csrfmiddlewaretoken", "") or request.headers.get("X-CSRFToken", "")
        if not token:
            return None
        digest, now = _digest(request, token), clock.now()
        if _run(_BEGIN, digest, now, now - WITHIN):
            request.sent_form = digest  # type: ignore[attr-defined]
            return None
        location = _run(_ANSWERED, digest)[0][0]
        # Part of a page was asked for: the first answer is what stands there.
        return HttpResponseRedirect(location) if location else HttpResponse(status=204)


def _is_done(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether the answer is one that follows a deed: one is led on, or part of a page is drawn anew."""
    if 300 <= response.status_code < 400:
        return "Location" in response.headers
    return 200 <= response.status_code < 300 and "HX-Request" in request.headers


def _digest(request: HttpRequest, token: str) -> str:
    said = hashlib.sha256(repr((request.session.session_key, request.get_full_path(), token)).encode())
    for name, values in sorted(request.POST.lists()):
        said.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            said.update(repr((name, file.name, file.size)).encode())
            for piece in file.chunks():
                said.update(piece)
            file.seek(0)
    return said.hexdigest()


def _run(statement: str, *values: str | datetime) -> list[tuple[str]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []
