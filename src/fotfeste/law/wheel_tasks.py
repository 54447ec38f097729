"""When something of the year becomes somebody's task, and when it goes on to others. Our own choices (amb-52)."""

from datetime import date, timedelta

from fotfeste.law.annual_wheel import Event, Recurrence
from fotfeste.law.readings import PROPOSED, Readings
from fotfeste.law.working_days import add_working_days, previous_working_day
from fotfeste.spec import implements

#: How many days before its day an event becomes somebody's to do, and the most a county may choose.
LEAD, MOST_LEAD = 14, 60
#: What is done each week, or at once when something has happened, is nobody's before its day.
_ON_THE_DAY = frozenset({"dl-weekly-leavers", "dl-weekly-pupil-services", "dl-contact-change"})
#: A plan reminds of itself.
_BY_ITSELF = frozenset({"dl-plan-end"})
LEADER, ADMIN, DIGEST = "rule-wheel-leader", "rule-wheel-admin", "rule-wheel-digest"


def has_task(each: Event) -> bool:
    """Return whether an event becomes a task: a duty that comes at times. What goes on all year is told as a streak."""
    return each.is_duty and each.recurrence is not Recurrence.CONTINUOUS and each.id not in _BY_ITSELF


def proposed_lead(each: Event) -> int:
    """Return how many days before its day an event becomes somebody's, where the county has not said otherwise."""
    return 0 if each.id in _ON_THE_DAY else LEAD


def lead_on(each: Event, day: date, readings: Readings = PROPOSED) -> int:
    """Return how many days before its day an event becomes somebody's in a county, as it stands on a day."""
    line = readings.line_on(each.id, day)
    return proposed_lead(each) if line is None or line.lead is None else line.lead


def given_on(due: date, lead: int) -> date:
    """Return the working day on which something due becomes somebody's task."""
    return previous_working_day(due - timedelta(days=lead))


@implements("amb-52")
def goes_on_from(due: date, reading: str, day: date, readings: Readings = PROPOSED) -> date | None:
    """
    Return the day something not done goes on to the leader, or to the administration; None when the county says never.

    Counted in working days after its day. A target of the service, no duty.
    """
    value = readings.on(day)[reading]
    return add_working_days(due, int(value.removeprefix("days:"))) if value.startswith("days:") else None


def choices_of_digest(day: date, readings: Readings = PROPOSED) -> tuple[str, ...]:
    """Return how often one may choose to be reminded by e-mail in a county: daily, weekly, or off."""
    most = {"free": ("daily", "weekly", "off"), "weekly": ("daily", "weekly")}
    return most.get(readings.on(day)[DIGEST], ("daily",))
