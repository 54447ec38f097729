"""Agreeing who takes the next step with a youth on a washed list; it becomes a task of somebody by name."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.audit import services as audit
from fotfeste.casework.enums import FeedbackCategory, NextOwner
from fotfeste.casework.selectors.receivers import counsellors_of
from fotfeste.collaboration.enums import WashTask
from fotfeste.collaboration.services.wash_tasks import drop_wash_task, set_wash_task
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.lists import policies
from fotfeste.lists.models import WashAgreement, WashSession
from fotfeste.lists.selectors import otuk, wash
from fotfeste.lists.selectors.wash import WashRow
from fotfeste.lists.services.wash import lock_open_wash
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.contacts import responsible_contacts
from fotfeste.people.selectors.youths import youths_by_id
from fotfeste.spec import implements

_SCHOOLS = frozenset({UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY})


@implements("wash-next-owner", "rut-wash-session-s04")
@transaction.atomic
def agree_owner(
    *, actor: Actor, session_id: int, youth_id: int, owner: str, due_on: date, version: int | None = None
) -> WashAgreement:
    """
    Agree who takes the next step with a youth Nav does not take care of, or says has moved; set the task of it.

    The task goes to who is named at the unit, or to the school's responsible person for the youth. Agreed anew, the
    task of before is dropped.

    Source: AFI 2015 kap. 3.1; Oslostandarden kap. 4.3.

    :param version: of the agreement the user was shown, 0 for none; None for a job.
    :raises NotAllowed: the actor neither answers for the district nor makes the county's lists.
    :raises EditConflict: a colleague has agreed something else in between.
    :raises Invalid: the answer asks for no next step, the day is past, or no such unit answers for the youth.
    """
    session = lock_open_wash(session_id)
    policies.may_open_wash(actor=actor, county_id=session.county_id, district_id=session.district_id).require()
    row = next((each for each in wash.wash_of(session).rows if each.youth_id == youth_id), None)
    if row is None or not row.wants_owner:
        raise Invalid(_("Neste steg avtales når Nav har svart at ungdommen ikke er ivaretatt, eller har flyttet."))
    if due_on < clock.today():
        raise Invalid(_("Fristen kan ikke være passert."))
    _must_be_seen(row, version, owner, due_on)
    with otuk.as_list_maker(session.county_id):
        unit_id = _unit_of(session, youth_id, NextOwner(owner))
        person_id = _person_at(unit_id, youth_id, actor)
        if row.agreement is not None:
            drop_wash_task(task_id=row.agreement.task_id, by_id=actor.user_id)
        assert row.answer is not None
        moved = row.answer.category is FeedbackCategory.MOVED
        task = set_wash_task(
            youth_id=youth_id,
            what=WashTask.MOVED if moved else WashTask.NOT_TAKEN_CARE_OF,
            for_unit_id=unit_id,
            for_user_id=person_id,
            due_on=due_on,
            by_id=actor.user_id,
        )
        agreement = _keep(session, row, owner, unit_id, person_id, due_on, task.pk, actor.user_id)
    details = {"wash": session.pk, "owner": owner, "task": task.pk}
    audit.record("wash.agreed", by=actor.user_id, about=youth_id, county=session.county_id, details=details)
    return agreement


def drop_tasks_of_protected(*, by_id: int) -> None:
    """
    Close the tasks agreed of youths who have become protected since, where the unit is told of them no more.

    Runs inside a system actor's scope. The district and Nav know them by the list alone; a school that answers for a
    youth, and the administration, go on with theirs.
    """
    owners = [NextOwner.DISTRICT, NextOwner.NAV]
    rows = WashAgreement.objects.filter(owner__in=owners, task__closed_at=None).exclude(youth__protection="none")
    for task_id in rows.order_by("pk").values_list("task_id", flat=True):
        drop_wash_task(task_id=task_id, by_id=by_id)


def _unit_of(session: WashSession, youth_id: int, owner: NextOwner) -> int:
    if owner is NextOwner.DISTRICT:
        return int(session.district_id)
    if owner is NextOwner.NAV:
        return int(session.office_id)
    if owner is NextOwner.ADMINISTRATION:
        return int(units.education_admin_of(county_id=session.county_id).pk)
    youth = youths_by_id([youth_id])[youth_id]
    unit = units.unit_or_none(unit_id=youth.unit_id)
    if unit is None or unit.kind not in _SCHOOLS:
        raise Invalid(_("Ingen skole har ansvaret for ungdommen. Velg en annen."))
    return int(unit.pk)


def _person_at(unit_id: int, youth_id: int, actor: Actor) -> int | None:
    """
    Return who the task is given to, of those who work there.

    The youth's own person goes first, then whoever agrees it for a unit of their own, who is named at the unit, and the
    only one who answers for it, or works there at all. Nobody is chosen at random.
    """
    today = clock.today()
    there = access.people_at(unit_ids=[unit_id], permission=Permission.TASK_DO, on=today)
    answers = access.people_at(unit_ids=[unit_id], permission=Permission.FEEDBACK_SEND, on=today)
    contact = responsible_contacts(unit_ids=[unit_id], on=today).get(unit_id)
    ids = {user_id for _unit, user_id, _name in there}
    own = counsellors_of(youth_ids=[youth_id]).get(youth_id)
    for wanted in (own, actor.user_id):
        if wanted in ids:
            return wanted
    named = {user_id for _unit, user_id, name in there if contact is not None and name == contact.name}
    for some in (named, {user_id for _unit, user_id, _name in answers} & ids, ids):
        if len(some) == 1:
            return next(iter(some))
    return None


def _must_be_seen(row: WashRow, version: int | None, owner: str, due_on: date) -> None:
    now = row.agreement
    must_be_as_seen(
        version,
        now.version if now else 0,
        _("En kollega har avtalt noe annet om ungdommen. Ingenting er lagret."),
        theirs={
            _("Hvem tar neste steg"): now.get_owner_display() if now else _("Ikke avtalt"),
            _("Frist"): formats.short_day(now.due_on) if now else "",
        },
        yours={
            _("Hvem tar neste steg"): str(NextOwner(owner).label),
            _("Frist"): formats.short_day(due_on),
        },
        about=row.youth_id,
    )


def _keep(
    session: WashSession,
    row: WashRow,
    owner: str,
    unit_id: int,
    person_id: int | None,
    due_on: date,
    task_id: int,
    by_id: int,
) -> WashAgreement:
    given = {
        "owner": NextOwner(owner),
        "for_unit_id": unit_id,
        "for_user_id": person_id,
        "due_on": due_on,
        "task_id": task_id,
        "agreed_by_id": by_id,
        "agreed_at": clock.now(),
        "version": row.agreement.version + 1 if row.agreement else 1,
    }
    kept, _is_new = WashAgreement.objects.update_or_create(
        session=session, youth_id=row.youth_id, defaults={"district_id": session.district_id, **given}
    )
    return kept
