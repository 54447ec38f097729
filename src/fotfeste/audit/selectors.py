"""Reading the log: what the row policy opens of it, which is the county of a privacy officer."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, Q, QuerySet

from fotfeste.audit.models import AuditEntry
from fotfeste.kernel.clock import OSLO

#: Verbs that are looking, not doing.
READING = ("read", "youth.searched", "youth.explained")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many times somebody looked, and how many times something was done."""

    readings: int
    acts: int


def entries(
    *,
    on: date | None = None,
    user_id: int | None = None,
    youth_id: int | None = None,
    is_reading: bool | None = None,
) -> QuerySet[AuditEntry]:
    """
    Return what was logged, the latest first, narrowed to a day, to who did it and to whom it was about.

    :param is_reading: only looking, or only doing; None is both.
    """
    found = AuditEntry.objects.order_by("-at", "-pk")
    if is_reading is not None:
        found = found.filter(verb__in=READING) if is_reading else found.exclude(verb__in=READING)
    if on is not None:
        found = found.filter(_within(on))
    if user_id is not None:
        found = found.filter(user_id=user_id)
    return found if youth_id is None else found.filter(youth_id=youth_id)


def readings_and_acts(*, on: date) -> Counted:
    """Return how much was read and done on a day."""
    counted = AuditEntry.objects.filter(_within(on)).aggregate(
        readings=Count("pk", filter=Q(verb__in=READING)), acts=Count("pk", filter=~Q(verb__in=READING))
    )
    return Counted(**counted)


def users_on(*, on: date | None) -> set[int]:
    """Return who stands in the log on a day, or at all."""
    found = AuditEntry.objects.order_by()
    if on is not None:
        found = found.filter(_within(on))
    return set(found.values_list("user_id", flat=True).distinct())


def _within(on: date) -> Q:
    begins = datetime.combine(on, time(), tzinfo=OSLO)
    return Q(at__gte=begins, at__lt=datetime.combine(on + timedelta(days=1), time(), tzinfo=OSLO))
