"""Sending what waited for its day: each once, and only with a permission that stands that day."""

from datetime import date, timedelta

from django.db import transaction

from fotfeste.access.actor import Actor
from fotfeste.audit import services as audit
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.record_kinds import record_kinds
from fotfeste.collaboration.selectors.records import has_permission, held_back
from fotfeste.collaboration.services import openings
from fotfeste.spec import implements


@implements("amb-45")
def send_held(*, actor: Actor, on: date) -> int:
    """
    Send what was prepared for a day that has come. Twice sends it once; one without permission waits on.

    Source: Oslostandarden § 6.1 (10 August); opplæringslova § 25-1.

    :returns: how many were sent.
    """
    return sum(_send(actor, row.pk, on) for row in held_back(on=on) if has_permission(row, on))


@transaction.atomic
def _send(actor: Actor, record_id: int, on: date) -> int:
    row = Record.objects.select_for_update(of=("self",), no_key=True).select_related("youth").get(pk=record_id)
    if row.to_unit_id is not None or row.answer or not has_permission(row, on) or row.youth.protection != "none":
        return 0
    row.to_unit_id = row.held_for_id
    days = record_kinds()[row.kind].days
    row.due_on = on + timedelta(days) if days else None
    row.version += 1
    row.save(update_fields=["to_unit", "due_on", "version"])
    openings.refresh(youth_id=row.youth_id)
    details = {"record": row.pk, "kind": row.kind, "to": row.to_unit_id}
    audit.record("notice.sent", by=actor.user_id, about=row.youth_id, county=row.county_id, details=details)
    return 1
