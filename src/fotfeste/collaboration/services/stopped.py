"""Telling those who work by a plan that a measure in it broke off, so that nobody has to remember to."""

from fotfeste.access.actor import Actor
from fotfeste.collaboration.record_kinds import record_kinds
from fotfeste.collaboration.selectors.plan_partners import partners_of
from fotfeste.collaboration.services.records import send_besides, start_what_it_starts
from fotfeste.kernel import clock
from fotfeste.people.services.places import lock_youth
from fotfeste.spec import implements


@implements("rut-measure-stopped-s01", "f-stopped-measure-not-told")
def tell_stopped(*, actor: Actor, youth_id: int) -> None:
    """
    Tell the coordinator, who is to act, and the others in the plan, who are to know. The routine starts with it.

    It says no more than that a measure stopped, and goes to nobody whom the plan is not open to.
    """
    youth, today = lock_youth(youth_id=youth_id), clock.today()
    found = partners_of(youth=youth, on=today)
    told = found.unit_ids | {found.coordinator_id} if found is not None else frozenset()
    known, said = record_kinds()["notice"], {"what": "measure", "stopped_on": today.isoformat()}
    rows = [
        send_besides(
            actor=actor,
            known=known,
            youth_id=youth_id,
            on=today,
            said=said,
            to_unit_id=unit_id,
            days=(known.days or 0) if found is not None and unit_id == found.coordinator_id else 0,
        )
        for unit_id in sorted(told - {actor.unit_id})
    ]
    if rows:
        start_what_it_starts(known, rows[0], actor)
