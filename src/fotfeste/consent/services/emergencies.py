"""Opening one youth for an hour, when life or health is in danger and nobody who may see the case can be reached."""

from collections.abc import Iterator
from datetime import date, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor, Assignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground
from fotfeste.audit import services as audit
from fotfeste.consent import policies
from fotfeste.consent.models import EmergencyOpening
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.people import selectors as people

LASTS = timedelta(hours=1)
SHORTEST_REASON = 20


@transaction.atomic
def open_in_emergency(
    *, actor: Actor, national_id: str, reason: str, unit_id: int | None = None
) -> EmergencyOpening | None:
    """
    Open one youth to the actor for an hour; None when the county knows nobody with the number.

    The leader of the unit one opens from and the privacy officer are told by e-mail, without a word about the youth,
    and find who and why here. Asking about a number nobody has is logged as well.

    Source: forvaltningsloven § 13 b nr. 7.

    :param unit_id: the unit one opens from; may be left out by whoever has the role at one unit only.
    :raises NotAllowed: the role may not.
    :raises Invalid: the reason is too short to be one, or one of several units must be chosen.
    """
    policies.may_open_in_emergency(actor=actor).require()
    if len(reason.strip()) < SHORTEST_REASON:
        raise Invalid(_("Skriv hva faren er, og hvorfor det ikke kan vente."))
    at = policies.place_to_open_at(actor=actor, unit_id=unit_id)
    if at is None:
        raise Invalid(_("Velg enheten du åpner fra."))
    opener = access.system_actor("scheduler", county_ids=(at.county_id,))
    with acting_as(opener):
        youth = people.youth_by_number(national_id=national_id)
        if youth is None:
            opening = None
        else:
            now = clock.now()
            opening = EmergencyOpening.objects.create(
                youth=youth,
                opened_by_id=actor.user_id,
                opened_at_unit_id=at.unit_id,
                reason=reason.strip(),
                opened_at=now,
                closes_at=now + LASTS,
            )
            grants.open_grants([_opening(opening)])
    details = {"opening": opening.pk if opening else None, "found": opening is not None}
    audit.record("emergency.opened", by=actor.user_id, about=opening.youth_id if opening else None,
                 county=at.county_id, details=details)  # fmt: skip
    if opening is not None:
        _tell(at)
    return opening


@transaction.atomic
def look_at(*, actor: Actor, opening_id: int) -> EmergencyOpening:
    """
    Note that the leader or the privacy officer has looked at an opening.

    :raises NotAllowed: it is for those two.
    :raises EditConflict: somebody has looked at it before.
    :raises Invalid: there is no such opening the actor may see.
    """
    opening = EmergencyOpening.objects.select_for_update(of=("self",)).filter(pk=opening_id).first()
    if opening is None:
        raise Invalid(_("Åpningen finnes ikke, eller du har ikke tilgang."))
    policies.may_look_at_emergency(actor=actor, opening=opening).require()
    if opening.looked_at is not None:
        by = opening.looked_at_by.name if opening.looked_at_by else ""
        raise EditConflict(
            _("Noen har alt sett på denne åpningen."),
            theirs={_("Sett på"): formats.moment(opening.looked_at), _("Av"): by},
            yours={_("Sett på"): _("Nå"), _("Av"): _("Deg")},
            about=opening.youth_id,
        )
    opening.looked_at, opening.looked_at_by_id = clock.now(), actor.user_id
    opening.save(update_fields=["looked_at", "looked_at_by_id"])
    audit.record("emergency.looked_at", by=actor.user_id, about=opening.youth_id, county=opening.county_id,
                 details={"opening": opening.pk})  # fmt: skip
    return opening


def openings_on(day: date) -> Iterator[grants.Opening]:
    """Tell what emergencies hold open at this moment, as far as the actor may see them."""
    for opening in EmergencyOpening.objects.filter(closes_at__gt=clock.now()).order_by("pk"):
        if opening.opened_at.astimezone(clock.OSLO).date() <= day:
            yield _opening(opening)


def _opening(opening: EmergencyOpening) -> grants.Opening:
    return grants.Opening(
        opening.youth_id,
        Ground.EMERGENCY_OPENING,
        opening.source,
        opening.opened_at.astimezone(clock.OSLO).date(),
        user_id=opening.opened_by_id,
        closes_at=opening.closes_at,
    )


def _tell(at: Assignment) -> None:
    """Write to the leader and the privacy officer once it is done. The mail says that, never whom or why."""
    on = clock.today()
    to = access.emails_of(roles=[Role.UNIT_LEADER], unit_ids=[at.unit_id], on=on)
    to += access.emails_of(roles=[Role.PRIVACY_OFFICER], county_ids=[at.county_id], on=on)
    subject = _("Fotfeste: en nødåpning")
    text = _("Noen har åpnet en sak i nødstilfelle. Logg inn i Fotfeste for å se hvem som gjorde det, og hvorfor.")

    def send() -> None:
        try:
            send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, to, fail_silently=False)
        except (OSError, SMTPException):
            with acting_as(access.system_actor("scheduler", county_ids=(at.county_id,))) as teller:
                audit.record("emergency.mail_failed", by=teller.user_id, county=at.county_id)

    if to:
        transaction.on_commit(send)
