"""Who does whose work at a unit, now and later."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from fotfeste.casework.models import Substitution


def substitutes_at(*, unit_ids: Iterable[int], on: date) -> QuerySet[Substitution]:
    """Return the substitutes at the units on the day and later, the first to begin first."""
    rows = Substitution.objects.filter(unit_id__in=list(unit_ids), ended_at=None, last_day__gte=on)
    return rows.select_related("absent", "substitute", "unit").order_by("first_day", "absent__name", "pk")


def standing_in_for(*, user_id: int, unit_id: int, on: date) -> list[Substitution]:
    """Return whose work somebody does at the unit on the day."""
    rows = substitutes_at(unit_ids=[unit_id], on=on).filter(substitute_id=user_id, first_day__lte=on)
    return list(rows.exclude(absent__is_active=False))


def substitution_or_none(*, substitution_id: int) -> Substitution | None:
    """Return one by its id, whether it has ended or not."""
    return Substitution.objects.select_related("absent", "substitute", "unit").filter(pk=substitution_id).first()
