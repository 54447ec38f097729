"""Writing down that an event of the year is done, where nothing else shows it, and taking it back."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.annualwheel import policies
from fotfeste.annualwheel.models import WheelRecord
from fotfeste.annualwheel.recorded import is_recorded
from fotfeste.annualwheel.selectors.records import units_recording
from fotfeste.annualwheel.services.tasks import keep_tasks
from fotfeste.audit import services as audit
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import IllegalTransition, Invalid
from fotfeste.law.annual_wheel import events_of
from fotfeste.law.readings import all_readings
from fotfeste.organisations.selectors.readings import readings_for

_FIRST_DAY = min(reading.lines[0].first_day for reading in all_readings().values())


@transaction.atomic
def record_done(
    *, actor: Actor, county_id: int, event_id: str, unit_id: int | None, on: date, who: str, shown_by: str
) -> WheelRecord:
    """
    Write down that an event was done: when, by whom, and where one can see it. The task of it is closed by this.

    :param unit_id: the unit that did it; None for what is done once for the county.
    :raises NotAllowed: the unit is another's.
    :raises Invalid: something else shows this event, a field is empty, or the day cannot be right.
    """
    policies.may_record(actor=actor, county_id=county_id, unit_id=unit_id).require()
    today = clock.today()
    known = {each.id for each in events_of(readings_for(county_id=county_id))}
    if event_id not in known or not is_recorded(event_id):
        raise Invalid(_("At dette er gjort, vises av noe annet i Fotfeste."))
    asked = [pk for pk, _name in units_recording(county_id=county_id, event_id=event_id, on=today)]
    if (unit_id is None) != (not asked) or (unit_id is not None and unit_id not in asked):
        raise Invalid(_("Velg enheten som har gjort det."))
    if not who.strip() or not shown_by.strip():
        raise Invalid(_("Skriv både hvem som gjorde det, og hva som viser det."))
    if on > today:
        raise Invalid(_("Dagen kan ikke være fram i tid."))
    if on < _FIRST_DAY:
        raise Invalid(_("Velg en dag fra {day} eller senere.").format(day=formats.day(_FIRST_DAY)))
    row = WheelRecord.objects.create(
        county_id=county_id,
        unit_id=unit_id,
        event=event_id,
        on=on,
        who=" ".join(who.split())[:120],
        shown_by=" ".join(shown_by.split())[:200],
        recorded_by_id=actor.user_id,
        recorded_at=clock.now(),
    )
    _tell("wheel.recorded", actor, row)
    return row


@transaction.atomic
def withdraw_record(*, actor: Actor, record_id: int, reason: str) -> WheelRecord:
    """
    Take back what was written down by mistake. The task of it stands open again.

    :raises NotAllowed: the unit is another's.
    :raises Invalid: there is none, or no reason is given.
    :raises IllegalTransition: it is taken back already.
    """
    row = WheelRecord.objects.select_for_update(of=("self",)).filter(pk=record_id).first()
    if row is None:
        raise Invalid(_("Det finnes ikke, eller du har ikke tilgang."))
    policies.may_record(actor=actor, county_id=row.county_id, unit_id=row.unit_id).require()
    if row.withdrawn_at is not None:
        raise IllegalTransition(_("Det er trukket tilbake allerede."))
    if not reason.strip():
        raise Invalid(_("Skriv hvorfor det trekkes tilbake."))
    row.withdrawn_at, row.withdrawn_by_id = clock.now(), actor.user_id
    row.withdrawn_because = " ".join(reason.split())[:300]
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_because"])
    _tell("wheel.record_withdrawn", actor, row)
    return row


def _tell(verb: str, actor: Actor, row: WheelRecord) -> None:
    details = {"event": row.event, "record": row.pk, "unit": row.unit_id}
    audit.record(verb, by=actor.user_id, county=row.county_id, details=details)
    keep_tasks(county_id=row.county_id, by_id=actor.user_id, on=clock.today(), only=row.event)
