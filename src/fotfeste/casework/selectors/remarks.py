"""What youths have asked to have corrected, and were refused."""

from collections.abc import Iterable

from fotfeste.casework.models import Remark


def remarks_of(*, youth_ids: Iterable[int]) -> list[Remark]:
    """Return the remarks kept about a person, the latest first."""
    rows = Remark.objects.filter(youth_id__in=list(youth_ids)).select_related("refused_by")
    return list(rows.order_by("-recorded_at", "-pk"))
