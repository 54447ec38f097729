"""What people do with a routine: start it, skip a step, do one again, choose the way on, and end it."""

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import RunEnd, StepState, Trigger
from fotfeste.collaboration.models import RoutineRun, StepRun
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.selectors.routines import unresolved
from fotfeste.collaboration.services.advancing import advance, go_on, take, went
from fotfeste.collaboration.services.work import close_step, end_run, open_step
from fotfeste.collaboration.services.youth_work import Worked, begin
from fotfeste.collaboration.states import REPEATABLE, SKIPPABLE
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.people.services.places import lock_youth
from fotfeste.spec.routines import routines, starts_on


@transaction.atomic
def start_routine(*, actor: Actor, youth_id: int, routine_id: str) -> RoutineRun:
    """
    Start a routine by hand, at its first step.

    :raises NotAllowed: the routine is the responsible unit's to start.
    :raises Invalid: there is no such youth the actor may see, or no such routine about one youth.
    :raises IllegalTransition: it is under way already.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_work_routine(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
    at = dict(starts_on(Trigger.BY_HAND)).get(routine_id)
    if at is None or routines()[routine_id].about_unit:
        raise Invalid(_("Velg en rutine."))
    if RoutineRun.objects.filter(youth_id=youth_id, routine=routine_id, ended_on=None).exists():
        raise IllegalTransition(_("Rutinen er alt i gang for denne ungdommen."))
    around = Surroundings(youth_id=youth_id, unit_id=youth.unit_id, county_id=youth.county_id, on=clock.today())
    with acting_as(_worker(youth.county_id)):
        worked = begin(
            around=around,
            routine_id=routine_id,
            at=at,
            trigger=Trigger.BY_HAND,
            source="",
            by_id=actor.user_id,
            now=clock.now(),
        )
        advance(youth_id=youth_id, by_id=actor.user_id)
    audit.record(
        "routine.started",
        by=actor.user_id,
        about=youth_id,
        county=youth.county_id,
        details={"routine": routine_id, "run": worked.run.pk},
    )
    return worked.run


@transaction.atomic
def skip_step(*, actor: Actor, step_run_id: int, reason: str) -> StepRun:
    """
    Go on without a step, for a reason.

    :raises NotAllowed: the step is neither the actor's unit's nor the youth's one.
    :raises Invalid: no reason is given, or there is no such step the actor may see.
    :raises EditConflict: it is closed already.
    :raises IllegalTransition: it is done for whole lists, and not by anybody in this routine.
    """
    worked, row = _lock(actor, step_run_id)
    if worked.routine.step(row.step).for_lists:
        raise IllegalTransition(_("Trinnet gjøres for hele listen."))
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor trinnet hoppes over."))
    if row.state not in SKIPPABLE:
        raise _closed(row, yours=_("Hoppe over"))
    with acting_as(_worker(worked.around.county_id)):
        close_step(worked, row, state=StepState.SKIPPED, reason=reason.strip()[:300])
        go_on(worked, worked.routine.step(row.step), row)
        advance(youth_id=row.youth_id, by_id=actor.user_id)
    _tell(actor, "routine.step_skipped", row)
    return row


@transaction.atomic
def repeat_step(*, actor: Actor, step_run_id: int) -> StepRun:
    """
    Do a step once more, or go back to it.

    :raises NotAllowed: the step is neither the actor's unit's nor the youth's one.
    :raises EditConflict: it stands open.
    :raises IllegalTransition: the routine has ended, or the county leaves the step out now.
    """
    worked, row = _lock(actor, step_run_id)
    if row.state not in REPEATABLE or StepRun.objects.filter(run=row.run, step=row.step, round__gt=row.round).exists():
        raise _closed(row, yours=_("Gjøre på nytt"))
    with acting_as(_worker(worked.around.county_id)):
        made = open_step(worked, row.step)
    if made is None:
        raise IllegalTransition(_("Trinnet er ikke i bruk."))
    with acting_as(_worker(worked.around.county_id)):
        worked.end_tasks(row, done=False)  # nobody need choose the way on from it until it is done anew
    _tell(actor, "routine.step_repeated", made)
    return made


@transaction.atomic
def choose_way(*, actor: Actor, step_run_id: int, to: str) -> StepRun:
    """
    Say which way to go on from a step, where nothing that is known decides it.

    :param to: a step, a routine, or "end".
    :raises NotAllowed: the step is neither the actor's unit's nor the youth's one.
    :raises Invalid: the step has no such way.
    :raises EditConflict: somebody has chosen already.
    """
    worked, row = _lock(actor, step_run_id)
    step = worked.routine.step(row.step)
    way = next((each for each in step.ways if each.to == to), None)
    if way is None:
        raise Invalid(_("Velg hvordan dere går videre."))
    if row.step not in dict(unresolved(worked.routine, worked.steps())):
        raise _closed(row, yours=_("Velge vei videre"))
    with acting_as(_worker(worked.around.county_id)):
        went(worked, row, way.to)
        take(worked, step, way, row, chosen=True)
        advance(youth_id=row.youth_id, by_id=actor.user_id)
    _tell(actor, "routine.way_chosen", row, to=to)
    return row


@transaction.atomic
def end_routine(*, actor: Actor, run_id: int, reason: str, version: int | None = None) -> RoutineRun:
    """
    End work by a routine before all its steps are done.

    :param version: of the run the user was shown; None for a job.
    :raises NotAllowed: the routine is the responsible unit's to end.
    :raises Invalid: no reason is given, or there is no such routine the actor may see.
    :raises EditConflict: it has changed since, or has ended.
    """
    run = RoutineRun.objects.select_for_update(of=("self",)).filter(pk=run_id).first()
    if run is None:
        raise Invalid(_("Rutinen finnes ikke, eller du har ikke tilgang."))
    youth = lock_youth(youth_id=run.youth_id)
    policies.may_work_routine(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor rutinen avsluttes."))
    if run.ended_on is not None or (version is not None and version != run.version):
        raise EditConflict(
            _("Rutinen er endret av en annen. Ingenting er lagret."),
            theirs={_("Rutinen"): _("Avsluttet") if run.ended_on else _("I gang")},
            yours={_("Rutinen"): _("Avslutte")},
            version=run.version if run.ended_on is None else None,
            about=run.youth_id,
        )
    around = Surroundings(youth_id=run.youth_id, unit_id=youth.unit_id, county_id=youth.county_id, on=clock.today())
    with acting_as(_worker(youth.county_id)):
        worked = Worked(run=run, around=around, by_id=actor.user_id, now=clock.now(), today=around.on)
        end_run(worked, RunEnd.CHOSEN, text=reason.strip()[:300])
    audit.record(
        "routine.ended",
        by=actor.user_id,
        about=run.youth_id,
        county=youth.county_id,
        details={"routine": run.routine, "run": run.pk},
    )
    return run


def _lock(actor: Actor, step_run_id: int) -> tuple[Worked, StepRun]:
    row = StepRun.objects.filter(pk=step_run_id).first()
    if row is None:
        raise Invalid(_("Trinnet finnes ikke, eller du har ikke tilgang."))
    run = RoutineRun.objects.select_for_update(of=("self",)).get(pk=row.run_id)
    row.refresh_from_db()
    youth = lock_youth(youth_id=row.youth_id)
    policies.may_work_routine(
        actor=actor, unit_id=youth.unit_id, county_id=youth.county_id, for_unit_id=row.for_unit_id
    ).require()
    if run.ended_on is not None:
        raise IllegalTransition(_("Rutinen er avsluttet."))
    around = Surroundings(youth_id=row.youth_id, unit_id=youth.unit_id, county_id=youth.county_id, on=clock.today())
    return Worked(run=run, around=around, by_id=actor.user_id, now=clock.now(), today=around.on), row


def _closed(row: StepRun, *, yours: str) -> EditConflict:
    return EditConflict(
        _("Trinnet er endret av en annen. Ingenting er lagret."),
        theirs={_("Trinnet"): str(StepState(row.state).label)},
        yours={_("Trinnet"): yours},
        about=row.youth_id,
    )


def _tell(actor: Actor, verb: str, row: StepRun, **details: str) -> None:
    told = {"step": row.step, "round": row.round, **details}
    audit.record(verb, by=actor.user_id, about=row.youth_id, county=row.county_id, details=told)


def _worker(county_id: int) -> Actor:
    return access.system_actor("scheduler", county_ids=(county_id,))
