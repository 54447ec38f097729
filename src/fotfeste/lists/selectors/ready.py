"""
The lists that are made ready: what each asks of an open registration, and of whom the actor can know it.

What stands in other tables is asked for only when its list is chosen, as ``EXISTS`` on the youth, and goes through that
table's own row policy. "No plan" would be a guess about somebody whose plans the actor may not see, so a list covers
those alone whose rows a role opens.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q

from fotfeste import codes
from fotfeste.access.actor import Actor
from fotfeste.access.topics import Scope, Topic
from fotfeste.casework.selectors.counted import Written, answered_at, count_by, written
from fotfeste.casework.selectors.known_years import registered_the_year_before, taken_on_since
from fotfeste.casework.selectors.worklist import QUICK, open_registrations
from fotfeste.collaboration.selectors.plans import plans_open
from fotfeste.collaboration.selectors.records import handovers_open, waiting_for_nav
from fotfeste.collaboration.selectors.tasks import reminders_due
from fotfeste.consent.selectors import SOON, releases_that_end
from fotfeste.kernel import clock
from fotfeste.lists.models import ListLook, OtukRow

#: How far back "new since last time" goes for whoever has never said when that was.
FIRST_LOOK_DAYS = 14
PLAN_ENDS_DAYS = 30


@dataclass(frozen=True, slots=True)
class Ready:
    """
    One list.

    :ivar topic: what the actor must know of a youth for the list to say anything of it.
    :ivar asks: what it asks of a registration: of the day, and of the moment the actor last looked through the list.
    """

    topic: Topic
    asks: Callable[[date, datetime | None], Q]


def _quick(name: str) -> Ready:
    return Ready(Topic.STATUS, lambda today, _since: QUICK[name](today))


def _no_plan(today: date, _since: datetime | None) -> Q:
    return Q(~Exists(plans_open().filter(youth_id=OuterRef("youth_id"))), is_preventive=False)


def _plan_ends(today: date, _since: datetime | None) -> Q:
    limit = today + timedelta(PLAN_ENDS_DAYS)
    return Q(Exists(plans_open().filter(youth_id=OuterRef("youth_id"), last_day__lte=limit)))


def _not_on_round(today: date, _since: datetime | None) -> Q:
    listed = OtukRow.objects.filter(youth_id=OuterRef("youth_id"), round__on__gte=OuterRef("unknown_since"))
    return Q(~Exists(listed), status_code=codes.UNKNOWN_ACTIVITY, unknown_since__isnull=False)


def _new_since(today: date, since: datetime | None) -> Q:
    moment = since or datetime.combine(today - timedelta(FIRST_LOOK_DAYS), time.min, tzinfo=clock.OSLO)
    return Q(recorded_at__gt=moment) | Q(Exists(taken_on_since(moment).filter(youth_id=OuterRef("youth_id"))))


_OF_YOUTH = {"youth_id": OuterRef("youth_id")}

READY: Mapping[str, Ready] = {
    "new_since": Ready(Topic.STATUS, _new_since),
    **{name: _quick(name) for name in ("unknown", "never_contacted", "only_attempts", "must_be_confirmed")},
    "not_on_round": Ready(Topic.LIST_ROW, _not_on_round),
    "no_person": Ready(Topic.STATUS, lambda today, _since: Q(counsellor__isnull=True, is_preventive=False)),
    "handover_open": Ready(Topic.STATUS, lambda today, _since: Q(Exists(handovers_open().filter(**_OF_YOUTH)))),
    "waiting_nav": Ready(Topic.STATUS, lambda today, _since: Q(Exists(waiting_for_nav().filter(**_OF_YOUTH)))),
    "reminder_due": Ready(
        Topic.STATUS,
        lambda today, _since: Q(Exists(reminders_due(by=today).filter(for_unit_id=OuterRef("unit_id"), **_OF_YOUTH))),
    ),
    "no_plan": Ready(Topic.PLAN, _no_plan),
    "plan_ends": Ready(Topic.PLAN, _plan_ends),
    "consent_ends": Ready(
        Topic.CONSENT,
        lambda today, _since: Q(Exists(releases_that_end(on=today, within=SOON).filter(**_OF_YOUTH))),
    ),
    "quit_30_days": _quick("quit_30_days"),
    "two_years": Ready(Topic.STATUS, lambda today, _since: Q(Exists(registered_the_year_before()))),
    "about_to_end": _quick("about_to_end"),
}


def offered(actor: Actor) -> tuple[str, ...]:
    """Return the lists that can say something to the actor, in order."""
    return tuple(name for name, ready in READY.items() if _where_known(actor, ready.topic))


def ready_condition(*, actor: Actor, name: str, today: date) -> Q:
    """Return what a list asks, of those the actor can know it of; nobody passes a list the actor is not offered."""
    where = _where_known(actor, READY[name].topic)
    if where is None:
        return Q(pk__in=())
    since = last_look(user_id=actor.user_id) if name == "new_since" else None
    return (_written(name, today, since) & answered_at(*where)).condition


def count_ready(*, actor: Actor, today: date, since: datetime | None) -> dict[str, int]:
    """
    Return how many open registrations each list offered holds, all in one statement.

    :param since: when the actor last looked through the list.
    """
    known = {topic: _where_known(actor, topic) for topic in {ready.topic for ready in READY.values()}}
    asked = {
        name: _written(name, today, since if name == "new_since" else None) & answered_at(*where)
        for name, ready in READY.items()
        if (where := known[ready.topic])
    }
    return count_by(open_registrations(), asked) if asked else {}


@lru_cache(maxsize=256)
def _written(name: str, today: date, since: datetime | None) -> Written:
    """Write what a list asks, the same for everybody all day but where it goes by when somebody last looked."""
    return written(READY[name].asks(today, since))


def last_look(*, user_id: int) -> datetime | None:
    """Return when the user last said to have looked through the list; None before the first time."""
    return ListLook.objects.filter(user_id=user_id).values_list("looked_at", flat=True).first()


def _where_known(actor: Actor, topic: Topic) -> tuple[list[int], list[int]] | None:
    """Return the units and the counties of whose youths a role opens a topic; None when no role does."""
    units = [each.unit_id for each in actor.assignments if topic in each.topics(Scope.UNIT)]
    counties = [each.county_id for each in actor.assignments if topic in each.topics(Scope.COUNTY)]
    return (units, counties) if units or counties else None
