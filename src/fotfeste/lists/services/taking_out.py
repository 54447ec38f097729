"""What is logged when a list leaves the product as a file."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.listed import ListedCase
from fotfeste.lists.models import OtukRound, OtukRow, WashSession


def log_taken_out(*, by: int, made: OtukRound, unit_id: int, kind: str, rows: Iterable[OtukRow]) -> None:
    """Log that a district's list was taken out as a file, in the log of each youth on it."""
    audit.record(
        "otuk.downloaded",
        by=by,
        county=made.county_id,
        details={"round": made.pk, "district": unit_id, "format": kind},
        youths=[row.youth_id for row in rows],
    )


def log_wash_taken_out(*, actor: Actor, session: WashSession, kind: str, youths: Iterable[int]) -> None:
    """Log that a washed list was taken out as a file, in the log of each youth in it."""
    audit.record(
        "wash.downloaded",
        by=actor.user_id,
        county=session.county_id,
        details={"wash": session.pk, "round": session.round_id, "district": session.district_id, "format": kind},
        youths=list(youths),
    )


def log_worklist_taken_out(*, actor: Actor, kind: str, choices: Mapping[str, str], cases: Iterable[ListedCase]) -> None:
    """Log that the worklist was taken out as a file, by which choices, in the log of each youth in it."""
    by_county: dict[int, list[int]] = defaultdict(list)
    for case in cases:
        by_county[case.county_id].append(case.youth_id)
    for county_id, youths in by_county.items():
        audit.record(
            "worklist.downloaded",
            by=actor.user_id,
            county=county_id,
            details={"format": kind, "choices": dict(choices)},
            youths=youths,
        )
