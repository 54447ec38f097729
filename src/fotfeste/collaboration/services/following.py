"""What was written about a youth moves the routines at once, in the same transaction."""

from collections.abc import Iterable, Sequence

from fotfeste.access import selectors as access
from fotfeste.access.scope import acting_as, current_actor
from fotfeste.audit.followers import Act
from fotfeste.collaboration.models import RoutineRun
from fotfeste.collaboration.services import letter_tasks, person_offers
from fotfeste.collaboration.services.advancing import advance_each
from fotfeste.collaboration.services.invitations import follow_release
from fotfeste.collaboration.services.person_offers import follow_offers
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
_OF_ANY_CONSEQUENCE = (*FOLLOWED, *person_offers.FOLLOWED, *letter_tasks.FOLLOWED)
#: What files bring is told of by nobody, and looked for whenever something else is done.
_BROUGHT = frozenset({"case", "assignment", "handover-decision", "status-event"})


def follow(acts: Sequence[Act]) -> None:
    """
    Let what was written about youths have its consequences here: what invitations open, offers, routines and tasks.

    Most acts have none. What an invitation opens is closed before the routines look at who may take part.
    """
    actor = current_actor()
    counties = tuple(sorted(actor.county_ids)) if actor is not None else ()
    if not counties or not any(act.verb.startswith(_OF_ANY_CONSEQUENCE) for act in acts):
        return
    # Steps and tasks of other units are moved too, and grants are read; the one acting need not see them.
    with acting_as(access.system_actor("scheduler", county_ids=counties)) as worker:
        follow_release(acts)
        follow_offers(acts, by_id=worker.user_id)
        _move(acts)
        letter_tasks.follow_letters(acts)


def _move(acts: Sequence[Act]) -> None:
    """Let acts move the routines under way for the youths they are about, one move for each. Most have no routine."""
    about: dict[int, list[Act]] = {}
    for act in acts:
        if act.verb.startswith(FOLLOWED):
            about.setdefault(act.youth_id, []).append(act)
    for youth_id, mine in about.items():
        if any(act.verb == "release.withdrawn" for act in mine):
            take_back(youth_id=youth_id, by_id=mine[-1].by_id)
    runs = RoutineRun.objects.filter(youth_id__in=about, ended_on=None).values_list("youth_id", flat=True)
    under_way = sorted(set(runs)) if about else []
    if under_way:
        advance_each({youth_id: _kinds_of(about[youth_id]) for youth_id in under_way}, by_id=acts[-1].by_id)


def _kinds_of(acts: Iterable[Act]) -> frozenset[str] | None:
    """Return the kinds of record acts can have made; None when one can have changed more than that."""
    found = [next((kinds for start, kinds in _SHOW.items() if act.verb.startswith(start)), None) for act in acts]
    return _BROUGHT.union(*(kinds for kinds in found if kinds is not None)) if None not in found else None
