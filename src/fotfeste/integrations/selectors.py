"""Imports that were made."""

from django.db.models import QuerySet

from fotfeste.integrations.models import Import


def imports_of(*, county_id: int) -> QuerySet[Import]:
    """Return the county's imports, the newest first."""
    return Import.objects.filter(county_id=county_id).select_related("run_by").order_by("-read_at")


def has_imported() -> bool:
    """Say whether anything was ever taken in."""
    return Import.objects.filter(applied_at__isnull=False).exists()
