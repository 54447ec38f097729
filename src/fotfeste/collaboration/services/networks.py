"""Writing the minutes of a network meeting, and correcting them."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.enums import ActorBody
from fotfeste.collaboration.models import NetworkMeeting
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.organisations.selectors import units
from fotfeste.spec import implements

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class NetworkContent:
    """What the minutes say. :ivar invited: body, name, came. :ivar decisions: what, who, due."""

    held_on: date
    topics: str
    invited: list[Row]
    considered: list[str]
    decisions: list[Row] = field(default_factory=list)
    agreement_reviewed: bool = False
    figures: str = ""


@implements("form-network-minutes", "net-date", "net-district", "net-invited", "net-partners-considered", "net-topics")
@implements("net-agreement-reviewed", "net-figures", "net-decisions", "rut-term-network-meeting")
@transaction.atomic
def write_network_meeting(
    *, actor: Actor, district_id: int, content: NetworkContent, corrects_id: int | None = None
) -> NetworkMeeting:
    """
    Write the minutes of a network meeting in a district. No youth is named in them.

    Source: samarbeidsavtalen §§ 4 and 6.

    :param corrects_id: the minutes these take the place of.
    :raises NotAllowed: the district is another's.
    :raises EditConflict: somebody has corrected the same minutes meanwhile.
    :raises Invalid: something that must be said is not, or the day is ahead.
    """
    district = units.unit_or_none(unit_id=district_id)
    policies.may_keep_network(actor=actor, district=district).require()
    _check(content)
    old = None
    if corrects_id is not None:
        old = NetworkMeeting.objects.select_for_update().filter(pk=corrects_id, district_id=district_id).first()
        if old is None:
            raise Invalid(_("Referatet finnes ikke, eller du har ikke tilgang."))
        if old.superseded_at is not None:
            raise EditConflict(
                _("Noen har rettet referatet mens du skrev. Ingenting er lagret."),
                theirs={_("Rettet"): formats.moment(old.superseded_at)},
                yours={_("Saker"): content.topics},
            )
        old.superseded_at = clock.now()
        old.save(update_fields=["superseded_at"])
    given: dict[str, Any] = asdict(content)
    row = NetworkMeeting.objects.create(
        district_id=district_id, corrects=old, written_by_id=actor.user_id, recorded_at=clock.now(), **given
    )
    assert district is not None
    details = {"network": row.pk, "unit": district_id}
    audit.record("network.written", by=actor.user_id, county=district.county_id, details=details)
    return row


def _check(content: NetworkContent) -> None:
    if content.held_on > clock.today():
        raise Invalid(_("Dagen kan ikke være fram i tid."))
    if not content.topics.strip():
        raise Invalid(_("Skriv hvilke saker som ble tatt opp."))
    if not content.invited:
        raise Invalid(_("Skriv hvem som var invitert."))
    if not content.considered or not set(content.considered) <= set(ActorBody):
        raise Invalid(_("Kryss av for hvilke samarbeidspartnere dere vurderte å invitere."))
