"""Sending notices in the background."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.correspondence.services.reminders import SEND_JOB
from fotfeste.correspondence.services.sending import send_notice
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.organisations.selectors.counties import county_names


@job(SEND_JOB)
def send(notice_id: int) -> None:
    """Send one notice. Run twice it is sent once."""
    with acting_as(system_actor("scheduler", county_ids=tuple(county_names())), on=clock.today()) as actor:
        send_notice(actor=actor, notice_id=notice_id)
