"""The morning of those who see no cases: system administrator and privacy officer; and of the protected handler."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.roles import ROLES
from fotfeste.access.selectors import roles_ending, roles_held, without_knowledge
from fotfeste.audit.selectors import entries, readings_and_acts
from fotfeste.casework.selectors.labels import status_name
from fotfeste.casework.selectors.worklist import WorklistFilter, protected_cases
from fotfeste.casework.views.desk import name_of
from fotfeste.casework.views.header import protection_label
from fotfeste.config.home.reviewing import review_left
from fotfeste.consent.selectors import openings_to_look_at
from fotfeste.kernel import malware
from fotfeste.lists.selectors import worklist
from fotfeste.oversight.selectors.disposals import disposals_to_approve
from fotfeste.oversight.selectors.flags import count_open_flags
from fotfeste.oversight.telling import sentences

LATEST = 8
#: A role that ends within so many days is told of, so that nobody stands without access.
ENDING_DAYS = 30


def system_administrator(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return what the one who keeps users and roles is shown: who holds which role, never a case."""
    return "config/home_system.html", {
        "prose": ROLES[at.role].prose,
        "roles": roles_held(on=today),
        "without_knowledge": without_knowledge(county_id=at.county_id, on=today),
        "review_left": review_left(today=today, user_id=actor.user_id, county_ids=[at.county_id]),
        "scans_files": malware.scanner() is not None,
        "takes_unscanned": malware.takes_unscanned(),
        "ending": roles_ending(on=today, before=today + timedelta(ENDING_DAYS)),
    }


def privacy_officer(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return what the privacy officer is shown: the latest of the log, as sentences."""
    return "config/home_privacy.html", {
        "prose": ROLES[at.role].prose,
        "counted": readings_and_acts(on=today),
        "open_flags": count_open_flags(),
        "to_look_at": openings_to_look_at(),
        "to_approve": disposals_to_approve(county_id=at.county_id, user_id=actor.user_id),
        "sentences": sentences(list(entries()[:LATEST])),
    }


@dataclass(frozen=True, slots=True)
class ProtectedLine:
    """One youth under protection: who, how protected, and how the case stands."""

    youth_id: int
    name: str
    grade: str
    status: str


def handler_of_protected(actor: Actor, at: Assignment, today: date) -> tuple[str, dict[str, Any]]:
    """Return what somebody is shown who handles protected youths: who they are, in this county."""
    return "config/home_protected.html", {
        "prose": ROLES[at.role].prose,
        "total": worklist.counts(actor=actor, chosen=WorklistFilter(), today=today).total,
        "lines": [
            ProtectedLine(row.youth_id, name_of(row.youth), protection_label(row.youth), status_name(row.status_code))
            for row in protected_cases(county_id=at.county_id)
        ],
    }
