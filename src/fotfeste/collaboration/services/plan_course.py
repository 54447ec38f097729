"""The course of a plan: what the youth says of it, reviews, and its end with a result."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.collaboration.enums import PlanAgrees, PlanChange, PlanResult, ReviewFinding, StepState, Trigger
from fotfeste.collaboration.models import FollowUpPlan, PlanAgreement, PlanReview, PlanVersion, RoutineRun, StepRun
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.selectors.plans import agreement_seen, agreements_of
from fotfeste.collaboration.services.advancing import went
from fotfeste.collaboration.services.plan_keeping import (
    keep_answer,
    keep_reminder,
    keep_version,
    lock_plan,
    log,
    must_coordinate,
)
from fotfeste.collaboration.services.work import open_step
from fotfeste.collaboration.services.youth_work import Worked, begin
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.spec import implements

#: Which step of the staircase a review leads back to. Source: Oslostandarden § 5.
_BACK_TO = {
    ReviewFinding.NEW_NEEDS: "rut-staircase-s01",
    ReviewFinding.NEW_ACTORS: "rut-staircase-s02",
}


@transaction.atomic
@implements("plan-youth-agrees")
def record_agreement(*, actor: Actor, plan_id: int, answer: str, version: str | None = None) -> PlanAgreement:
    """
    Take down what the youth says of the version of the plan that stands.

    :param version: ``agreement_seen`` of what the user was shown; None for a job.
    :raises NotAllowed: the actor's unit neither coordinates the plan nor answers for the youth.
    :raises EditConflict: the youth's answer has been taken down since, or the plan has a newer version.
    :raises Invalid: the answer is none of the list.
    """
    plan = lock_plan(plan_id=plan_id)
    must_coordinate(actor, plan)
    if answer not in set(PlanAgrees):
        raise Invalid(_("Velg hva ungdommen svarte."))
    stands = agreements_of(plan_id=plan_id).get(plan.number)
    label = _("Ungdommen er enig")
    must_be_as_seen(
        version,
        agreement_seen(plan, stands),
        _("Planen eller svaret er endret mens du holdt på. Ingenting er lagret."),
        theirs={label: str(PlanAgrees(stands.answer).label) if stands else _("Ikke spurt ennå")},
        yours={label: str(PlanAgrees(answer).label)},
        about=plan.youth_id,
    )
    made = keep_answer(PlanVersion.objects.get(plan=plan, number=plan.number), answer, actor=actor)
    assert made is not None
    log(actor, "plan.agreed", plan)
    return made


@transaction.atomic
@implements("plan-review-date")
def review_plan(
    *, actor: Actor, plan_id: int, on: date, finding: str, text: str, next_on: date, version: int | None = None
) -> PlanReview:
    """
    Record a review. What needs or actors it found anew takes the staircase back to its first or second step.

    :param version: of the plan the user was shown; None for a job.
    :raises NotAllowed: the actor's unit neither coordinates the plan nor answers for the youth.
    :raises EditConflict: somebody has changed the plan, or reviewed it, since.
    :raises Invalid: the day is ahead, or the next review is outside the plan or not after this one.
    """
    plan = lock_plan(plan_id=plan_id)
    must_coordinate(actor, plan)
    labels = (_("Neste gjennomgang"), _("Sist gjennomgått"))
    last = plan.reviews.order_by("-on", "-pk").first()
    must_be_as_seen(
        version,
        plan.version,
        _("Planen er endret eller gjennomgått av en annen. Ingenting er lagret."),
        theirs={labels[0]: formats.day(plan.review_on), labels[1]: last.text if last else ""},
        yours={labels[0]: formats.day(next_on), labels[1]: text},
        about=plan.youth_id,
    )
    if finding not in set(ReviewFinding) or not text.strip():
        raise Invalid(_("Skriv hva gjennomgangen viste."))
    if on > clock.today() or on < plan.first_day:
        raise Invalid(_("Gjennomgangen må være holdt i planperioden."))
    if not on <= next_on <= plan.last_day:
        raise Invalid(_("Neste gjennomgang må være etter denne og før planen slutter. Forleng planen først."))
    made = PlanReview.objects.create(
        plan=plan,
        youth_id=plan.youth_id,
        on=on,
        finding=finding,
        text=text.strip(),
        next_on=next_on,
        by_id=actor.user_id,
        at=clock.now(),
    )
    plan.review_on = next_on
    plan.version += 1
    plan.save(update_fields=["review_on", "version"])
    keep_version(plan, PlanChange.REVIEWED, actor=actor)
    keep_reminder(plan, by_id=actor.user_id)
    log(actor, "plan.reviewed", plan)
    if (step := _BACK_TO.get(ReviewFinding(finding))) is not None:
        _go_back(plan, step, actor=actor)
    return made


@transaction.atomic
@implements("plan-result")
def end_plan(
    *, actor: Actor, plan_id: int, on: date, result: str, text: str = "", version: int | None = None
) -> FollowUpPlan:
    """
    End the plan with its result; it lapses in no other way.

    :param version: of the plan the user was shown; None for a job.
    :raises NotAllowed: the actor's unit neither coordinates the plan nor answers for the youth.
    :raises EditConflict: somebody has changed it since.
    :raises Invalid: there is no result, or the day is ahead or before the plan began.
    """
    plan = lock_plan(plan_id=plan_id)
    must_coordinate(actor, plan)
    label = _("Resultat")
    must_be_as_seen(
        version,
        plan.version,
        _("Noen har endret planen mens du holdt på. Ingenting er lagret."),
        theirs={label: _("Planen er i gang")},
        yours={label: str(PlanResult(result).label) if result in set(PlanResult) else ""},
        about=plan.youth_id,
    )
    if result not in set(PlanResult):
        raise Invalid(_("Velg hvordan det gikk."))
    if not plan.first_day <= on <= clock.today():
        raise Invalid(_("Planen kan avsluttes fra dagen den begynte og til i dag."))
    plan.result, plan.result_text = result, text.strip()
    plan.ended_on, plan.ended_at, plan.ended_by_id = on, clock.now(), actor.user_id
    plan.version += 1
    plan.save(update_fields=["result", "result_text", "ended_on", "ended_at", "ended_by_id", "version"])
    keep_version(plan, PlanChange.ENDED, actor=actor)
    keep_reminder(plan, by_id=actor.user_id)
    log(actor, "plan.ended", plan)
    return plan


def _go_back(plan: FollowUpPlan, step: str, *, actor: Actor) -> None:
    """Open the step of the staircase once more, beginning the staircase where it is not under way."""
    assert plan.county_id is not None
    assert plan.unit_id is not None
    around = Surroundings(plan.youth_id, plan.unit_id, plan.county_id, clock.today())
    with acting_as(access.system_actor("scheduler", county_ids=(plan.county_id,))):
        under_way = RoutineRun.objects.select_for_update(of=("self",)).filter(youth_id=plan.youth_id, ended_on=None)
        run = under_way.filter(routine="rut-staircase").first()
        if run is not None:
            worked = Worked(run, around, actor.user_id, clock.now(), clock.today())
            open_step(worked, step)
            last = StepRun.objects.filter(run=run, step="rut-staircase-s03", went_to="").order_by("round").last()
            if last is not None and last.state == StepState.DONE:
                went(worked, last, step)
            return
        begin(
            around=around,
            routine_id="rut-staircase",
            at=[step],
            trigger=Trigger.OTHER_ROUTINE,
            source=f"follow-up-plan:{plan.pk}",
            by_id=actor.user_id,
            now=clock.now(),
        )
