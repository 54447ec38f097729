"""
How often one may try: logging in by network address, searching for people by user.

A view says what it is with ``limited``; how much that allows is ``settings.RATE_LIMITS``. Each try is counted before
the view, outside the savepoint it runs in, so that one that fails counts too.
"""

import hashlib
import hmac
import ipaddress
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from fotfeste.access.screens import View
from fotfeste.audit import services as audit
from fotfeste.kernel import clock

_COUNT = """
INSERT INTO access_attempt_count AS c (kind, who, begins_at, seconds, count) VALUES (%s, %s, %s, %s, 1)
ON CONFLICT (kind, who, begins_at, seconds) DO UPDATE SET count = c.count + 1 RETURNING c.count
"""


def limited(kind: str, *, methods: frozenset[str] = frozenset({"GET", "POST"})) -> Callable[[View], View]:
    """Mark a view whose requests with these methods are counted as tries of a kind."""

    def mark(view: View) -> View:
        view.limited = (kind, methods)  # type: ignore[attr-defined]
        return view

    return mark


class AttemptLimitMiddleware:
    """Answers 429 to tries beyond the limit. Stands inside the actor's middleware, to know who is trying."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through; what is limited is stopped before its view."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Count the try, and refuse it when there were too many."""
        kind, methods = getattr(view, "limited", ("", frozenset()))
        if request.method not in methods:
            return None
        waits = [_seconds_to_wait(kind, request, most, seconds) for most, seconds in settings.RATE_LIMITS[kind]]
        if not any(waits):
            return None
        response = render(request, "kernel/errors/429.html", status=429)
        response.headers["Retry-After"] = str(max(waits))
        return response


def _seconds_to_wait(kind: str, request: HttpRequest, most: int, seconds: int) -> int:
    """Count one try, and return how long to wait; 0 when there is no need. The first refused in a while is logged."""
    actor = getattr(request, "actor", None)
    now = clock.now()
    passed = int(now.timestamp()) % seconds
    begins_at = now.replace(microsecond=0) - timedelta(seconds=passed)
    who = _digest(f"user {actor.user_id}" if actor else f"address {network_of(request)}")
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [kind, who, begins_at, seconds])
        count = int(cursor.fetchone()[0])
    if count <= most:
        return 0
    if actor and count == most + 1:
        audit.record("refused", by=actor.user_id, details={"limit": kind, "most": most, "seconds": seconds})
    return seconds - passed


def network_of(request: HttpRequest) -> str:
    """Return where a request comes from: an address, or for IPv6 the network one household or office has."""
    told = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        # The proxy in front adds whom it talked to at the end; what stands before may be anybody's invention.
        told = request.META.get("HTTP_X_FORWARDED_FOR", told).rsplit(",", 1)[-1].strip()
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return ""
    return str(address if address.version == 4 else ipaddress.ip_network(f"{address}/64", strict=False))


def _digest(who: str) -> str:
    """Return what a user or an address is counted under: addresses are nobody's to read afterwards."""
    return hmac.new(settings.SECRET_KEY.encode(), f"attempts {who}".encode(), hashlib.sha256).hexdigest()[:32]
