"""The measures of a plan: each body writes its own, and the coordinator all."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.topics import Topic
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import MeasureStatus, PlanChange
from fotfeste.collaboration.models import FollowUpPlan, PlanMeasure
from fotfeste.collaboration.plan_words import measure_lines
from fotfeste.collaboration.services.plan_content import MEASURE_FIELDS, measure_page, must_be_let_in
from fotfeste.collaboration.services.plan_keeping import keep_version, lock_plan, log
from fotfeste.collaboration.services.stopped import tell_stopped
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.organisations.selectors import units
from fotfeste.people.services.places import lock_youth
from fotfeste.spec import implements
from fotfeste.spec.measures import blocking_rules, measures


@dataclass(frozen=True, slots=True)
class MeasureContent:
    """
    What is written of a measure.

    :ivar measure: the documents' id, or empty; then ``what`` says it.
    :ivar goal: the key of the goal of the plan it serves.
    """

    owner_unit_id: int
    owner_kind: str
    goal: str
    contribution: str
    followed_up_by: str
    interval: str
    requested_on: date
    first_day: date
    last_day: date
    status: str
    measure: str = ""
    what: str = ""
    refusal_reason: str = ""
    hours: int | None = None
    benefit: str = ""
    employer: str = ""
    learning_goals: str = ""
    quality_assured_by: str = ""
    blocked_by: list[str] = field(default_factory=list)


WRITTEN = (*MEASURE_FIELDS, "owner_unit_id", "goal", "measure", "what")


@transaction.atomic
@implements("form-measure-entry", "plan-measures")
def add_measure(*, actor: Actor, plan_id: int, content: MeasureContent) -> PlanMeasure:
    """
    Add a measure to a plan under way.

    :raises NotAllowed: it is another body's, and the actor does not coordinate the plan.
    :raises Invalid: something is missing or cannot be, or nothing lets its owner into the plan.
    """
    plan = lock_plan(plan_id=plan_id)
    _check(plan, content, actor=actor)
    made = PlanMeasure.objects.create(
        plan=plan,
        youth_id=plan.youth_id,
        **{name: getattr(content, name) for name in WRITTEN},
        recorded_by_id=actor.user_id,
        recorded_at=clock.now(),
    )
    keep_version(plan, PlanChange.MEASURE, actor=actor)
    log(actor, "plan.measure_added", plan)
    return made


@transaction.atomic
def edit_measure(*, actor: Actor, measure_id: int, content: MeasureContent, version: int | None = None) -> PlanMeasure:
    """
    Change a measure; how it stood before is in the versions of the plan. One that breaks off is told of.

    :param version: of the measure the user was shown; None for a job.
    :raises NotAllowed: it is another body's, and the actor does not coordinate the plan.
    :raises EditConflict: somebody has changed it since.
    :raises Invalid: something is missing or cannot be, or nothing lets its owner into the plan.
    """
    found = PlanMeasure.objects.filter(pk=measure_id).first()
    if found is None:
        raise Invalid(_("Tiltaket finnes ikke, eller du har ikke tilgang."))
    plan = lock_plan(plan_id=found.plan_id)
    row = PlanMeasure.objects.select_for_update(of=("self",)).get(pk=measure_id)
    _may_write(plan, row.owner_unit_id, actor=actor)
    must_be_as_seen(
        version,
        row.version,
        _("Noen har endret tiltaket mens du skrev. Ingenting er lagret."),
        theirs=_told(plan, row),
        yours=_told(plan, content),
        about=plan.youth_id,
    )
    _check(plan, content, actor=actor)
    breaks_off = row.status != MeasureStatus.INTERRUPTED and content.status == MeasureStatus.INTERRUPTED
    for name in WRITTEN:
        setattr(row, name, getattr(content, name))
    row.version += 1
    row.recorded_by_id, row.recorded_at = actor.user_id, clock.now()
    row.save(update_fields=[*WRITTEN, "version", "recorded_by_id", "recorded_at"])
    keep_version(plan, PlanChange.MEASURE, actor=actor)
    log(actor, "plan.measure_edited", plan)
    if breaks_off:
        tell_stopped(actor=actor, youth_id=plan.youth_id)
    return row


@implements(
    "me-measure", "me-owner-kind", "me-goal", "me-start", "me-end", "me-hours", "me-learning-goals",
    "me-quality-assured-by", "me-follow-up-by", "me-follow-up-interval", "me-employer", "me-benefit", "me-blocked-by",
    "me-requested", "me-status", "me-refusal-reason",
)  # fmt: skip
def _check(plan: FollowUpPlan, content: MeasureContent, *, actor: Actor) -> None:
    _may_write(plan, content.owner_unit_id, actor=actor)
    if content.measure and content.measure not in measures():
        raise Invalid(_("Velg tiltaket fra listen, eller skriv det med egne ord."))
    if not (content.measure or content.what.strip()):
        raise Invalid(_("Skriv hvilket tiltak det er."))
    if content.goal not in {row["key"] for row in plan.goals}:
        raise Invalid(_("Velg hvilket av målene i planen tiltaket tjener."))
    if not content.followed_up_by.strip() or not content.contribution.strip():
        raise Invalid(_("Skriv hvem som følger opp, og hva instansen bidrar med."))
    if content.last_day < content.first_day:
        raise Invalid(_("Tiltaket kan ikke slutte før det begynner."))
    if content.last_day > plan.last_day:
        raise Invalid(_("Tiltaket slutter etter planen. Forleng planen først, eller sett en tidligere slutt."))
    if (content.status == MeasureStatus.REFUSED) != bool(content.refusal_reason):
        raise Invalid(_("Grunn til avslag skrives når tiltaket er avslått, og bare da."))
    if any(name not in blocking_rules() for name in content.blocked_by):
        raise Invalid(_("Velg hindringer fra listen."))
    youth = lock_youth(youth_id=plan.youth_id)
    own = access.units_granted(youth_id=youth.pk, topic=Topic.PLAN, on=clock.today()) & actor.unit_ids
    if content.owner_unit_id not in own:  # what opened the plan to the actor's own unit need not be shown to it
        must_be_let_in([str(content.owner_unit_id)], youth=youth, on=clock.today())


def _may_write(plan: FollowUpPlan, owner_unit_id: int, *, actor: Actor) -> None:
    assert plan.unit_id is not None
    assert plan.county_id is not None
    coordinates = policies.may_coordinate_plan(
        actor=actor, coordinator_unit_id=plan.coordinator_unit_id, unit_id=plan.unit_id, county_id=plan.county_id
    )
    policies.may_write_measure(actor=actor, owner_unit_id=owner_unit_id, coordinates=bool(coordinates)).require()


def _told(plan: FollowUpPlan, row: Any) -> dict[str, str]:
    goals = {each["key"]: each["goal"] for each in plan.goals}
    key = str(row.owner_unit_id)
    return measure_lines(
        measure_page(row, goals), {key: units.unit_names({row.owner_unit_id}).get(row.owner_unit_id, "")}
    )
