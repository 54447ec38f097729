"""Keeping the youth's own remark with what the service has not corrected."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.enums import AskedBy, RemarkAbout
from fotfeste.casework.models import Remark
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid
from fotfeste.people import selectors as people

SHORTEST = 10


@transaction.atomic
def keep_remark(
    *, actor: Actor, youth_id: int, about: str, asked: str, asked_by: str, asked_on: date, answer: str
) -> Remark:
    """
    Keep what a youth asked to have corrected, and why it was not.

    Source: personvernforordningen art. 16 (a supplementary statement), art. 12 nr. 4 (the answer has a reason).

    :param asked: in the youth's own words; ``answer`` is the service's reason.
    :raises NotAllowed: the actor does not correct anything about the youth.
    :raises Invalid: there is no such youth the actor may see, a text is too short, or the day is ahead.
    """
    youth = people.youths_by_id([youth_id]).get(youth_id)
    if youth is None:
        raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
    policies.may_keep_remark(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
    if about not in RemarkAbout.values or asked_by not in AskedBy.values:
        raise Invalid(_("Velg hva det gjelder, og hvem som ba om det."))
    if min(len(asked.strip()), len(answer.strip())) < SHORTEST:
        raise Invalid(_("Skriv både hva ungdommen vil ha rettet, og hvorfor det ikke er gjort."))
    if asked_on > clock.today():
        raise Invalid(_("Dagen er fram i tid."))
    remark = Remark.objects.create(
        youth_id=youth_id,
        about=about,
        asked=asked.strip(),
        asked_by=asked_by,
        asked_on=asked_on,
        answer=answer.strip(),
        refused_by_id=actor.user_id,
        recorded_at=clock.now(),
    )
    details = {"remark": remark.pk, "about": about}
    audit.record("remark.kept", by=actor.user_id, about=youth_id, county=youth.county_id, details=details)
    return remark
