"""What people do with a routine about a unit: start it, write down what was done, skip a step, do one again, end it."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework.selectors.open_work import answering_at
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import RunEnd, StepState, Trigger
from fotfeste.collaboration.models import UnitRecord, UnitRun, UnitStep
from fotfeste.collaboration.record_kinds import CASES_HANDED_OVER, unit_record_kinds
from fotfeste.collaboration.selectors.records import between_persons_at
from fotfeste.collaboration.services.advancing import go_on, move
from fotfeste.collaboration.services.unit_work import UnitWorked, begin_for_unit
from fotfeste.collaboration.services.work import close_step, end_run, open_step
from fotfeste.collaboration.states import REPEATABLE, SKIPPABLE
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.organisations.selectors import units
from fotfeste.spec import implements
from fotfeste.spec.routines import routines, starts_on


@transaction.atomic
def start_unit_routine(*, actor: Actor, unit_id: int, routine_id: str) -> UnitRun:
    """
    Start a routine about a unit by hand, at its first step.

    :raises NotAllowed: the unit is another's.
    :raises Invalid: there is no such unit, or no such routine about one.
    :raises IllegalTransition: it is under way already, or was started today.
    """
    unit = units.unit_or_none(unit_id=unit_id)
    at = dict(starts_on(Trigger.BY_HAND)).get(routine_id)
    if unit is None or at is None or not routines()[routine_id].about_unit:
        raise Invalid(_("Velg en rutine."))
    policies.may_work_unit_routine(actor=actor, unit_id=unit_id, county_id=unit.county_id).require()
    if UnitRun.objects.filter(unit_id=unit_id, routine=routine_id, trigger=Trigger.BY_HAND, ended_on=None).exists():
        raise IllegalTransition(_("Rutinen er alt i gang for denne enheten."))
    run = begin_for_unit(
        unit_id=unit_id,
        routine_id=routine_id,
        at=at[0],
        subject=f"day:{clock.today().isoformat()}",
        trigger=Trigger.BY_HAND,
        by_id=actor.user_id,
    )
    if run is None:
        raise IllegalTransition(_("Rutinen er alt startet i dag."))
    _tell(actor, "unit_routine.started", run)
    return run


@transaction.atomic
def write_unit_record(*, actor: Actor, run_id: int, kind: str, on: date, said: dict[str, Any]) -> UnitRecord:
    """
    Write down what a unit did. The step is done by it, and the next one comes to whoever it belongs to.

    :raises NotAllowed: the actor works neither at the unit nor where one of its steps stands open.
    :raises Invalid: a field is missing, or the day is ahead.
    :raises IllegalTransition: the routine has ended, or cases said to be handed over are not.
    """
    worked = _lock(actor, run_id)
    known = unit_record_kinds().get(kind)
    if known is None or known.past or actor.unit_id is None:
        raise Invalid(_("Velg noe fra listen."))
    if on > worked.today:
        raise Invalid(_("Datoen kan ikke være fram i tid."))
    if wrong := known.mistake_in(said):
        label = next((each.label for each in known.fields if each.id == wrong), wrong)
        raise Invalid(_("Fyll ut «%(field)s».") % {"field": _(label)})
    if kind == CASES_HANDED_OVER:
        _must_be_handed_over(worked)
    row = UnitRecord.objects.create(
        run=worked.run,
        kind=kind,
        on=on,
        said=said,
        by_unit_id=actor.unit_id,
        made_by_id=actor.user_id,
        made_at=worked.now,
    )
    move(worked)
    _tell(actor, "unit_routine.recorded", worked.run, kind=kind)
    return row


@transaction.atomic
def skip_unit_step(*, actor: Actor, step_run_id: int, reason: str) -> UnitStep:
    """
    Go on without a step, for a reason.

    :raises NotAllowed: the step is another unit's.
    :raises Invalid: no reason is given, or there is no such step.
    :raises EditConflict: it is closed already.
    """
    worked, row = _lock_step(actor, step_run_id)
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor trinnet hoppes over."))
    if row.state not in SKIPPABLE:
        raise _closed(row, yours=_("Hoppe over"))
    close_step(worked, row, state=StepState.SKIPPED, reason=reason.strip()[:300])
    go_on(worked, worked.routine.step(row.step), row)
    move(worked)
    _tell(actor, "unit_routine.step_skipped", worked.run, step=row.step)
    return row


@transaction.atomic
def repeat_unit_step(*, actor: Actor, step_run_id: int) -> UnitStep:
    """
    Do a step once more, or go back to it.

    :raises NotAllowed: the step is another unit's.
    :raises EditConflict: it stands open.
    :raises IllegalTransition: the routine has ended, or the county leaves the step out now.
    """
    worked, row = _lock_step(actor, step_run_id)
    if row.state not in REPEATABLE or worked.rows().filter(step=row.step, round__gt=row.round).exists():
        raise _closed(row, yours=_("Gjøre på nytt"))
    made: UnitStep | None = open_step(worked, row.step)
    if made is None:
        raise IllegalTransition(_("Trinnet er ikke i bruk."))
    _tell(actor, "unit_routine.step_repeated", worked.run, step=row.step)
    return made


@transaction.atomic
def end_unit_routine(*, actor: Actor, run_id: int, reason: str, version: int | None = None) -> UnitRun:
    """
    End work by a routine about a unit before all its steps are done.

    :param version: of the run the user was shown; None for a job.
    :raises NotAllowed: the unit is another's.
    :raises Invalid: no reason is given.
    :raises EditConflict: it has changed since.
    :raises IllegalTransition: it has ended.
    """
    worked = _lock(actor, run_id, by_unit_only=True)
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor rutinen avsluttes."))
    if version is not None and version != worked.run.version:
        raise EditConflict(
            _("Rutinen er endret av en annen. Ingenting er lagret."),
            theirs={_("Rutinen"): _("I gang")},
            yours={_("Rutinen"): _("Avslutte")},
            version=worked.run.version,
        )
    end_run(worked, RunEnd.CHOSEN, text=reason.strip()[:300])
    _tell(actor, "unit_routine.ended", worked.run)
    return worked.run


def _lock(actor: Actor, run_id: int, *, by_unit_only: bool = False) -> UnitWorked:
    run = UnitRun.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=run_id).first()
    if run is None:
        raise Invalid(_("Rutinen finnes ikke, eller du har ikke tilgang."))
    place = {"unit_id": run.unit_id, "county_id": run.unit.county_id}
    turns = UnitStep.objects.filter(run=run, closed_on=None).values_list("for_unit_id", flat=True)
    for_unit = next((unit_id for unit_id in turns if unit_id in actor.unit_ids), None)
    policies.may_work_unit_routine(actor=actor, **place, for_unit_id=None if by_unit_only else for_unit).require()
    if run.ended_on is not None:
        raise IllegalTransition(_("Rutinen er avsluttet."))
    return UnitWorked(run=run, by_id=actor.user_id, now=clock.now(), today=clock.today())


def _lock_step(actor: Actor, step_run_id: int) -> tuple[UnitWorked, UnitStep]:
    row = UnitStep.objects.filter(pk=step_run_id).first()
    if row is None:
        raise Invalid(_("Trinnet finnes ikke, eller du har ikke tilgang."))
    worked = _lock(actor, row.run_id)
    row.refresh_from_db()
    place = {"unit_id": worked.unit.pk, "county_id": worked.unit.county_id, "for_unit_id": row.for_unit_id}
    policies.may_work_unit_routine(actor=actor, **place).require()
    return worked, row


@implements("rut-contact-change-s03")
def _must_be_handed_over(worked: UnitWorked) -> None:
    """Stop while somebody who has left answers for a youth at the unit, or an offer between persons waits there."""
    unit_id = worked.run.unit_id
    left = sum(each.youths for each in answering_at(unit_ids=[unit_id], on=worked.today) if each.is_gone)
    waits = between_persons_at(unit_id=unit_id)
    if left or waits:
        said = _(
            "Alle er ikke overført ennå. %(left)s har en ansvarlig person som ikke lenger har en rolle ved enheten, "
            "og %(waits)s er tilbudt en kollega som ikke har svart."
        )
        raise IllegalTransition(said % {"left": left, "waits": waits})


def _closed(row: UnitStep, *, yours: str) -> EditConflict:
    return EditConflict(
        _("Trinnet er endret av en annen. Ingenting er lagret."),
        theirs={_("Trinnet"): str(StepState(row.state).label)},
        yours={_("Trinnet"): yours},
    )


def _tell(actor: Actor, verb: str, run: UnitRun, **details: str) -> None:
    told = {"run": run.pk, "routine": run.routine, "unit": run.unit_id, **details}
    audit.record(verb, by=actor.user_id, county=run.unit.county_id, details=told)
