"""Sending notices and letters in the background."""

from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.correspondence.carriers import Carrier, CarrierDown, carrier, mail_carrier
from fotfeste.correspondence.enums import LetterChannel
from fotfeste.correspondence.selectors.mailings import county_of, due_to_send
from fotfeste.correspondence.services.letter_sending import (
    Ready,
    finish_mailing,
    give_to,
    given_together,
    hand_over,
    note_given,
    take_back_protected,
    try_failed_again,
)
from fotfeste.correspondence.services.mailings import SEND_JOB as SEND_LETTERS_JOB
from fotfeste.correspondence.services.mailings import ask_to_send, prepare_reminders
from fotfeste.correspondence.services.reminders import SEND_JOB
from fotfeste.correspondence.services.sending import send_notice
from fotfeste.kernel import clock
from fotfeste.kernel.jobs import job
from fotfeste.organisations.selectors.counties import county_names
from fotfeste.people.selectors.at_work import counties_at_work


@job(SEND_JOB)
def send(notice_id: int) -> None:
    """Send one notice. Run twice it is sent once."""
    with acting_as(system_actor("scheduler", county_ids=tuple(county_names())), on=clock.today()) as actor:
        send_notice(actor=actor, notice_id=notice_id)


@job(SEND_LETTERS_JOB)
def send_letters(mailing_id: int) -> None:
    """Send the letters of a mailing, set by set, each once. Stopped anywhere, it goes on where it was."""
    county_id = county_of(mailing_id=mailing_id)
    if county_id is not None:
        send_all(mailing_id=mailing_id, county_id=county_id, by=carrier(), mail=mail_carrier())


@job("correspondence.send_due")
def send_due(timestamp: int = 0) -> None:
    """
    Ask for each mailing whose day has come, and for those that were stopped before they were done.

    Before that, the letters of those who have become protected since are taken out of where they wait to be printed.
    """
    for county_id in counties_at_work():
        with acting_as(system_actor("scheduler", county_ids=(county_id,)), on=clock.today()) as worker:
            take_back_protected(actor=worker, county_id=county_id, carrier=carrier())
    for mailing in due_to_send(on=clock.today()):
        ask_to_send(mailing)


@job("correspondence.prepare_reminders")
def prepare_second_notices(timestamp: int = 0) -> None:
    """Have a second notice ready for approval where letters have stood unanswered for a week. Twice does it once."""
    for county_id in counties_at_work():
        with acting_as(system_actor("scheduler", county_ids=(county_id,)), on=clock.today()) as worker:
            prepare_reminders(actor=worker, county_id=county_id)


def send_all(*, mailing_id: int, county_id: int, by: Carrier, mail: Carrier | None = None) -> None:
    """
    Work on a mailing until nothing of it waits. Each part is a transaction of its own.

    :param by: what carries letters on paper. :param mail: what sends e-mail.
    """
    if not by.is_ready:
        return
    today = clock.today()
    worker = system_actor("scheduler", county_ids=(county_id,))

    def carrier_of(each: Ready) -> Carrier:
        return mail if mail and each.channel == LetterChannel.DIGITAL else by

    with acting_as(worker, on=today):
        try_failed_again(mailing_id=mailing_id)
    while True:
        with acting_as(worker, on=today):
            ready = hand_over(actor=worker, mailing_id=mailing_id, carrier=by, on=today)
        if not ready:
            break
        for letters in given_together(ready, carrier_of):
            given = [(each, give_to(carrier_of(each), each)) for each in letters]
            with acting_as(worker, on=today):
                refused = note_given(actor=worker, given=given, on=today)
            for _letter_id, refusal in refused:
                raise refusal
    try:
        with acting_as(worker, on=today):
            finish_mailing(actor=worker, mailing_id=mailing_id, carrier=by)
    except CarrierDown:
        return
