"""
What a list or page may tell of where a protected youth is.

The row policies decide who sees the youth at all. This is about less: unit, district and address name a place, and of
youths under address protection or a staff block a place is told only to those who handle them (and, of the unit, to
the unit itself). A job or a command sees every place, and tells none: whoever reads what it writes is nobody it knows.
"""

from django.db.models import Q

from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic


def is_protected(protection: str) -> bool:
    """Say whether the youth is under address protection or shielded."""
    return protection not in {"", "none"}


def may_tell_place(*, actor: Actor, protection: str, county_id: int) -> bool:
    """Say whether district and address may be shown."""
    if not is_protected(protection):
        return True
    return not actor.is_system and actor.knows_in_county(Topic.PROTECTED_ADDRESS, county_id)


def may_tell_unit(*, actor: Actor, protection: str, county_id: int, unit_id: int) -> bool:
    """Say whether the responsible unit may be shown: the unit's own people know it anyway."""
    return unit_id in actor.unit_ids or may_tell_place(actor=actor, protection=protection, county_id=county_id)


def place_is_known(actor: Actor) -> Q:
    """Return which registrations may be found by their district: a filter would tell what the row does not."""
    counties = [each for each in actor.county_ids if actor.knows_in_county(Topic.PROTECTED_ADDRESS, each)]
    return Q(youth__protection="none") | Q(county_id__in=counties)


def unit_is_known(actor: Actor) -> Q:
    """Return which registrations may be found by their unit."""
    return place_is_known(actor) | Q(unit_id__in=list(actor.unit_ids))
