"""Deciding that nothing about a person is disposed of, and lifting it again."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.oversight import policies
from fotfeste.oversight.models import LegalHold
from fotfeste.people.selectors import people_with_number

SHORTEST_REASON = 10


@transaction.atomic
def place_hold(*, actor: Actor, national_id: str, reason: str, last_day: date | None) -> LegalHold | None:
    """
    Decide that nothing about whoever has the number is disposed of; None when the actor's counties know nobody.

    Written by the system actor ``overseer``, since the privacy officer sees no case. Asking about a number nobody has
    is logged as well.

    Source: personvernforordningen art. 17 nr. 3; arkivforskrifta § 5.

    :param last_day: the last day it holds; until it is lifted when none.
    :raises NotAllowed: the role may not.
    :raises Invalid: the reason is too short, the day is past, or the number stands on more than one person.
    """
    counties = tuple(sorted(each for each in actor.county_ids if actor.knows_in_county(Topic.AUDIT, each)))
    policies.may_place_hold(actor=actor, county_id=next(iter(counties), 0)).require()
    _check(reason, last_day)
    with acting_as(system_actor("overseer", county_ids=counties)):
        found = people_with_number(national_id=national_id)
        if len(found) > 1:
            raise Invalid(_("Nummeret står på flere. Utdanningsadministrasjonen må først avgjøre hvem det hører til."))
        hold = None
        if found:
            hold = LegalHold.objects.create(
                youth_id=found[0],
                reason=reason.strip(),
                first_day=clock.today(),
                last_day=last_day,
                placed_by_id=actor.user_id,
                placed_at=clock.now(),
            )
    audit.record(
        "hold.placed",
        by=actor.user_id,
        about=hold.youth_id if hold else None,
        county=None if hold else counties[0],
        details={"hold": hold.pk if hold else None, "found": hold is not None},
    )
    return hold


@transaction.atomic
def lift_hold(*, actor: Actor, hold_id: int, reason: str) -> LegalHold:
    """
    Lift a hold. What stood under it stays in the log and on the list.

    :raises EditConflict: somebody has lifted it already.
    :raises Invalid: there is no such hold the actor may see, or the reason is too short.
    :raises NotAllowed: the actor does not decide this in the county.
    """
    hold = LegalHold.objects.select_for_update(of=("self",)).filter(pk=hold_id).first()
    if hold is None:
        raise Invalid(_("Det finnes ikke, eller du har ikke tilgang."))
    policies.may_place_hold(actor=actor, county_id=hold.county_id).require()
    if hold.lifted_at is not None:
        by = hold.lifted_by.name if hold.lifted_by else ""
        raise EditConflict(
            _("Noen har alt opphevet det."),
            theirs={_("Opphevet"): formats.moment(hold.lifted_at), _("Av"): by, _("Grunn"): hold.lift_reason},
            yours={_("Opphevet"): _("Nå"), _("Av"): _("Deg"), _("Grunn"): reason.strip()},
        )
    _check(reason, None)
    hold.lifted_at, hold.lifted_by_id, hold.lift_reason = clock.now(), actor.user_id, reason.strip()
    hold.save(update_fields=["lifted_at", "lifted_by", "lift_reason"])
    audit.record("hold.lifted", by=actor.user_id, about=hold.youth_id, details={"hold": hold.pk})
    return hold


def _check(reason: str, last_day: date | None) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Skriv hvorfor, så den som leser det om noen år, forstår det."))
    if last_day is not None and last_day < clock.today():
        raise Invalid(_("Siste dag er alt forbi."))
