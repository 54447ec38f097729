"""Agreeing who takes the next step with a youth on a washed list; it becomes a task of somebody by name."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.audit import services as audit
from fotfeste.casework.enums import FeedbackCategory, NextOwner
from fotfeste.casework.selectors.receivers import counsellors_of
from fotfeste.collaboration.enums import WashTask
from fotfeste.collaboration.services.wash_tasks import NextStep, drop_wash_tasks, set_wash_tasks
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import Tried, must_be_as_seen, tried
from fotfeste.lists import policies
from fotfeste.lists.models import WashAgreement, WashSession
from fotfeste.lists.selectors import otuk, wash
from fotfeste.lists.selectors.wash import WashRow
from fotfeste.lists.services.wash import lock_open_wash
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.contacts import responsible_contacts
from fotfeste.people.services.places import lock_youths
from fotfeste.spec import implements

_SCHOOLS = frozenset({UnitKind.UPPER_SECONDARY, UnitKind.LOWER_SECONDARY})
#: What is replaced when something else is agreed.
_AGREED = ["owner", "for_unit", "for_user", "due_on", "task", "agreed_by", "agreed_at", "version"]


@implements("wash-next-owner", "rut-wash-session-s04")
@transaction.atomic
def agree_owner(
    *, actor: Actor, session_id: int, youth_id: int, owner: str, due_on: date, version: int | None = None
) -> WashAgreement:
    """Agree who takes the next step with one youth; raises what ``agree_owners`` stops one by."""
    asked = {youth_id: version}
    agreed = agree_owners(actor=actor, session_id=session_id, versions=asked, owner=owner, due_on=due_on)
    return agreed.all_or_none()[youth_id]


@transaction.atomic
def agree_owners(
    *, actor: Actor, session_id: int, versions: Mapping[int, int | None], owner: str, due_on: date
) -> Tried[int, WashAgreement]:
    """
    Agree who takes the next step with youths Nav does not take care of, or says have moved; set the task of each.

    The task goes to who is named at the unit, or to the school's responsible person for the youth. Agreed anew, the
    task of before is dropped. One it cannot be agreed of does not stop the others.

    Source: AFI 2015 kap. 3.1; Oslostandarden kap. 4.3.

    :param versions: youth -> version of the agreement the user was shown, 0 for none; None for a job.
    :returns: by youth. One is stopped by an ``EditConflict`` when a colleague has agreed something else in between, and
        by ``Invalid`` when the answer asks for no next step, or no such unit answers for the youth.
    :raises NotAllowed: the actor neither answers for the district nor makes the county's lists.
    :raises Invalid: the wash is over, or the day is past.
    """
    session = lock_open_wash(session_id)
    policies.may_open_wash(actor=actor, county_id=session.county_id, district_id=session.district_id).require()
    if due_on < clock.today():
        raise Invalid(_("Fristen kan ikke være passert."))
    rows = {row.youth_id: row for row in wash.rows_in(session, versions)}

    def may_be_agreed(youth_id: int) -> WashRow:
        row = rows.get(youth_id)
        if row is None or not row.wants_owner:
            raise Invalid(_("Neste steg avtales når Nav har svart at ungdommen ikke er ivaretatt, eller har flyttet."))
        _must_be_seen(row, versions[youth_id], owner, due_on)
        return row

    asked = tried(versions, may_be_agreed)
    with otuk.as_list_maker(session.county_id):
        around = _read(session, NextOwner(owner), [youth_id for youth_id, _row in asked.done])
        placed = tried([row for _youth_id, row in asked.done], lambda row: _next_step(row, around, actor))
        kept = _keep(session, dict(placed.done), owner, due_on, actor.user_id)
    details = {each.youth_id: {"wash": session.pk, "owner": owner, "task": each.task_id} for each in kept}
    audit.record_each("wash.agreed", by=actor.user_id, about=details, county=session.county_id)
    stopped = [(row.youth_id, stop) for row, stop in placed.stopped]
    return Tried([(each.youth_id, each) for each in kept], [*asked.stopped, *stopped])


def drop_tasks_of_protected(*, by_id: int) -> None:
    """
    Close the tasks agreed of youths who have become protected since, where the unit is told of them no more.

    Runs inside a system actor's scope. The district and Nav know them by the list alone; a school that answers for a
    youth, and the administration, go on with theirs.
    """
    owners = [NextOwner.DISTRICT, NextOwner.NAV]
    rows = WashAgreement.objects.filter(owner__in=owners, task__closed_at=None).exclude(youth__protection="none")
    drop_wash_tasks(task_ids=rows.values_list("task_id", flat=True), by_id=by_id)


@dataclass(frozen=True, slots=True)
class _Around:
    """
    What is read once to find who takes the next step with each of some youths.

    :ivar units: the unit by youth; not those no school answers for, when it is to be the school.
    :ivar at: who works at each unit. ``answering`` are those of them who answer for it, ``named`` who is named there.
    :ivar own: who answers for the youth.
    """

    units: dict[int, int]
    at: dict[int, set[int]]
    answering: dict[int, set[int]]
    named: dict[int, set[int]]
    own: dict[int, int]


def _read(session: WashSession, owner: NextOwner, youth_ids: Collection[int]) -> _Around:
    """Lock the youths, and return what is agreed by."""
    today = clock.today()
    places = _units_of(session, owner, lock_youths(youth_ids=youth_ids))
    unit_ids = set(places.values())
    there = access.people_at(unit_ids=unit_ids, permission=Permission.TASK_DO, on=today)
    answering = access.people_at(unit_ids=unit_ids, permission=Permission.FEEDBACK_SEND, on=today)
    contacts = responsible_contacts(unit_ids=unit_ids, on=today)
    is_named = [each for each in there if each[0] in contacts and contacts[each[0]].name == each[2]]
    own = counsellors_of(youth_ids=youth_ids)
    return _Around(places, _by_unit(there), _by_unit(answering), _by_unit(is_named), own)


def _by_unit(people: Iterable[tuple[int, int, str]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for unit_id, user_id, _name in people:
        found[unit_id].add(user_id)
    return found


def _units_of(session: WashSession, owner: NextOwner, youths: Collection[Any]) -> dict[int, int]:
    """Return the unit that takes the next step with each youth; not those no school answers for, when it is to."""
    if owner is NextOwner.SCHOOL:
        kinds = units.unit_kinds({youth.unit_id for youth in youths})
        return {youth.pk: youth.unit_id for youth in youths if kinds.get(youth.unit_id) in _SCHOOLS}
    if owner is NextOwner.ADMINISTRATION:
        unit_id = units.education_admin_of(county_id=session.county_id).pk
    else:
        unit_id = session.district_id if owner is NextOwner.DISTRICT else session.office_id
    return {youth.pk: int(unit_id) for youth in youths}


def _next_step(row: WashRow, around: _Around, actor: Actor) -> NextStep:
    unit_id = around.units.get(row.youth_id)
    if unit_id is None:
        raise Invalid(_("Ingen skole har ansvaret for ungdommen. Velg en annen."))
    assert row.answer is not None
    moved = row.answer.category is FeedbackCategory.MOVED
    what = WashTask.MOVED if moved else WashTask.NOT_TAKEN_CARE_OF
    return NextStep(what, unit_id, _person_at(unit_id, row.youth_id, around, actor))


def _person_at(unit_id: int, youth_id: int, around: _Around, actor: Actor) -> int | None:
    """
    Return who the task is given to, of those who work there.

    The youth's own person goes first, then whoever agrees it for a unit of their own, who is named at the unit, and the
    only one who answers for it, or works there at all. Nobody is chosen at random.
    """
    ids = around.at.get(unit_id, set())
    for wanted in (around.own.get(youth_id), actor.user_id):
        if wanted in ids:
            return wanted
    for some in (around.named.get(unit_id, set()), around.answering.get(unit_id, set()) & ids, ids):
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
    session: WashSession, steps: Mapping[WashRow, NextStep], owner: str, due_on: date, by_id: int
) -> list[WashAgreement]:
    """Keep what is agreed, in the place of what was, with the task of each."""
    before = [row.agreement.task_id for row in steps if row.agreement is not None]
    drop_wash_tasks(task_ids=before, by_id=by_id)
    tasks = set_wash_tasks(steps={row.youth_id: step for row, step in steps.items()}, due_on=due_on, by_id=by_id)
    rows = [
        WashAgreement(
            session=session,
            youth_id=row.youth_id,
            district_id=session.district_id,
            owner=NextOwner(owner),
            for_unit_id=step.unit_id,
            for_user_id=step.user_id,
            due_on=due_on,
            task=tasks[row.youth_id],
            agreed_by_id=by_id,
            agreed_at=clock.now(),
            version=row.agreement.version + 1 if row.agreement else 1,
        )
        for row, step in steps.items()
    ]
    return WashAgreement.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["session", "youth"], update_fields=_AGREED
    )
