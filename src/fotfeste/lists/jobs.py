"""Making the lists on their day, keeping them safe between rounds, and starting the work a round asks for."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.access.sets import in_sets
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.lists.services.reviews import REVIEW_JOB, start_reviews, start_washes
from fotfeste.lists.services.rounds import freeze_due_round, withdraw_protected
from fotfeste.lists.services.wash_owners import drop_tasks_of_protected
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.people.selectors.at_work import counties_at_work


@job("lists.make_rounds")
def make_rounds_that_are_due(timestamp: int = 0) -> None:
    """Make the lists each county's wheel asks for today. Run again, those that were made are left as they are."""
    for county_id in counties_at_work():
        freeze_due_round(county_id=county_id, today=clock.today())


@job("lists.withdraw_protected")
def withdraw_protected_youths(timestamp: int = 0) -> None:
    """Take youths who have become protected since they were listed off the districts' lists, and off who got a task."""
    worker = system_actor("scheduler", county_ids=tuple(county_names()))
    with acting_as(worker, on=clock.today()):
        withdraw_protected()
        drop_tasks_of_protected(by_id=worker.user_id)


@job(REVIEW_JOB)
def start_reviews_of_round(timestamp: int = 0, county_id: int = 0) -> None:
    """Let the youths on each county's list, or on one's, come to the step where it is gone through."""
    for each in [county_id] if county_id else counties_at_work():
        in_sets(each, start_reviews)
        worker = system_actor("scheduler", county_ids=(each,))
        with acting_as(worker):
            start_washes(county_id=each, by_id=worker.user_id)
