"""What comes back, what has no address, and what goes by its own channel."""

from datetime import date

import pytest

from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.selectors.closing import Asked, closing_of
from fotfeste.collaboration.models import Task
from fotfeste.correspondence.enums import LetterState
from fotfeste.correspondence.services import returns
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition, Invalid, NotAllowed
from fotfeste.law.annual_wheel import event
from fotfeste.law.school_year import SchoolYear
from fotfeste.law.wheel_days import occurrences
from fotfeste.people.models import Address
from tests import factories as make
from tests.correspondence.letter_world import APRIL, letters


def _tasks(world):
    with acting_as(world.counsellor):
        return list(Task.objects.order_by("pk").values_list("youth__last_name", "what", "state", "for_unit_id"))


def test_what_came_back_or_had_no_address_is_a_task_for_the_unit_until_there_is_a_newer_address(world):
    # Given a letter that is sent, and one that could not be
    world.non_applicant("Aas")
    lost = world.non_applicant("Berg", street="")
    mailing, _carrier = world.sent()
    assert _tasks(world) == [("Berg", "letter-no-address", "open", world.school.pk)]
    letter = letters(mailing)[0]
    # When it comes back
    with acting_as(world.counsellor):
        with pytest.raises(Invalid, match="Velg en dag"):
            returns.return_letter(actor=world.counsellor, letter_id=letter.pk, reason="moved", on=date(2027, 4, 19))
        returns.return_letter(actor=world.counsellor, letter_id=letter.pk, reason="moved", on=APRIL)
        with pytest.raises(IllegalTransition):
            returns.return_letter(actor=world.counsellor, letter_id=letter.pk, reason="moved", on=APRIL)
    letter = letters(mailing)[0]
    assert (letter.state, letter.return_reason, letter.returned_on) == ("returned", "moved", APRIL)
    assert _tasks(world)[1:] == [("Aas", "letter-returned", "open", world.school.pk)]
    # Then nobody is written to at the same address, and whoever has a newer one is
    with pytest.raises(Invalid, match="ingen å skrive til"):
        world.prepare()
    with clock.frozen(date(2027, 4, 22)):
        with acting_as(make.system()):
            place = {"kind": "registered", "street": "Nyveien 2", "postcode": "0669", "city": "Oslo"}
            Address.objects.create(youth=lost.youth, source="test", recorded_at=clock.now(), **place)
        again, carrier = world.sent()
    assert [(each.to.name, each.to.street) for each in carrier.taken] == [("Amina Berg", "Nyveien 2")]
    assert len(letters(again)) == 1


def test_the_letter_to_a_protected_youth_goes_by_the_one_who_handles_them(world):
    case = world.non_applicant(
        "Eng", protection="confidential", street="Hemmeligveien 3", guardian="Kari Eng", born=date(2010, 1, 1)
    )
    mailing = world.prepare()
    [letter] = letters(mailing)
    with acting_as(world.handler), pytest.raises(IllegalTransition, match="ikke godkjent"):
        returns.send_by_hand(actor=world.handler, letter_id=letter.pk)
    world.approve(mailing)
    with acting_as(world.maker), pytest.raises(Invalid, match="finnes ikke"):
        returns.send_by_hand(actor=world.maker, letter_id=letter.pk)
    with acting_as(world.maker), pytest.raises(NotAllowed):
        returns.own_channel_pdf(actor=world.maker, letter=letter)
    with acting_as(world.handler):
        assert returns.own_channel_pdf(actor=world.handler, letter=letter).startswith(b"%PDF")
        sent = returns.send_by_hand(actor=world.handler, letter_id=letter.pk)
    assert sent.state == LetterState.SENT
    assert sent.attempt.youth_id == case.youth_id
    assert "Hemmeligveien" not in str(sent.said)
    assert world.school.name not in str(sent.said)


@pytest.mark.proves("dl-nonapplicant-letter", "rut-outside-s13")
def test_the_event_of_the_year_is_closed_by_the_letter_that_has_gone(world):
    world.non_applicant("Aas")
    year = SchoolYear(2026)
    times = occurrences(event("dl-nonapplicant-letter"), year)
    asked = Asked("dl-nonapplicant-letter", make.OSLO, year, times, APRIL)
    closer = closing_of("dl-nonapplicant-letter").closer
    assert times[0].due == date(2027, 4, 30)
    assert [answer.done_on for answer in closer(asked)] == [None]
    world.sent()
    assert [answer.done_on for answer in closer(asked)] == [APRIL]
