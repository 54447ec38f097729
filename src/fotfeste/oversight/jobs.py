"""What oversight does by the clock."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.oversight.services import flags, review_reminders
from fotfeste.people.selectors.at_work import counties_at_work


@job("oversight.flag_readings")
def flag_readings(timestamp: int = 0) -> None:
    """Look over the last whole week's reading in every county."""
    today = clock.today()
    with acting_as(system_actor("overseer", county_ids=counties_at_work()), on=today) as overseer:
        flags.flag_week(actor=overseer, week=flags.week_before(today))


@job("oversight.remind_reviews")
def remind_reviews(timestamp: int = 0) -> None:
    """Remind the units that have not gone through who has access. Run twice on a day each is reminded once."""
    today = clock.today()
    with acting_as(system_actor("scheduler", county_ids=counties_at_work()), on=today) as scheduler:
        for county_id in scheduler.system_counties:
            review_reminders.remind_reviews(actor=scheduler, county_id=county_id, on=today)
