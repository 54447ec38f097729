"""Other rows of a youth's case that an open registration is asked about in a list, for ``EXISTS``."""

from datetime import datetime

from django.db.models import F, OuterRef, QuerySet

from fotfeste.casework.models import Registration, Responsibility


def registered_the_year_before() -> QuerySet[Registration]:
    """Return the registrations of the same youth in the school year before; for use inside another query."""
    return Registration.objects.filter(
        youth_id=OuterRef("youth_id"), school_year=OuterRef("school_year") - 1, is_preventive=False
    )


def taken_on_since(moment: datetime) -> QuerySet[Responsibility]:
    """Return the responsibilities that hold and were given to their unit after a moment."""
    return Responsibility.objects.filter(
        last_day__isnull=True, superseded_at__isnull=True, recorded_at__gt=moment, holder_id=F("unit_id")
    )
