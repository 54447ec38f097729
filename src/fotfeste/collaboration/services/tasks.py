"""Tasks set by hand, and what is done with any task: given to somebody, put off, done, dropped."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import TaskMove, TaskState
from fotfeste.collaboration.models import Task, TaskEvent
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from fotfeste.people.services.places import lock_youth


@transaction.atomic
def set_task(
    *,
    actor: Actor,
    youth_id: int,
    what: str,
    due_on: date | None,
    for_unit_id: int | None = None,
    for_user_id: int | None = None,
) -> Task:
    """
    Set a task about a youth, for oneself, a colleague or a unit the youth is open to.

    :raises NotAllowed: the actor works at no unit that has tasks.
    :raises Invalid: it is not said what, the day is past, or the unit or person may not know of the youth.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_set_task(actor=actor, from_unit_id=actor.unit_id).require()
    unit_id = for_unit_id or actor.unit_id
    assert unit_id is not None
    if not what.strip():
        raise Invalid(_("Skriv hva som skal gjøres."))
    if due_on is not None and due_on < clock.today():
        raise Invalid(_("Fristen kan ikke være passert."))
    _must_know(youth, unit_id)
    _must_work_there(for_user_id, unit_id)
    task = Task.objects.create(
        youth_id=youth_id,
        for_unit_id=unit_id,
        for_user_id=for_user_id,
        what=what.strip()[:200],
        due_on=due_on,
        made_by_id=actor.user_id,
        made_at=clock.now(),
    )
    _log(actor, "task.set", task)
    return task


@transaction.atomic
def give_task(*, actor: Actor, task_id: int, to_user_id: int | None, version: int | None = None) -> Task:
    """
    Give a task to a colleague at the unit, or back to the unit.

    :param version: of the task the user was shown; None for a job.
    :raises NotAllowed: the task belongs to another unit.
    :raises EditConflict: somebody has done something with it since.
    :raises Invalid: the person does not work at the unit.
    """
    task = _lock(actor, task_id, version, yours=_("Gi videre"))
    _must_work_there(to_user_id, task.for_unit_id)
    task.for_user_id = to_user_id
    return _moved(actor, task, TaskMove.GIVEN, to_user_id=to_user_id)


@transaction.atomic
def snooze_task(*, actor: Actor, task_id: int, to_day: date, reason: str, version: int | None = None) -> Task:
    """
    Put a task off to a later day, for a reason.

    :param version: of the task the user was shown; None for a job.
    :raises NotAllowed: the task belongs to another unit.
    :raises EditConflict: somebody has done something with it since.
    :raises Invalid: no reason is given, or the day is not ahead.
    :raises IllegalTransition: it reminds of a plan.
    """
    task = _lock(actor, task_id, version, yours=_("Utsette"))
    _must_not_remind(task)
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor oppgaven utsettes."))
    if to_day <= clock.today():
        raise Invalid(_("Velg en dag fram i tid."))
    task.due_on = to_day
    return _moved(actor, task, TaskMove.SNOOZED, to_day=to_day, reason=reason.strip()[:300])


@transaction.atomic
def finish_task(*, actor: Actor, task_id: int, version: int | None = None) -> Task:
    """
    Say that a task set by hand is done. A step of a routine is done by its record, and not by saying so.

    :param version: of the task the user was shown; None for a job.
    :raises NotAllowed: the task belongs to another unit.
    :raises EditConflict: somebody has done something with it since.
    :raises IllegalTransition: it is a step of a routine, or reminds of a plan.
    """
    task = _lock(actor, task_id, version, yours=_("Gjort"))
    if task.step_run_id is not None:
        raise IllegalTransition(_("Trinnet er gjort når det er registrert. Åpne skjemaet, eller hopp over trinnet."))
    _must_not_remind(task)
    return _close(actor, task, TaskState.DONE, TaskMove.DONE)


