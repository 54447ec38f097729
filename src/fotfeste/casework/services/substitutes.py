"""Letting a colleague at the unit do the work of somebody who is away, and ending it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.services import users
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.models import Substitution
from fotfeste.casework.selectors.counsellors import names_to_choose
from fotfeste.casework.selectors.substitutes import substitutes_at
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.organisations.selectors import units


@transaction.atomic
def give_substitute(
    *, actor: Actor, unit_id: int, absent_id: int, substitute_id: int, first_day: date, last_day: date
) -> Substitution:
    """
    Let a colleague do somebody's work at the unit for a period. No access comes of it: both follow up there already.

    :raises NotAllowed: the actor is neither the one who is away, their leader, nor who administers access there.
    :raises Invalid: one of them does not follow up at the unit then, they are the same, or the period is not ahead.
    :raises IllegalTransition: the one who is away has a substitute in some of the days.
    """
    unit = units.unit_or_none(unit_id=unit_id)
    if unit is None:
        raise Invalid(_("Enheten finnes ikke."))
    policies.may_give_substitute(actor=actor, absent_id=absent_id, unit_id=unit_id, county_id=unit.county_id).require()
    users.lock_user(user_id=absent_id)
    _check_period(first_day, last_day)
    if absent_id == substitute_id:
        raise Invalid(_("Ingen er vikar for seg selv."))
    for day in (first_day, last_day):
        here = {user_id for user_id, _name in names_to_choose(unit_ids=[unit_id], on=day)}
        if not {absent_id, substitute_id} <= here:
            raise Invalid(_("Begge må følge opp ungdommer ved enheten i hele perioden. En vikar får ingen ny tilgang."))
    others = substitutes_at(unit_ids=[unit_id], on=first_day).filter(absent_id=absent_id, first_day__lte=last_day)
    if others.exists():
        raise IllegalTransition(_("Personen har alt en vikar i noen av dagene."))
    made = Substitution.objects.create(
        absent_id=absent_id,
        substitute_id=substitute_id,
        unit_id=unit_id,
        first_day=first_day,
        last_day=last_day,
        given_by_id=actor.user_id,
        recorded_at=clock.now(),
    )
    _log("substitute.given", actor, made, unit.county_id)
    return made


@transaction.atomic
def end_substitute(*, actor: Actor, substitution_id: int) -> Substitution:
    """
    End it now; what was done in the meantime stands.

    :raises NotAllowed: the actor is neither of the two, their leader, nor who administers access there.
    :raises IllegalTransition: it has ended already.
    :raises Invalid: there is no such.
    """
    found = (
        Substitution.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=substitution_id).first()
    )
    if found is None:
        raise Invalid(_("Vikariatet finnes ikke."))
    if found.substitute_id != actor.user_id or found.unit_id not in actor.unit_ids:
        policies.may_give_substitute(
            actor=actor, absent_id=found.absent_id, unit_id=found.unit_id, county_id=found.unit.county_id
        ).require()
    if found.ended_at is not None or found.last_day < clock.today():
        raise IllegalTransition(_("Vikariatet er alt avsluttet."))
    found.ended_at, found.ended_by_id = clock.now(), actor.user_id
    found.save(update_fields=["ended_at", "ended_by"])
    _log("substitute.ended", actor, found, found.unit.county_id)
    return found


def _check_period(first_day: date, last_day: date) -> None:
    if last_day < first_day:
        raise Invalid(_("Siste dag er før første dag."))
    if first_day < clock.today():
        raise Invalid(_("Velg i dag eller en senere dag."))


def _log(verb: str, actor: Actor, made: Substitution, county_id: int) -> None:
    details = {"absent": made.absent_id, "substitute": made.substitute_id, "unit": made.unit_id}
    audit.record(verb, by=actor.user_id, county=county_id, details=details)
