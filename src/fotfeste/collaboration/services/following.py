"""What was written about a youth moves the routines at once, in the same transaction."""

from fotfeste.access import selectors as access
from fotfeste.access.scope import acting_as, current_actor
from fotfeste.collaboration.models import RoutineRun
from fotfeste.collaboration.services.advancing import advance
from fotfeste.collaboration.services.taking_back import take_back

#: The acts that can show a step done, change whose turn it is, or open or close a youth to a unit.
FOLLOWED = (
    "contact.",
    "status.set",
    "status.corrected",
    "release.",
    "registration.",
    "responsibility.",
    "feedback.",
    "mapping.",
    "actors.",
    "meeting.",
    "minutes.",
    "plan.",
    "record.",
    "handover.",
    "notice.",
    "district.",
)


def follow_act(verb: str, about: int, by: int) -> None:
    """Let an act move the routines under way for the youth. Most acts are of other kinds, and most youths have none."""
    if not verb.startswith(FOLLOWED):
        return
    actor = current_actor()
    counties = tuple(sorted(actor.county_ids)) if actor is not None else ()
    if not counties:
        return
    # Steps and tasks of other units are moved too, and grants are read; the one acting need not see them.
    with acting_as(access.system_actor("scheduler", county_ids=counties)):
        if RoutineRun.objects.filter(youth_id=about, ended_on=None).exists():
            if verb == "release.withdrawn":
                take_back(youth_id=about, by_id=by)
            advance(youth_id=about, by_id=by)
