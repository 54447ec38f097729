"""What a coordinator writes in a plan, and what must be right in it before it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.permissions import Permission
from fotfeste.collaboration.models import FollowUpPlan
from fotfeste.collaboration.selectors.plan_bodies import bodies_of
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.spec import implements

Row = dict[str, str]
MOST_ROWS = 8


@dataclass(frozen=True, slots=True)
class PlanContent:
    """
    What the coordinator writes. The rows hold texts alone: a body is its key, and a day is written as ISO.

    :ivar goals: key, goal, term, seen_by. :ivar roles: body, person, role. :ivar transitions: what, body, on.
    :ivar learning_goals: subject, goal, arena, approved_by. :ivar other_plans: kind, owner, on.
    """

    coordinator_id: int
    coordinator_unit_id: int
    first_day: date
    last_day: date
    review_on: date
    main_goal: str
    information_flow: str
    goals: list[Row]
    roles: list[Row]
    transitions: list[Row] = field(default_factory=list)
    no_transitions: bool = False
    learning_goals: list[Row] = field(default_factory=list)
    other_plans: list[Row] = field(default_factory=list)
    youth_words: str = ""
    shared_with_nav_on: date | None = None


FIELDS = tuple(PlanContent.__dataclass_fields__)


@implements(
    "form-follow-up-plan", "plan-from", "plan-to", "plan-coordinator", "plan-goals", "plan-main-goal",
    "plan-learning-goals", "plan-roles", "plan-information-flow", "plan-transitions", "plan-youth-words",
    "plan-review-date", "plan-shared-with-nav", "amb-18",
)  # fmt: skip
def must_be_whole(content: PlanContent, *, youth: Any, on: date) -> None:
    """
    Stop unless the plan says what it must: when it ends, who coordinates, what it leads to, and who tells whom what.

    :raises Invalid: something is missing or cannot be, or a body is named that nothing lets in.
    """
    if content.last_day <= content.first_day:
        raise Invalid(_("Planen må slutte etter at den begynner."))
    if not content.first_day <= content.review_on <= content.last_day:
        raise Invalid(_("Gjennomgangen må være i planperioden."))
    if not content.goals:
        raise Invalid(_("Skriv minst ett mål, slik ungdommen sier det."))
    if not content.roles:
        raise Invalid(_("Skriv hvilken rolle minst én part har."))
    if not content.information_flow.strip():
        raise Invalid(_("Skriv hvem som forteller hvem hva, når og hvordan."))
    if content.no_transitions and content.transitions:
        raise Invalid(_("Enten ventes det overganger, eller så ventes det ingen. Velg én av delene."))
    tables = (content.goals, content.roles, content.transitions, content.learning_goals, content.other_plans)
    if any(len(rows) > MOST_ROWS for rows in tables):
        raise Invalid(_("Planen skal få plass på én side. Skriv høyst %(count)s rader.") % {"count": MOST_ROWS})
    keys = [str(content.coordinator_unit_id), *(row["body"] for row in (*content.roles, *content.transitions))]
    must_be_let_in(keys, youth=youth, on=on)
    there = access.people_at(unit_ids=[content.coordinator_unit_id], permission=Permission.PLAN_WRITE, on=on)
    if content.coordinator_id not in {user_id for _unit, user_id, _name in there}:
        raise Invalid(_("Koordinatoren må arbeide ved en enhet som er med i planen."))


def works_in_plans(*, user_id: int, unit_id: int) -> bool:
    """Say whether somebody works at the unit today with what it takes to coordinate a plan."""
    there = access.people_at(unit_ids=[unit_id], permission=Permission.PLAN_WRITE, on=clock.today())
    return user_id in {each for _unit, each, _name in there}


def must_be_let_in(keys: Iterable[str], *, youth: Any, on: date) -> None:
    """
    Stop unless each body is the unit that answers, or something lets it into the plan.

    :raises Invalid: the youth has said yes to no such thing, and no rule opens for it.
    """
    covered = {each.key for each in bodies_of(youth=youth, on=on)}
    if any(key not in covered for key in keys):
        raise Invalid(_("Planen nevner noen ungdommen ikke har sagt ja til. Innhent samtykke til planen først."))


def page_of(plan: FollowUpPlan, measures: Iterable[Any]) -> dict[str, Any]:
    """Return the whole page as it stands, in texts and numbers alone: what a version keeps."""
    goals = {row["key"]: row["goal"] for row in plan.goals}
    return {
        "plan": {**{name: _kept(getattr(plan, name)) for name in FIELDS}, "coordinator": plan.coordinator.name,
                 "result": plan.result},
        "measures": {str(row.pk): measure_page(row, goals) for row in measures},
    }  # fmt: skip


MEASURE_FIELDS = (
    "owner_kind", "contribution", "followed_up_by", "interval", "requested_on", "first_day", "last_day", "status",
    "refusal_reason", "hours", "benefit", "employer", "learning_goals", "quality_assured_by", "blocked_by",
)  # fmt: skip


def measure_page(row: Any, goals: Mapping[str, str]) -> dict[str, Any]:
    """Return one measure as a version keeps it."""
    kept = {name: _kept(getattr(row, name)) for name in MEASURE_FIELDS}
    return {
        **kept,
        "measure": row.measure,
        "what": row.what,
        "owner_unit": str(row.owner_unit_id),
        "goal": goals.get(row.goal, ""),
    }


def _kept(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else "" if value is None else value
