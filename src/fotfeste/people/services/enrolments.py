"""School history: what began, what ended, and why."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.law.facts import EnrolmentEnd
from fotfeste.people import policies
from fotfeste.people.enums import EnrolmentKind
from fotfeste.people.models import Enrolment
from fotfeste.people.selectors.dated_facts import last_day_written
from fotfeste.people.services.places import lock_youth


@transaction.atomic
def record_enrolment(
    *,
    actor: Actor,
    youth_id: int,
    kind: str,
    school_id: int | None,
    first_day: date,
    last_day: date | None = None,
    end_reason: str = "",
    school_name: str = "",
    programme: str = "",
    level: str = "",
    is_private: bool = False,
    source: str,
) -> Enrolment:
    """
    Add a stretch of school, apprenticeship or adult education.

    :param end_reason: one of ``law.facts.EnrolmentEnd`` when it has ended.
    :raises NotAllowed: the youth is another unit's.
    :raises Invalid: it ends before it begins, or begins on the day one of the same kind at the same place began.
    """
    youth = lock_youth(youth_id=youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    _check_period(first_day, last_day)
    kind = EnrolmentKind(kind)
    same = {"kind": kind, "school_id": school_id, "first_day": first_day}
    if Enrolment.objects.filter(youth_id=youth.pk, superseded_at=None, **same).exists():
        raise Invalid(_("Dette skoleløpet er allerede registrert."))
    enrolment = Enrolment.objects.create(
        youth=youth,
        **same,
        school_name=school_name,
        programme=programme,
        level=level,
        is_private=is_private,
        last_day=last_day,
        end_reason=EnrolmentEnd(end_reason).value if end_reason else "",
        source=source,
        recorded_at=clock.now(),
    )
    audit.record(
        "enrolment.recorded", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"kind": kind.value}
    )
    return enrolment


@transaction.atomic
def end_enrolment(*, actor: Actor, enrolment_id: int, last_day: date, end_reason: str) -> Enrolment:
    """
    Record that the youth stopped, and why. The row that ran is superseded by one with an end.

    :param last_day: the day the youth stopped, included.
    :raises NotAllowed: the youth is another unit's.
    :raises EditConflict: somebody has already ended it.
    :raises Invalid: there is no such enrolment the actor may see, or it would end before it begins.
    """
    enrolment = Enrolment.objects.select_for_update(of=("self",)).filter(pk=enrolment_id).first()
    if enrolment is None:
        raise Invalid(_("Skoleløpet finnes ikke, eller du har ikke tilgang."))
    youth = lock_youth(youth_id=enrolment.youth_id)
    policies.may_edit_youth(actor=actor, youth=youth).require()
    if enrolment.superseded_at is not None or enrolment.last_day is not None:
        raise EditConflict(
            _("Noen andre har allerede registrert når ungdommen sluttet. Ingenting er lagret."),
            about=enrolment.youth_id,
            theirs={_("Sluttdato"): last_day_written(enrolment), _("Årsak"): enrolment.end_reason},
            yours={_("Sluttdato"): formats.short_day(last_day), _("Årsak"): end_reason},
        )
    _check_period(enrolment.first_day, last_day)
    now = clock.now()
    Enrolment.objects.filter(pk=enrolment.pk).update(superseded_at=now)
    enrolment.pk = None
    enrolment._state.adding = True
    enrolment.last_day, enrolment.end_reason, enrolment.recorded_at = last_day, EnrolmentEnd(end_reason).value, now
    enrolment.save()
    audit.record(
        "enrolment.ended", by=actor.user_id, about=youth.pk, county=youth.county_id, details={"reason": end_reason}
    )
    return enrolment


def _check_period(first_day: date | None, last_day: date | None) -> None:
    if first_day and last_day and last_day < first_day:
        raise Invalid(_("Sluttdatoen er før startdatoen."))
