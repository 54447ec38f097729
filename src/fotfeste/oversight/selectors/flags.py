"""The flags, as the privacy officer may see them."""

from django.db.models import QuerySet

from fotfeste.oversight.models import ReadingFlag


def flags(*, is_open: bool) -> QuerySet[ReadingFlag]:
    """Return those nobody has looked at, the latest week first, or those somebody has."""
    rows = ReadingFlag.objects.filter(looked_at__isnull=is_open).select_related("user", "looked_at_by")
    return rows.order_by("-week", "user__name", "kind", "pk")


def count_open_flags() -> int:
    """Return how many nobody has looked at."""
    return ReadingFlag.objects.filter(looked_at__isnull=True).count()
