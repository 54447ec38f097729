"""What is logged when a list leaves the product as a file."""

from collections.abc import Iterable

from fotfeste.audit import services as audit
from fotfeste.lists.models import OtukRound, OtukRow


def log_taken_out(*, by: int, made: OtukRound, unit_id: int, kind: str, rows: Iterable[OtukRow]) -> None:
    """Log that a district's list was taken out as a file, in the log of each youth on it."""
    audit.record(
        "otuk.downloaded",
        by=by,
        county=made.county_id,
        details={"round": made.pk, "district": unit_id, "format": kind},
        youths=[row.youth_id for row in rows],
    )
