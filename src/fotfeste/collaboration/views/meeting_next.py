"""What is next with meetings of some kinds about a youth: minutes to write, a meeting ahead, or one to call."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from fotfeste.access.actor import Actor
from fotfeste.collaboration.enums import MeetingKind
from fotfeste.collaboration.selectors.evidence_meetings import MINUTES_OF
from fotfeste.collaboration.selectors.meetings import unfinished_meetings
from fotfeste.collaboration.selectors.minutes import not_filed_about
from fotfeste.collaboration.views.meeting_words import callable_kinds, may_run
from fotfeste.kernel import clock

_PREPARATION, _FILED = "preparation-note", "archive-reference"
_THREE_WAY = (MeetingKind.THREE_WAY,)
_WITH_OTHERS = (MeetingKind.CLARIFICATION, MeetingKind.COOPERATION)

#: kind of record -> the kinds of meeting it is made at.
MEETINGS_FOR: Mapping[str, tuple[MeetingKind, ...]] = {
    **{form: tuple(kind for kind in MeetingKind if MINUTES_OF[kind] == form) for form in set(MINUTES_OF.values())},
    _PREPARATION: _THREE_WAY,
    "contribution-line": (*_WITH_OTHERS, *_THREE_WAY),
    _FILED: (*_WITH_OTHERS, MeetingKind.EXIT),
}


class NextMeeting:
    """Where a record of a meeting is made, about some youths whose meetings are looked up at once, when asked."""

    def __init__(self, actor: Actor, youth_ids: Iterable[int], today: date) -> None:
        self.actor, self.today, self._youth_ids = actor, today, list(youth_ids)
        self._found: list[Any] | None = None

    def address(self, record: str, *, youth: Any) -> str:
        """
        Return the address of what is next: the minutes not signed yet, else the meeting ahead, else the call.

        Empty when there is no such meeting and the actor calls none.
        """
        kinds, now = MEETINGS_FOR[record], clock.now()
        mine = [each for each in self._unfinished() if each.youth_id == youth.pk and each.kind in kinds]
        if record == _FILED and (waits := not_filed_about(youth_id=youth.pk)) is not None:
            return _to("meeting", waits)
        over = [each for each in mine if each.starts_at <= now]
        if over and record != _PREPARATION:
            return _to("minutes" if may_run(self.actor, over[-1]) else "meeting", over[-1])
        ahead = next((each for each in mine if each.starts_at > now), None)
        if ahead is not None:
            prepares = record == _PREPARATION and may_run(self.actor, ahead)
            return _to("prepare_meeting" if prepares else "meeting", ahead)
        called = {kind for kind, _label in callable_kinds(self.actor, youth, self.today)}
        kind = next((each for each in kinds if each.value in called), None)
        call = reverse("collaboration:call_meeting", kwargs={"youth_id": youth.pk})
        return f"{call}?type={kind.value}" if kind is not None else ""

    def _unfinished(self) -> list[Any]:
        if self._found is None:
            self._found = unfinished_meetings(youth_ids=self._youth_ids)
        return self._found


def _to(name: str, meeting: Any) -> str:
    return reverse(f"collaboration:{name}", kwargs={"youth_id": meeting.youth_id, "meeting_id": meeting.pk})
