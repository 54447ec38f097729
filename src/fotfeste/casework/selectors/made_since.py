"""What has been written in some cases since a moment, as the actor may see it: for whoever follows how work goes."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet

from fotfeste.casework.enums import Basis, FeedbackState
from fotfeste.casework.models import ContactAttempt, Feedback, Registration, Responsibility, StatusEvent


def attempts_since(*, youth_ids: Iterable[int], since: datetime) -> QuerySet[ContactAttempt]:
    """Return the attempts to reach some youths that were registered since, and stand."""
    rows = ContactAttempt.objects.filter(youth_id__in=list(youth_ids), recorded_at__gte=since)
    return rows.filter(superseded_at=None).order_by("recorded_at", "pk")


def statuses_since(*, youth_ids: Iterable[int], since: datetime) -> QuerySet[StatusEvent]:
    """Return the statuses somebody has set since, and that stand; the one a case begins with is not set by anybody."""
    rows = StatusEvent.objects.filter(youth_id__in=list(youth_ids), recorded_at__gte=since, superseded_at=None)
    return rows.exclude(basis=Basis.INTAKE).order_by("recorded_at", "pk")


def assignments_since(*, youth_ids: Iterable[int], since: datetime) -> QuerySet[Responsibility]:
    """Return the responsibilities decided since, and that stand."""
    rows = Responsibility.objects.filter(youth_id__in=list(youth_ids), recorded_at__gte=since, superseded_at=None)
    return rows.order_by("recorded_at", "pk")


def registrations_since(*, youth_ids: Iterable[int], since: datetime) -> QuerySet[Registration]:
    """Return the registrations made since."""
    rows = Registration.objects.filter(youth_id__in=list(youth_ids), recorded_at__gte=since)
    return rows.order_by("recorded_at", "pk")


def feedback_since(*, youth_ids: Iterable[int], since: datetime) -> QuerySet[Feedback]:
    """Return what units have reported since, and not taken back."""
    rows = Feedback.objects.filter(youth_id__in=list(youth_ids), sent_at__gte=since)
    return rows.exclude(state=FeedbackState.WITHDRAWN).order_by("sent_at", "pk")


def registrations_to_follow(*, county_id: int, since: date) -> QuerySet[Registration]:
    """Return the open registrations of a county that began since a day."""
    rows = Registration.objects.filter(county_id=county_id, last_day=None, first_day__gte=since)
    return rows.order_by("first_day", "pk")
