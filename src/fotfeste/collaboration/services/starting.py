"""Routines that start by themselves, from what is recorded."""

from datetime import date, timedelta

from fotfeste.casework.selectors.made_since import registrations_to_follow
from fotfeste.collaboration.enums import Trigger
from fotfeste.collaboration.models import RoutineRun
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.services.advancing import advance
from fotfeste.collaboration.services.work import begin
from fotfeste.kernel import clock
from fotfeste.people import selectors as people
from fotfeste.spec import implements
from fotfeste.spec.routines import starts_on, trigger_of_registration

#: Registrations older than this had their beginning before there was anything to start by itself.
RECENT = timedelta(days=60)


@implements("rut-rule-actors")
def start_for_registrations(*, county_id: int, by_id: int, on: date) -> int:
    """
    Start the routine of each recent registration that has not started one, by its reason. Twice does it once.

    Called in a scope that sees the county.

    :returns: how many were started.
    """
    started = set(
        RoutineRun.objects.filter(trigger_source__startswith="registration:").values_list("trigger_source", flat=True)
    )
    count = 0
    for row in registrations_to_follow(county_id=county_id, since=on - RECENT):
        source = f"registration:{row.pk}"
        if source not in started:
            trigger = Trigger(trigger_of_registration(row.reason))
            count += start_by(trigger=trigger, youth_id=row.youth_id, source=source, by_id=by_id, on=on)
    return count


def start_by(*, trigger: Trigger, youth_id: int, source: str, by_id: int, on: date) -> int:
    """
    Start what a trigger starts for a youth. A routine under way goes on with the steps the trigger opens.

    Called in a scope that sees all of the youth.

    :param source: the row that was recorded, as ``registration:12``.
    :returns: how many routines.
    """
    youth = people.youth_or_none(youth_id=youth_id)
    if youth is None:
        return 0
    around = Surroundings(youth_id=youth_id, unit_id=youth.unit_id, county_id=youth.county_id, on=on)
    begun = [
        begin(
            around=around,
            routine_id=routine_id,
            at=at,
            trigger=trigger,
            source=source,
            by_id=by_id,
            now=clock.now(),
        )
        for routine_id, at in starts_on(trigger)
    ]
    advance(youth_id=youth_id, by_id=by_id)
    return len(begun)
