"""Starting the routines of youths who have come in, reminding of plans, sending invitations, and filing minutes."""

from django.db import transaction

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.access.sets import in_sets
from fotfeste.collaboration.selectors.meetings import called_ahead
from fotfeste.collaboration.selectors.plans import plans_under_way
from fotfeste.collaboration.services.archiving import FILE_JOB, ask_again, file_minutes
from fotfeste.collaboration.services.holding import send_held
from fotfeste.collaboration.services.invitations import tell_of_cover
from fotfeste.collaboration.services.meeting_mail import SEND_JOB, send_meeting_mail
from fotfeste.collaboration.services.newcomers import forget_names, lapse_unanswered
from fotfeste.collaboration.services.person_offers import lapse_those_left
from fotfeste.collaboration.services.plan_keeping import keep_reminder
from fotfeste.collaboration.services.starting import THOSE_HERE_JOB, start_for_registrations, start_for_those_here
from fotfeste.collaboration.services.unit_starting import start_for_units
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.people.selectors.at_work import counties_at_work


@job("collaboration.start_routines")
def start_routines(timestamp: int = 0) -> None:
    """Start the routine of each youth who came in since last, county by county and set by set. Twice does it once."""
    for county_id in counties_at_work():
        in_sets(county_id, start_for_registrations)


@job("collaboration.start_unit_routines")
def start_unit_routines(timestamp: int = 0) -> None:
    """Start the routines about units that are due, and let those under way go on. Twice does it once."""
    for county_id in counties_at_work():
        worker = system_actor("scheduler", county_ids=(county_id,))
        with acting_as(worker):
            start_for_units(county_id=county_id, by_id=worker.user_id, on=clock.today())


@job(THOSE_HERE_JOB)
def start_those_here(county_id: int) -> None:
    """Start the routine of each youth with unknown activity who was here before. Run again, it goes on where it was."""
    in_sets(county_id, start_for_those_here)


@job("collaboration.remind_plans")
def remind_plans(timestamp: int = 0) -> None:
    """Let the unit of each plan that nears a review or its end, or is over, have one task about it."""
    for county_id in counties_at_work():
        worker = system_actor("scheduler", county_ids=(county_id,))
        with acting_as(worker):
            for plan in plans_under_way(county_id=county_id):
                keep_reminder(plan, by_id=worker.user_id)


@job("collaboration.send_held")
def send_held_notices(timestamp: int = 0) -> None:
    """Send what was prepared for today, each once, where a permission stands."""
    for county_id in counties_at_work():
        with acting_as(system_actor("scheduler", county_ids=(county_id,))) as worker:
            send_held(actor=worker, on=clock.today())


@job("collaboration.lapse_offers")
def lapse_offers(timestamp: int = 0) -> None:
    """Close the offers between persons of whom one works there no more. Twice does it once."""
    for county_id in counties_at_work():
        with acting_as(system_actor("scheduler", county_ids=(county_id,))) as worker:
            lapse_those_left(county_id=county_id, by_id=worker.user_id)


@job("collaboration.forget_newcomers")
def forget_newcomers(timestamp: int = 0) -> None:
    """Close the notices nobody answers, and take away whom those answered were about. Twice does it once."""
    for county_id in counties_at_work():
        with acting_as(system_actor("scheduler", county_ids=(county_id,))) as worker, transaction.atomic():
            lapse_unanswered(actor=worker, county_id=county_id, on=clock.today())
            forget_names(county_id=county_id, on=clock.today())


@job(SEND_JOB)
def send_mail(mail_id: int) -> None:
    """Send one calendar invitation, change or cancellation. Run twice it is sent once."""
    with acting_as(system_actor("scheduler", county_ids=tuple(county_names())), on=clock.today()) as actor:
        send_meeting_mail(actor=actor, mail_id=mail_id)


@job("collaboration.tell_of_cover")
def tell_of_covers(timestamp: int = 0) -> None:
    """Take meetings out of the calendars of bodies whose release has run out. Run twice it is said once."""
    for county_id in counties_at_work():
        with acting_as(system_actor("scheduler", county_ids=(county_id,))):
            tell_of_cover(called_ahead())


@job(FILE_JOB)
def file_signed(row_id: int) -> None:
    """File one signed version of minutes in the pupil's file. Run twice it is filed once."""
    with acting_as(system_actor("scheduler", county_ids=tuple(county_names())), on=clock.today()) as actor:
        file_minutes(actor=actor, row_id=row_id)


@job("collaboration.file_waiting")
def file_waiting(timestamp: int = 0) -> None:
    """Ask anew for the minutes that are not filed yet, county by county."""
    for county_id in counties_at_work():
        with acting_as(system_actor("scheduler", county_ids=(county_id,))):
            ask_again(county_id)
