"""Counts of what was tried how often."""

from datetime import datetime

from fotfeste.access.models import AttemptCount


def forget(*, before: datetime) -> int:
    """Take away the counts of stretches that began before a moment; return how many."""
    return AttemptCount.objects.filter(begins_at__lt=before).delete()[0]
