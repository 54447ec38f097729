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

#: What the acts there are most of can show, where they change neither whose turn it is nor whom the youth is open to.
_SHOW = {
    "contact.": frozenset({"contact-attempt"}),
    "status.": frozenset({"status-event"}),
    "feedback.": frozenset({"form-uda-feedback", "form-list-review"}),
}
#: What files bring is told of by nobody, and looked for whenever something else is done.
_BROUGHT = frozenset({"case", "assignment", "handover-decision", "status-event"})


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
        if verb == "release.withdrawn":
            take_back(youth_id=about, by_id=by)
        if RoutineRun.objects.filter(youth_id=about, ended_on=None).exists():
            advance(youth_id=about, by_id=by, shown=_kinds_of(verb))


def _kinds_of(verb: str) -> frozenset[str] | None:
    """Return the kinds of record an act can have made; None when it can have changed more than that."""
    found = next((kinds for start, kinds in _SHOW.items() if verb.startswith(start)), None)
    return None if found is None else found | _BROUGHT
