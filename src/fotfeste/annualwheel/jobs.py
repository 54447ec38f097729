"""Keeping the tasks of the year in step, and reminding of them."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.annualwheel.services.digests import SEND_JOB, begin, deliver, write_digests
from fotfeste.annualwheel.services.tasks import keep_tasks
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.people.selectors.at_work import counties_at_work


@job("annualwheel.keep_tasks")
def keep_year_tasks(timestamp: int = 0) -> None:
    """Make, give, move, pass on and close the tasks of the year in each county. Run twice on a day it does it once."""
    today = clock.today()
    for county_id in counties_at_work():
        with acting_as(system_actor("scheduler", county_ids=(county_id,)), on=today) as worker:
            keep_tasks(county_id=county_id, by_id=worker.user_id, on=today)


@job("annualwheel.write_digests")
def remind_of_year(timestamp: int = 0) -> None:
    """Remind of the year's tasks by e-mail, on working days. Run again on a day, nobody is reminded twice."""
    today, county_ids = clock.today(), counties_at_work()
    with acting_as(system_actor("scheduler", county_ids=county_ids), on=today):
        write_digests(county_ids=county_ids, on=today)


@job(SEND_JOB)
def send_digest(mail_id: int) -> None:
    """Send one reminder. Begun is saved first, so that one that dies in the middle is never sent twice."""
    today = clock.today()
    worker = system_actor("scheduler", county_ids=tuple(county_names()))
    with acting_as(worker, on=today):
        mail = begin(mail_id=mail_id, on=today)
    if mail is not None:
        with acting_as(worker, on=today):
            deliver(mail)
