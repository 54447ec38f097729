"""Offering a youth, or the coordination of its plan, to another person. Whoever has it keeps it until they say yes."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.permissions import Permission
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.audit.followers import Act
from fotfeste.casework.selectors.counsellors import counsellors_at
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.casework.services import counsellors
from fotfeste.casework.services.counsellors import BulkResult
from fotfeste.collaboration.models import FollowUpPlan, Record
from fotfeste.collaboration.record_kinds import (
    BETWEEN_PERSONS,
    COORDINATOR_HANDOVER,
    LAPSED,
    PERSON_HANDOVER,
    record_kinds,
)
from fotfeste.collaboration.services.answering import close_record
from fotfeste.collaboration.services.plan_handing import lock_plan_for_offer, lock_plan_led
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.seen import each_by_itself
from fotfeste.people.enums import Protection
from fotfeste.people.services.places import lock_youth

MOST_NOTE = 500

#: The acts after which an offer between persons may be nobody's to accept.
FOLLOWED = (
    "counsellor.",
    "responsibility.",
    "registration.",
    "youth.merged",
    "youth.protection",
    "plan.",
    "release.",
)


@transaction.atomic
def offer_youth(*, actor: Actor, youth_id: int, to_user_id: int, note: str = "", version: int | None = None) -> Record:
    """
    Offer a colleague to answer for the youth: by whoever answers, or the leader on their behalf.

    :param note: what the colleague should know.
    :param version: of the registration the user was shown; None for a job.
    :raises NotAllowed: the actor neither answers for the youth nor leads the unit.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: an offer waits already.
    :raises Invalid: nobody answers for the youth, the colleague does not follow up there, or the note is too long.
    """
    lock_youth(youth_id=youth_id)
    case = counsellors.lock_for_offer(actor=actor, youth_id=youth_id, to_id=to_user_id, version=version)
    assert case.counsellor_id is not None
    at = {"by_unit_id": case.unit_id, "to_unit_id": case.unit_id}
    persons = {"from_user_id": case.counsellor_id, "to_user_id": to_user_id}
    return _offer(actor, PERSON_HANDOVER, youth_id, {"note": note}, **at, **persons)


@transaction.atomic
def offer_plan(
    *, actor: Actor, youth_id: int, plan_id: int, to_user_id: int, note: str = "", version: int | None = None
) -> Record:
    """
    Offer somebody at a unit that is in the plan to coordinate it.

    :param version: of the plan the user was shown; None for a job.
    :raises NotAllowed: somebody else coordinates it.
    :raises EditConflict: somebody has changed it since.
    :raises IllegalTransition: an offer waits already, or the plan has ended.
    :raises Invalid: there is no such plan, the person works at no unit that is in it, or the note is too long.
    """
    youth = lock_youth(youth_id=youth_id)
    plan, unit_id = lock_plan_for_offer(
        actor=actor, plan_id=plan_id, youth=youth, to_user_id=to_user_id, version=version
    )
    at = {"by_unit_id": plan.coordinator_unit_id, "to_unit_id": unit_id}
    persons = {"from_user_id": plan.coordinator_id, "to_user_id": to_user_id}
    return _offer(actor, COORDINATOR_HANDOVER, youth_id, {"note": note}, **at, **persons)


@transaction.atomic
def offer_plan_for(*, actor: Actor, youth_id: int, to_user_id: int, reason: str, version: int | None = None) -> Record:
    """
    Offer a colleague at the coordinator's unit to coordinate the plan, on behalf of a coordinator who is away or has
    left: by the leader, who reads nothing of it.

    :param reason: why the leader does so.
    :param version: of the plan the user was shown; None for a job.
    :raises EditConflict: somebody has changed the plan since.
    :raises IllegalTransition: an offer waits already.
    :raises Invalid: there is no plan at a unit the actor leads, no reason, or the colleague writes no plans there.
    """
    youth = lock_youth(youth_id=youth_id)
    plan = lock_plan_led(actor=actor, youth=youth, to_user_id=to_user_id, version=version)
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor du tilbyr planen for koordinatoren."))
    at = {"by_unit_id": plan.unit_id, "to_unit_id": plan.unit_id}
    persons = {"from_user_id": plan.user_id, "to_user_id": to_user_id}
    return _offer(actor, COORDINATOR_HANDOVER, youth_id, {"why": reason}, **at, **persons)


def offer_many(*, actor: Actor, items: Iterable[tuple[int, int | None]], to_user_id: int, note: str = "") -> BulkResult:
    """
    Offer a colleague many youths. Each is authorised and checked by itself; one refused does not stop the others.

    :param items: youth id and the version of its registration that the user was shown.
    """

    def offer(item: tuple[int, int | None]) -> int:
        youth_id, version = item
        made = offer_youth(actor=actor, youth_id=youth_id, to_user_id=to_user_id, note=note, version=version)
        return int(made.pk)

    done, refused = each_by_itself(list(items), offer)
    return BulkResult(
        tuple((youth_id, pk) for (youth_id, _version), pk in done),
        tuple((youth_id, why) for (youth_id, _version), why in refused),
    )


def follow_offers(acts: Sequence[Act], *, by_id: int) -> None:
    """
    Let an offer lapse in the same moment as an act after which nobody could accept it.

    Called in a scope that sees all of the youths.
    """
    about = {act.youth_id for act in acts if act.verb.startswith(FOLLOWED)}
    graded = {act.youth_id for act in acts if act.verb == "youth.protection"}
    for row in _open().filter(youth_id__in=about) if about else ():
        is_graded = row.youth_id in graded and row.youth.protection != Protection.NONE
        lapse(row, why=_PROTECTED if is_graded else _why_void(row), by_id=by_id)


def lapse_those_left(*, county_id: int, by_id: int) -> int:
    """Let the offers of a county lapse whose giver or receiver works there no more; return how many did."""
    return sum(lapse(row, why=_why_void(row), by_id=by_id) for row in _open().filter(county_id=county_id))


@transaction.atomic
def lapse(row: Record, *, why: str, by_id: int) -> bool:
    """Close an offer nobody could accept, with why; say whether it was. Called in a scope that sees all."""
    if not why:
        return False
    locked = Record.objects.select_for_update(of=("self",)).filter(pk=row.pk, answer="").first()
    if locked is None:
        return False
    close_record(locked, answer=LAPSED, text=why, by_id=by_id)
    details = {"record": row.pk, "kind": row.kind, "answer": LAPSED}
    audit.record("handover.lapsed_person", by=by_id, about=row.youth_id, county=row.county_id, details=details)
    return True


def _offer(actor: Actor, kind: str, youth_id: int, said: dict[str, str], **given: int) -> Record:
    said = {name: text.strip() for name, text in said.items() if text.strip()}
    if any(len(text) > MOST_NOTE for text in said.values()):
        raise Invalid(_("Skriv kortere. Høyst %(count)s tegn.") % {"count": MOST_NOTE})
    if Record.objects.filter(youth_id=youth_id, kind=kind, answer="").exists():
        raise IllegalTransition(_("Et slikt tilbud venter alt på svar. Trekk det først."))
    row = Record.objects.create(
        youth_id=youth_id,
        kind=kind,
        on=clock.today(),
        said=said,
        made_by_id=actor.user_id,
        made_at=clock.now(),
        due_on=clock.today() + timedelta(record_kinds()[kind].days or 0),
        **given,
    )
    row.refresh_from_db(fields=["county_id", "unit_id"])
    details = {"record": row.pk, "kind": kind, "to": row.to_unit_id}
    audit.record("handover.offered_person", by=actor.user_id, about=youth_id, county=row.county_id, details=details)
    return row


def _open() -> QuerySet[Record]:
    return Record.objects.filter(kind__in=BETWEEN_PERSONS, answer="").select_related("youth").order_by("pk")


# Kept in the case, and so in bokmål whoever acts.
_PROTECTED = "Ungdommen har fått en gradering."
_MERGED = "Ungdommen er slått sammen med en annen."
_NOT_GIVERS = "Den som tilbød det, har det ikke lenger."
_CLOSED = "Tilmeldingen er avsluttet."
_MOVED = "En annen enhet har fått ansvaret."
_ENDED = "Planen er avsluttet."
_NOT_LET_IN = "Enheten er ikke lenger med i planen."
_LEFT = "Den som tilbød det, eller fikk det, har ikke lenger en rolle der."


def _why_void(row: Record) -> str:
    """Return why nobody can accept an offer; empty when it stands."""
    youth, today = row.youth, clock.today()
    if youth.merged_into_id is not None:
        return _MERGED
    if row.kind == PERSON_HANDOVER:
        case = open_registrations().filter(youth_id=youth.pk).first()
        if case is None:
            return _CLOSED
        if case.unit_id != row.to_unit_id:
            return _MOVED
        if case.counsellor_id != row.from_user_id:
            return _NOT_GIVERS
        there = {user_id for _unit, user_id, _name in counsellors_at(unit_ids=[case.unit_id], on=today)}
        return "" if {row.from_user_id, row.to_user_id} <= there else _LEFT
    plan = FollowUpPlan.objects.filter(youth_id=youth.pk, ended_on=None).first()
    if plan is None:
        return _ENDED
    if plan.coordinator_id != row.from_user_id:
        return _NOT_GIVERS
    knows = access.units_granted(youth_id=youth.pk, topic=Topic.PLAN, on=today) | {youth.unit_id}
    if row.to_unit_id not in knows:
        return _NOT_LET_IN
    ids = [row.by_unit_id, row.to_unit_id]
    people = {(at, pk) for at, pk, _name in access.people_at(unit_ids=ids, permission=Permission.PLAN_WRITE, on=today)}
    needed = {(row.to_unit_id, row.to_user_id)}
    if row.made_by_id == row.from_user_id:
        # What the leader offers for a coordinator who has left, stands.
        needed.add((row.by_unit_id, row.from_user_id))
    return "" if needed <= people else _LEFT