@transaction.atomic
def drop_task(*, actor: Actor, task_id: int, reason: str, version: int | None = None) -> Task:
    """
    Take a task set by hand away, for a reason. Whoever set it may as well.

    :param version: of the task the user was shown; None for a job.
    :raises NotAllowed: the task belongs to another unit, and somebody else set it.
    :raises EditConflict: somebody has done something with it since.
    :raises Invalid: no reason is given.
    :raises IllegalTransition: it is a step of a routine, or reminds of a plan.
    """
    task = _lock(actor, task_id, version, yours=_("Ta bort"))
    if task.step_run_id is not None:
        raise IllegalTransition(_("Trinnet hører til en rutine. Hopp over trinnet der."))
    _must_not_remind(task)
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor oppgaven tas bort."))
    return _close(actor, task, TaskState.DROPPED, TaskMove.DROPPED, reason=reason.strip()[:300])


def _must_not_remind(task: Task) -> None:
    """Stop when the task reminds of a plan: it stands until the plan is seen to, so that none lapses silently."""
    if task.plan_id is not None:
        raise IllegalTransition(_("Oppgaven er gjort når planen er gjennomgått, forlenget eller avsluttet."))


def _close(actor: Actor, task: Task, state: TaskState, move: TaskMove, *, reason: str = "") -> Task:
    task.state, task.closed_at, task.closed_by_id = state, clock.now(), actor.user_id
    return _moved(actor, task, move, reason=reason)


def _lock(actor: Actor, task_id: int, version: int | None, *, yours: str) -> Task:
    task = Task.objects.select_for_update(of=("self",)).filter(pk=task_id).first()
    if task is None:
        raise Invalid(_("Oppgaven finnes ikke, eller du har ikke tilgang."))
    if task.made_by_id != actor.user_id or task.step_run_id is not None:
        policies.may_do_task(actor=actor, for_unit_id=task.for_unit_id).require()
    if task.state != TaskState.OPEN or (version is not None and version != task.version):
        person = access.user_names({task.for_user_id}).get(task.for_user_id, "") if task.for_user_id else ""
        raise EditConflict(
            _("Noen har gjort noe med oppgaven mens du holdt på. Ingenting er lagret."),
            theirs={
                _("Oppgaven"): str(TaskState(task.state).label),
                _("Frist"): formats.short_day(task.due_on) if task.due_on else "",
                _("Gitt til"): person,
            },
            yours={_("Oppgaven"): yours, _("Frist"): "", _("Gitt til"): ""},
            version=task.version if task.state == TaskState.OPEN else None,
            about=task.youth_id,
        )
    return task


def _moved(actor: Actor, task: Task, move: TaskMove, **told: object) -> Task:
    task.version += 1
    task.save()
    TaskEvent.objects.create(
        task=task,
        youth_id=task.youth_id,
        for_unit_id=task.for_unit_id,
        move=move,
        by_id=actor.user_id,
        at=clock.now(),
        **told,  # type: ignore[misc]
    )
    _log(actor, f"task.{move.value}", task)
    return task


def _must_know(youth: object, unit_id: int) -> None:
    known = access.units_granted(youth_id=youth.pk, topic=Topic.IDENTITY, on=clock.today())  # type: ignore[attr-defined]
    if unit_id != youth.unit_id and unit_id not in known:  # type: ignore[attr-defined]
        raise Invalid(_("Enheten kan ikke få vite om ungdommen uten samtykke."))


def _must_work_there(user_id: int | None, unit_id: int) -> None:
    if user_id is None:
        return
    there = access.people_at(unit_ids=[unit_id], permission=Permission.TASK_DO, on=clock.today())
    if user_id not in {each for _unit, each, _name in there}:
        raise Invalid(_("Velg en kollega ved enheten."))


def _log(actor: Actor, verb: str, task: Task) -> None:
    audit.record(verb, by=actor.user_id, about=task.youth_id, county=task.county_id, details={"task": task.pk})
