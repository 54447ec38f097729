"""Closing a round district by district: with nobody left, or with the reason why somebody is."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.lists import policies
from fotfeste.lists.enums import ClosingReason
from fotfeste.lists.models import OtukClosing, OtukRound
from fotfeste.lists.selectors import otuk
from fotfeste.spec import implements

#: What a person may say. That a new list came says itself.
REASONS = tuple(each for each in ClosingReason if each is not ClosingReason.NEW_LIST)


@implements("dl-list-review", "avt-dc-review-lists")
@transaction.atomic
def close_list(*, actor: Actor, made: OtukRound, unit_id: int, reason: str = "") -> OtukClosing:
    """
    Say that a district's list has been gone through.

    Source: samarbeidsavtalen kap. 4 (OT-kontakt i bydel); that it is said, and why somebody is left, is ours.

    :param reason: why somebody is not answered about; left out when nobody is.
    :raises NotAllowed: the actor neither answers for the district nor makes the county's lists.
    :raises EditConflict: a colleague has closed it in between.
    :raises Invalid: the round is over, nobody stands on the list, or somebody is left and no reason is given.
    """
    policies.may_close_list(actor=actor, county_id=made.county_id, unit_id=unit_id).require()
    OtukRound.objects.select_for_update().get(pk=made.pk)
    current = otuk.current_round(county_id=made.county_id)
    if current is None or current.pk != made.pk:
        raise Invalid(_("Det er laget en nyere liste. Denne er lukket."))
    _must_be_open(made, unit_id)
    listed, answered = otuk.counts_of(made=made).get(unit_id, (0, 0))
    if not listed:
        raise Invalid(_("Ingen står på listen."))
    left = listed - answered
    if left and reason not in REASONS:
        raise Invalid(_("Noen er ikke besvart. Svar for dem, eller velg hvorfor de blir stående."))
    closing = _close(made, unit_id, listed, left, reason if left else "", actor.user_id)
    log_closed([closing], by=actor.user_id, county_id=made.county_id)
    return closing


def close_rest(*, made: OtukRound, by_id: int) -> list[OtukClosing]:
    """
    Close what is open of the county's earlier rounds, now that a newer one is out; return what is to be logged.

    Called in the scope of the list maker, inside the transaction that makes the round.
    """
    closings = []
    earlier = OtukRound.objects.select_for_update().filter(county_id=made.county_id, on__lt=made.on, closed_at=None)
    for each in earlier.order_by("on"):
        closed = set(each.closings.values_list("district_id", flat=True))
        for unit_id, (listed, answered) in sorted(otuk.counts_of(made=each).items()):
            if unit_id not in closed:
                left = listed - answered
                reason = ClosingReason.NEW_LIST if left else ""
                closings.append(_close(each, unit_id, listed, left, reason, by_id))
        each.closed_at = clock.now()
        each.save(update_fields=["closed_at"])
    return closings


def log_closed(closings: Iterable[OtukClosing], *, by: int, county_id: int) -> None:
    """Log that lists were closed, with nothing about anybody on them."""
    for each in closings:
        details = {"round": each.round_id, "district": each.district_id, "unanswered": each.unanswered}
        audit.record("otuk.closed", by=by, county=county_id, details=details | {"reason": str(each.reason)})


def _must_be_open(made: OtukRound, unit_id: int) -> None:
    already = made.closings.select_related("closed_by").filter(district_id=unit_id).first()
    if already:
        raise EditConflict(
            _("En kollega har avsluttet listen. Ingenting er endret."),
            theirs={_("Avsluttet av"): already.closed_by.name, _("Ikke besvart"): str(already.unanswered)},
            yours={_("Avsluttet av"): _("Deg")},
        )


def _close(made: OtukRound, unit_id: int, listed: int, left: int, reason: str, by_id: int) -> OtukClosing:
    return OtukClosing.objects.create(
        round=made,
        district_id=unit_id,
        listed=listed,
        unanswered=left,
        reason=reason,
        closed_by_id=by_id,
        closed_at=clock.now(),
    )
