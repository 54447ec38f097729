"""Counts of what was tried how often, and forms that were just sent."""

from datetime import datetime

from django.db.models import F

from fotfeste.access.login.identity import keyed_digest
from fotfeste.access.models import AttemptCount, SentForm


def is_first(*, kind: str, space: str, what: str, at: datetime) -> bool:
    """
    Count that something with a name of its own was used, and say whether it was the first time.

    :param space: whose name it is; two may use the same.
    :param at: the moment it speaks of; with the moment it is forgotten (``forget``).
    """
    who = keyed_digest(kind, space, what)[:32]
    count, is_new = AttemptCount.objects.get_or_create(
        kind=kind, who=who, begins_at=at, seconds=0, defaults={"count": 1}
    )
    if not is_new:
        AttemptCount.objects.filter(pk=count.pk).update(count=F("count") + 1)
    return is_new


def forget(*, before: datetime) -> int:
    """Take away forms sent and counts of stretches that began before a moment; return how many counts."""
    SentForm.objects.filter(at__lt=before).delete()
    return AttemptCount.objects.filter(begins_at__lt=before).delete()[0]
