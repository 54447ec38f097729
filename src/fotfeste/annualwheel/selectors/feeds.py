"""Whose calendar an address is."""

import hashlib
from dataclasses import dataclass
from datetime import date

from fotfeste.access import selectors as access
from fotfeste.access.roles import Role
from fotfeste.annualwheel.models import CalendarFeed


@dataclass(frozen=True, slots=True)
class Feed:
    """The days of a role somebody holds, in the counties they hold it in."""

    role: Role
    county_ids: tuple[int, ...]
    language: str


def digest_of(secret: str) -> str:
    """Return what a secret is kept as. It is long and random, so a plain digest gives nothing away."""
    return hashlib.sha256(secret.encode()).hexdigest()


def feed_of(*, secret: str, on: date) -> Feed | None:
    """Return whose days an address shows; None alike for one never made, one taken away, and a role that has ended."""
    row = CalendarFeed.objects.filter(digest=digest_of(secret), revoked_at=None).select_related("user").first()
    if row is None:
        return None
    held = [each for each in access.roles_of(user_id=row.user_id, on=on) if each.role == row.role]
    counties = tuple(dict.fromkeys(each.unit.county_id for each in held))
    return Feed(Role(row.role), counties, row.user.language) if counties else None


def feeds_of(*, user_id: int) -> list[CalendarFeed]:
    """Return the addresses somebody has."""
    return list(CalendarFeed.objects.filter(user_id=user_id, revoked_at=None).order_by("made_at", "pk"))
