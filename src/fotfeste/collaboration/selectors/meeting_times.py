"""The times proposed for a meeting, and whom each of them suits."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from fotfeste.collaboration.enums import MeetingState, Reply
from fotfeste.collaboration.models import Guest, Meeting, ProposalState, ProposedTime
from fotfeste.collaboration.selectors.meetings import guests_of
from fotfeste.kernel import clock

#: How many times a meeting may stand between, the one it stands at among them.
MOST_TIMES = 6


@dataclass(frozen=True, slots=True)
class TimeChoice:
    """
    A time a meeting may be at, and what those called say of it.

    :ivar time_id: None for the one the meeting stands at.
    :ivar by: whose counter-proposal it is.
    """

    time_id: int | None
    starts_at: datetime
    by: Guest | None
    can: tuple[Guest, ...]
    cannot: tuple[Guest, ...]
    silent: tuple[Guest, ...]

    @property
    def suits_all(self) -> bool:
        """Return whether everybody called can come then."""
        return bool(self.can) and not self.cannot and not self.silent


def open_times(meeting: Meeting) -> list[ProposedTime]:
    """Return the times still proposed for a meeting besides the one it stands at, the earliest first."""
    found = getattr(meeting, "still_proposed", None)
    if found is None:
        found = list(meeting.proposed_times.filter(state=ProposalState.OPEN).order_by("starts_at"))
    return list(found)


def counter_proposals(*, user_id: int) -> QuerySet[ProposedTime]:
    """Return the times others have proposed for meetings ahead that somebody has called, the oldest first."""
    rows = ProposedTime.objects.filter(
        state=ProposalState.OPEN,
        guest__isnull=False,
        guest__removed_at=None,
        meeting__called_by_id=user_id,
        meeting__state=MeetingState.CALLED,
        meeting__starts_at__gte=clock.now(),
    )
    return rows.exclude(proposed_by_id=user_id).order_by("proposed_at", "pk")


def can_come(guest: Guest, time: ProposedTime) -> bool | None:
    """Say whether somebody can come at a proposed time; None when they have not said."""
    answer = guest.times_answered.get(str(time.pk))
    return None if answer is None else bool(answer)


def lacks_reply(meeting: Meeting) -> list[Guest]:
    """Return those who have not answered, or not said of each proposed time whether it suits."""
    proposed = open_times(meeting)
    return [
        guest
        for guest in guests_of(meeting)
        if guest.reply == Reply.NONE or any(can_come(guest, each) is None for each in proposed)
    ]


def time_choices(meeting: Meeting) -> list[TimeChoice]:
    """Return the times to choose between, the one the meeting stands at first; none when no other is proposed."""
    proposed, guests = open_times(meeting), guests_of(meeting)
    if not proposed:
        return []
    by_id = {guest.pk: guest for guest in guests}
    replied = {guest.pk: None if guest.reply == Reply.NONE else guest.reply != Reply.NOT for guest in guests}
    return [
        _choice(None, meeting.starts_at, None, guests, replied),
        *(
            _choice(
                each.pk,
                each.starts_at,
                by_id.get(each.guest_id or 0),
                guests,
                {guest.pk: can_come(guest, each) for guest in guests},
            )
            for each in proposed
        ),
    ]


def _choice(
    time_id: int | None, starts_at: datetime, by: Guest | None, guests: list[Guest], said: dict[int, bool | None]
) -> TimeChoice:
    def who(answer: bool | None) -> tuple[Guest, ...]:
        return tuple(guest for guest in guests if said[guest.pk] is answer)

    return TimeChoice(time_id, starts_at, by, who(True), who(False), who(None))
