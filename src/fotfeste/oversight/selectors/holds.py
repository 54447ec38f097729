"""Who must not be disposed of. What one sees is the row policies' business."""

from datetime import date

from django.db.models import Q, QuerySet

from fotfeste.oversight.models import LegalHold


def in_force(on: date) -> Q:
    """Return the condition that a hold is in force on a day."""
    return Q(lifted_at=None, first_day__lte=on) & (Q(last_day=None) | Q(last_day__gte=on))


def holds(*, on: date, is_in_force: bool) -> QuerySet[LegalHold]:
    """Return the holds that are in force on a day, or those that are over, the latest first."""
    rows = LegalHold.objects.select_related("placed_by", "lifted_by")
    rows = rows.filter(in_force(on)) if is_in_force else rows.exclude(in_force(on))
    return rows.order_by("-placed_at", "-pk")


def held_ids(*, county_id: int, on: date) -> frozenset[int]:
    """Return the youths of a county of whom nothing may be disposed of on a day."""
    rows = LegalHold.objects.filter(in_force(on), county_id=county_id)
    return frozenset(rows.values_list("youth_id", flat=True))
