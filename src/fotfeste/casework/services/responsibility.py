"""Which unit answers for a youth: decided by rule, assigned by hand, moved. One at a time, and never none."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import AssignmentGround, CounsellorGround
from fotfeste.casework.models import Explanation, Registration, Responsibility
from fotfeste.casework.selectors.decisions import decisions_for
from fotfeste.casework.selectors.finding_unit import NOT_FOUND, FoundUnit, UnitFinder
from fotfeste.casework.services import hand_over, registrars, standing
from fotfeste.casework.services.counsellor_periods import From, let_go
from fotfeste.casework.services.explanations import keep_explanation
from fotfeste.casework.services.locking import check_version, lock_open_registration
from fotfeste.casework.services.status_events import rewrite_statuses
from fotfeste.casework.services.status_timeline import Stretch
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.kernel.to_write import write_fields
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.periods import is_open_on
from fotfeste.people.services import places
from fotfeste.spec import implements

_HOLDS_WITHOUT_FLAG = frozenset(
    {
        UnitKind.EDUCATION_ADMIN,
        UnitKind.APPRENTICESHIP_DEPARTMENT,
        UnitKind.ADULT_EDUCATION,
        UnitKind.SERVICE_CENTRE,
    }
)

#: What people have decided stands until they decide otherwise.
_NOT_BY_RULE = frozenset({AssignmentGround.MANUAL, AssignmentGround.TAKEN_OVER})

# Kept in the case, and so in bokmål whoever takes over.
_OFFERED_BY = "Tilbudt av {unit}"


@dataclass(frozen=True, slots=True)
class Placement:
    """Why a unit became responsible: the ground, the rule with its explanation, or somebody's words."""

    ground: AssignmentGround
    rule: str = ""
    explanation: Explanation | None = None
    found: FoundUnit = NOT_FOUND
    reason: str = ""


@transaction.atomic
def assign(
    *, actor: Actor, youth_id: int, holder_id: int, reason: str, version: int | None, on: date | None = None
) -> Responsibility:
    """
    Let a unit answer for a youth, by decision of the education administration and not by rule.

    :param reason: why; always needed, and shown wherever the responsibility is.
    :param version: of the registration the user was shown; None for a job.
    :param on: the first day; today unless given.
    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: the unit answers for the youth already by decision.
    :raises Invalid: no reason, a unit that cannot answer, or a day before the present responsibility began.
    """
    registration = _lock(youth_id)
    place = {"unit_id": registration.unit_id, "county_id": registration.county_id}
    policies.may_assign_responsibility(actor=actor, **place).require()
    yours = {_("Ansvarlig enhet"): units.unit_names({holder_id}).get(holder_id, ""), _("Begrunnelse"): reason}
    check_version(registration, version, yours=yours)
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor enheten skal ha ansvaret."))
    placement = Placement(AssignmentGround.MANUAL, reason=reason.strip())
    return _transfer(actor, registration, holder_id, placement, on or clock.today())


@transaction.atomic
def take_over(*, actor: Actor, youth_id: int, from_unit_id: int, holder_id: int) -> Responsibility:
    """
    Let a unit answer for a youth from today, which another unit offered it and it has said yes to.

    Called by whoever keeps the offer and has asked whether it may be answered. The one taking over has not seen the
    case until now, so it is moved in a scope that has.

    :raises IllegalTransition: the unit that offered it answers for the youth no more.
    :raises Invalid: the youth is not registered, or the unit cannot answer.
    """
    name = units.unit_names({from_unit_id}).get(from_unit_id, "")
    placement = Placement(AssignmentGround.TAKEN_OVER, reason=_OFFERED_BY.format(unit=name))
    with acting_as(access.system_actor("scheduler", county_ids=access.all_counties())):
        registration = _lock(youth_id)
        if registration.unit_id != from_unit_id:
            raise IllegalTransition(_("Enheten som tilbød ansvaret, har det ikke lenger."))
        old, new = _move(actor, registration, holder_id, placement, clock.today())
    _tell(actor, old, new, _county_of_holder(holder_id, new.first_day))
    return new


@implements("unit-change")
@transaction.atomic
def decide_by_rule(
    *, actor: Actor, youth_id: int, version: int | None, on: date | None = None, replace_manual: bool = False
) -> Responsibility:
    """
    Let the rules say which unit answers for the youth, and move the case there when it is another.

    Where no rule decides, the education administration answers until somebody assigns: the youth waits in its queue.

    :param replace_manual: a decision made by hand stands unless this is said.
    :raises NotAllowed: only the county's coordination may.
    :raises EditConflict: somebody has changed the case in between.
    :raises IllegalTransition: somebody has decided by hand.
    """
    registration = _lock(youth_id)
    place = {"unit_id": registration.unit_id, "county_id": registration.county_id}
    policies.may_assign_responsibility(actor=actor, **place).require()
    check_version(registration, version, yours={_("Ansvarlig enhet"): _("Etter reglene")})
    on = on or clock.today()
    current = open_responsibility(youth_id=youth_id)
    if current is not None and current.ground in _NOT_BY_RULE and not replace_manual:
        raise IllegalTransition(_("Enheten er bestemt av Utdanningsadministrasjonen. Reglene endrer det ikke."))
    holder_id, placement = placement_by_rule(youth_id=youth_id, county_id=registration.county_id, on=on)
    if current is not None and (current.holder_id, current.ground) == (holder_id, placement.ground):
        return current
    return _transfer(actor, registration, holder_id, placement, on)


