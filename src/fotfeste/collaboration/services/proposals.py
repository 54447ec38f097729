"""Times proposed for a meeting that is locked: by whoever calls, or by somebody called whom another time suits."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.scope import acting_as
from fotfeste.collaboration.models import Guest, Meeting, ProposalState, ProposedTime
from fotfeste.collaboration.selectors.meeting_times import MOST_TIMES, open_times
from fotfeste.kernel import clock, formats
from fotfeste.kernel.errors import Invalid

#: A day further ahead than this is mistyped.
_FURTHEST = timedelta(days=731)


def add_times(
    *, actor: Actor, meeting: Meeting, times: Iterable[datetime], guest: Guest | None = None
) -> list[ProposedTime]:
    """
    Add proposed times to a meeting that is locked, or is being made.

    :param guest: whom they suit better, when they are a counter-proposal.
    :raises Invalid: a time is past or stands already, or there are too many.
    """
    stands = [meeting.starts_at, *(each.starts_at for each in open_times(meeting))]
    made = []
    for starts_at in times:
        must_be_possible(starts_at)
        if starts_at in stands:
            told = _("Møtet er alt foreslått %(when)s.")
            raise Invalid(told % {"when": formats.moment(starts_at)})
        stands.append(starts_at)
        if len(stands) > MOST_TIMES:
            raise Invalid(_("Foreslå ikke flere enn %(most)s tider til et møte.") % {"most": MOST_TIMES})
        made.append(
            ProposedTime.objects.create(
                youth_id=meeting.youth_id,
                meeting=meeting,
                starts_at=starts_at,
                guest=guest,
                proposed_by_id=actor.user_id,
                proposed_at=clock.now(),
            )
        )
    if made:
        # Who is answering meanwhile has not been asked of these. One who is called writes on no other's answer.
        with acting_as(access.system_actor("scheduler", county_ids=(meeting.youth.county_id,))):
            others = Guest.objects.filter(meeting=meeting, removed_at=None).exclude(pk=guest.pk if guest else 0)
            others.update(version=F("version") + 1)
    return made


def must_be_possible(starts_at: datetime) -> None:
    """
    Stop when a meeting cannot be at a time.

    :raises Invalid: it is past, or so far ahead that it is mistyped.
    """
    if starts_at <= clock.now():
        raise Invalid(_("Velg en tid fram i tid."))
    if starts_at > clock.now() + _FURTHEST:
        raise Invalid(_("Velg en tid innen to år."))


def answer_times(*, actor: Actor, guest: Guest, suits: Iterable[int], proposes: datetime | None = None) -> None:
    """
    Keep which of the open times suit somebody whose answer is being kept, and the time they propose themselves.

    The guest is locked and not yet saved.

    :param suits: ids of proposed times; the other open ones do not suit.
    :raises Invalid: the time they propose cannot be.
    """
    meeting = guest.meeting
    chosen = set(suits)
    answered = {str(each.pk): each.pk in chosen for each in open_times(meeting)}
    if proposes is not None:
        for own in add_times(actor=actor, meeting=meeting, times=[proposes], guest=guest):
            answered[str(own.pk)] = True
    guest.times_answered = {**guest.times_answered, **answered}


def drop_times(*, actor: Actor, meeting: Meeting) -> int:
    """Drop the times that are still proposed for a meeting that is locked; return how many there were."""
    rows = ProposedTime.objects.filter(meeting=meeting, state=ProposalState.OPEN)
    return rows.update(state=ProposalState.DROPPED, settled_by_id=actor.user_id, settled_at=clock.now())
