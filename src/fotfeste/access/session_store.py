"""
Sessions in the database: found by a digest of their key, and ended by two limits.

A session that nobody has used for the idle limit, or that began longer ago than the absolute one, is no session,
whatever the browser sends. Which user a session belongs to is a column, so that all of a user's can be ended at once.
"""

import hashlib
import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.db import connection
from django.db.models import Q

from fotfeste.access.models import Session
from fotfeste.kernel import clock

SESSION_USER = "user_id"
LOGIN = "login"
"""Key of a user's session: the profile logged in through, and digests of what the provider calls session and person."""
LEVEL = "level"
"""Key of a user's session: the provider's word for how surely it knows the user."""
ENDED = "ended"
"""Key of a session of nobody: what ended the one before it, for the login page to tell."""
TOUCH_AFTER = timedelta(seconds=30)
"""Use within so short a time is not written down anew: a page of many parts must not wait for itself."""

# Asked by every request, so it is written out.
_KEPT = "SELECT data, user_id, begun_at, seen_at FROM access_session WHERE digest = %s"


class Ended(StrEnum):
    """What ended the session that a browser had before."""

    IDLE = "idle"
    ABSOLUTE = "absolute"
    LOGGED_OUT = "logged_out"
    NO_ROLE = "no_role"


@dataclass(frozen=True, slots=True)
class Limits:
    """When a session ends: by itself, or at the latest."""

    begun_at: datetime
    seen_at: datetime

    @property
    def idle_ends_at(self) -> datetime:
        """When it ends if nobody uses it."""
        return self.seen_at + settings.SESSION_IDLE

    @property
    def last_end_at(self) -> datetime:
        """When it ends however much it is used."""
        return self.begun_at + settings.SESSION_ABSOLUTE

    @property
    def ends_at(self) -> datetime:
        """When it ends as things stand."""
        return min(self.idle_ends_at, self.last_end_at)

    @property
    def may_be_extended(self) -> bool:
        """Say whether use moves the end."""
        return self.idle_ends_at < self.last_end_at

    def seconds_left(self, now: datetime) -> int:
        """Return how long it has left; never 0 for a session that still holds."""
        return max(0, math.ceil((self.ends_at - now).total_seconds()))

    def passed(self, now: datetime) -> Ended | None:
        """Return the limit that has been passed, if any."""
        if now >= self.last_end_at:
            return Ended.ABSOLUTE
        return Ended.IDLE if now >= self.idle_ends_at else None


def lapsed_before(now: datetime) -> Q:
    """Return the condition on sessions that have passed a limit."""
    return Q(seen_at__lte=now - settings.SESSION_IDLE) | Q(begun_at__lte=now - settings.SESSION_ABSOLUTE)


def digest_of(key: str) -> str:
    """Return what a key is kept as. A key is long and random, so a plain digest gives nothing away."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(SessionBase):
    """
    The session of one request.

    :ivar limits: when it ends; None without a session that holds.
    """

    limits: Limits | None = None

    def _validate_session_key(self, key: str | None) -> bool:
        # A cookie may hold anything, also what the database refuses to be asked about, as a NUL; that is no session.
        return bool(key and len(key) >= 8 and key.isascii() and key.isalnum())

    def load(self) -> dict[str, Any]:
        """Return what the session holds; nothing when there is none, or its time is up."""
        ended = None
        with connection.cursor() as cursor:
            cursor.execute(_KEPT, [digest_of(str(self.session_key))])
            row = cursor.fetchone()
        if row is not None:
            data, user_id, *times = row
            limits = Limits(*times)
            passed = limits.passed(clock.now())
            if passed is None:
                self.limits = limits
                return self.decode(data)
            if user_id is not None:
                ended = passed
        self._session_key = None
        if ended is None:
            return {}
        self.modified = True  # the browser gets a session of nobody, which knows why
        return {ENDED: ended.value}

    def exists(self, session_key: str) -> bool:
        """Say whether there is a session of this key."""
        return Session.objects.filter(digest=digest_of(session_key)).exists()

    def create(self) -> None:
        """Begin a session under a key of its own."""
        self._session_key = self._get_new_session_key()  # type: ignore[attr-defined]
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """
        Write the session down.

        :raises UpdateError: it was ended meanwhile; what was ended does not come back.
        """
        if self.session_key is None:
            self.create()
            return
        data = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        values = {"data": self.encode(data), "user_id": data.get(SESSION_USER), **data.get(LOGIN, {})}
        digest = digest_of(self.session_key)
        if not must_create:
            if not Session.objects.filter(digest=digest).update(**values):
                raise UpdateError
            return
        now = clock.now()
        Session.objects.create(digest=digest, begun_at=now, seen_at=now, **values)
        self.limits = Limits(now, now)

    def delete(self, session_key: str | None = None) -> None:
        """End the session of a key; this one when none is given."""
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(digest=digest_of(key)).delete()

    def touch(self, *, at_once: bool = False) -> None:
        """Note that somebody uses the session, which moves its idle limit."""
        if self.limits is None or self.session_key is None:
            return
        now = clock.now()
        if at_once or now - self.limits.seen_at >= TOUCH_AFTER:
            Session.objects.filter(digest=digest_of(self.session_key)).update(seen_at=now)
            self.limits = Limits(self.limits.begun_at, now)

    @classmethod
    def clear_expired(cls) -> None:
        """Take away sessions whose time is up."""
        Session.objects.filter(lapsed_before(clock.now())).delete()