def placement_by_rule(*, youth_id: int, county_id: int, on: date) -> tuple[int, Placement]:
    """Return the unit the rules point to and why; the county's education administration when they point to none."""
    known = decisions_for(youth_ids=[youth_id], on=on).get(youth_id)
    if known is None:
        raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
    case, decided = known
    choice = decided.unit.outcome
    found = UnitFinder(on).find(case, choice)
    explanation = keep_explanation(decided)
    if found.unit_id is None:
        admin = units.education_admin_of(county_id=county_id)
        return admin.pk, Placement(AssignmentGround.UNDECIDED, choice.rule or "", explanation)
    return found.unit_id, Placement(AssignmentGround.RULE, choice.rule or "", explanation, found)


def open_responsibility(*, youth_id: int) -> Responsibility | None:
    """Return the responsibility that holds until further notice."""
    return Responsibility.objects.filter(youth_id=youth_id, last_day=None).first()


def begin(
    *, actor: Actor, youth_id: int, county_id: int, holder_id: int, placement: Placement, on: date
) -> Responsibility:
    """Let a unit answer for a youth nobody answers for, from a day on. The youth and its rows move there."""
    youth = places.lock_youth(youth_id=youth_id)
    if (youth.unit_id, youth.county_id) != (holder_id, county_id):
        places.move_youth(youth=youth, unit_id=holder_id, county_id=county_id)
    return Responsibility.objects.create(
        youth_id=youth_id,
        holder_id=holder_id,
        first_day=on,
        ground=placement.ground,
        rule=placement.rule,
        explanation=placement.explanation,
        distance_metres=placement.found.distance_metres,
        data_version=placement.found.data_version,
        reason=placement.reason,
        decided_by_id=actor.user_id,
        recorded_at=clock.now(),
    )


def end_each(last_days: Mapping[int, date]) -> None:
    """
    End who answers for some youths after a day each. What would have no day left is superseded instead.

    :param last_days: youth id -> the last day.
    """
    held = list(Responsibility.objects.filter(youth_id__in=last_days, last_day=None))
    for row in held:
        last_day = last_days[row.youth_id]
        if last_day < row.first_day:
            row.last_day, row.superseded_at = row.first_day, clock.now()
        else:
            row.last_day, row.ended_at = last_day, clock.now()
    write_fields(held, ["last_day", "superseded_at", "ended_at"])


def _lock(youth_id: int) -> Registration:
    registration = lock_open_registration(youth_id=youth_id)
    if registration is None:
        raise Invalid(_("Ungdommen er ikke tilmeldt, eller du har ikke tilgang."))
    return registration


def _transfer(
    actor: Actor, registration: Registration, holder_id: int, placement: Placement, on: date
) -> Responsibility:
    old, new = _move(actor, registration, holder_id, placement, on)
    _tell(actor, old, new, _county_of_holder(holder_id, on))
    return new


def _move(
    actor: Actor, registration: Registration, holder_id: int, placement: Placement, on: date
) -> tuple[Responsibility | None, Responsibility]:
    holder_county = _county_of_holder(holder_id, on)
    old = open_responsibility(youth_id=registration.youth_id)
    _check_move(old, holder_id, placement, on, registration)
    if old is not None:
        end_each({old.youth_id: on - timedelta(days=1)})
    new = begin(
        actor=actor,
        youth_id=registration.youth_id,
        county_id=holder_county,
        holder_id=holder_id,
        placement=placement,
        on=on,
    )

    def belongs_there(stretch: Stretch) -> Stretch:
        return replace(stretch, unit_then=holder_id, county_then=holder_county)

    rewrite_statuses(youth_id=registration.youth_id, first_day=on, last_day=None, change=belongs_there)
    if old is None or old.holder_id != holder_id:
        _leave_to_the_unit(actor, registration, holder_id, on)
    Registration.objects.filter(pk=registration.pk).update(version=F("version") + 1)
    standing.refresh(youth_ids=[registration.youth_id])
    hand_over.refresh(youth_ids=[registration.youth_id])
    registrars.refresh(youth_ids=[registration.youth_id])
    return old, new


def _tell(actor: Actor, old: Responsibility | None, new: Responsibility, county_id: int | None) -> None:
    audit.record(
        "responsibility.moved",
        by=actor.user_id,
        about=new.youth_id,
        county=county_id,
        details={"to": new.holder_id, "from": old.holder_id if old else None, "ground": str(new.ground)},
    )


def _leave_to_the_unit(actor: Actor, registration: Registration, holder_id: int, on: date) -> None:
    """Let nobody at the new unit answer until it has chosen somebody."""
    youth_id = registration.youth_id
    let_go({youth_id: From(on, holder_id, None, CounsellorGround.MOVED)}, by=actor.user_id)
    Registration.objects.filter(pk=registration.pk).update(counsellor=None)


def _county_of_holder(holder_id: int, on: date) -> int:
    holder = units.unit_or_none(unit_id=holder_id)
    if holder is None:
        raise Invalid(_("Enheten finnes ikke."))
    if not is_open_on(holder, on):
        raise Invalid(_("{unit} er ikke åpen den dagen.").format(unit=holder.name))
    if not holder.takes_responsibility and holder.kind not in _HOLDS_WITHOUT_FLAG:
        raise Invalid(_("{unit} kan ikke ha OT-ansvar.").format(unit=holder.name))
    return holder.county_id


def _check_move(
    old: Responsibility | None, holder_id: int, placement: Placement, on: date, registration: Registration
) -> None:
    if on > clock.today():
        raise Invalid(_("Ansvaret kan ikke flyttes fram i tid."))
    begins = old.first_day if old else registration.first_day
    if on < begins:
        day = formats.short_day(begins)
        raise Invalid(_("Enheten som har ansvaret nå, fikk det {day}. Velg den dagen eller en senere.").format(day=day))
    if old is not None and (old.holder_id, old.ground) == (holder_id, placement.ground):
        raise IllegalTransition(_("Enheten har allerede ansvaret."))
