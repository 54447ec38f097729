"""
What a county does otherwise in its wheel of the year, from a day on: the day, the rule for days off, how long before it
is somebody's, whom it is for, whether it is done at all, and events of its own.

A line holds from its first day until another takes over. What has been done stays on the day it was to be done.
"""

from dataclasses import dataclass
from datetime import date

from fotfeste.law.working_days import WeekendRule

#: The ids of a county's own events begin with this.
OWN = "own-"


@dataclass(frozen=True, slots=True)
class WheelLine:
    """
    How a county keeps an event from a day on.

    :ivar day: month and day; None as the documents have it. :ivar weekend: None as for other events.
    :ivar lead: days before its day it is somebody's; None as proposed. :ivar recipients: none as the documents have it.
    :ivar label: of an event of the county's own, with ``text`` and the ``party`` that answers for it.
    """

    event_id: str
    first_day: date
    is_on: bool = True
    day: tuple[int, int] | None = None
    weekend: WeekendRule | None = None
    lead: int | None = None
    recipients: tuple[str, ...] = ()
    label: str = ""
    text: str = ""
    party: str = ""

    @property
    def is_own(self) -> bool:
        """Return whether the event is the county's own."""
        return self.event_id.startswith(OWN)

    @property
    def is_as_proposed(self) -> bool:
        """Return whether it says nothing but what holds without it."""
        said = self.day, self.weekend, self.lead
        return self.is_on and not self.is_own and said == (None, None, None) and not self.recipients
