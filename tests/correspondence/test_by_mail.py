"""A reminder may go by e-mail where the county has chosen it: a link and a day, and nothing about anybody."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from fotfeste.access.scope import acting_as
from fotfeste.casework.models import ContactAttempt
from fotfeste.correspondence.carriers import mail_carrier
from fotfeste.correspondence.jobs import send_all
from fotfeste.correspondence.models import Letter
from fotfeste.correspondence.services import returns
from fotfeste.kernel import clock
from fotfeste.kernel.errors import IllegalTransition
from fotfeste.people.models import ContactDetail, Youth
from tests import factories as make
from tests.correspondence.letter_world import Dies, Partner, letters

A_WEEK_LATER = datetime(2027, 4, 28, 10, tzinfo=clock.OSLO)


@pytest.fixture
def reminder(world, settings):
    """A week after the letter: one has e-mail, one has none, one has come under protection since."""
    settings.LETTERS = {**settings.LETTERS, "mail": "1"}
    for name in ("Aas", "Berg", "Dahl"):
        case = world.non_applicant(name)
        if name != "Berg":
            with acting_as(make.system()):
                told = {"kind": "email", "value": f"{name.lower()}@example.org", "source": "test"}
                ContactDetail.objects.create(youth=case.youth, recorded_at=clock.now(), **told)
    world.sent()
    with acting_as(make.system()):
        Youth.objects.filter(last_name="Dahl").update(protection="confidential")
    with clock.frozen(A_WEEK_LATER):
        made = world.prepare("reminder", reply_by=date(2027, 5, 20))
        world.approve(made)
        yield made


def test_a_reminder_by_mail_names_nobody_and_no_service(world, reminder):
    paper = Partner()
    send_all(mailing_id=reminder.pk, county_id=make.OSLO, by=paper, mail=mail_carrier())
    [sent] = mail.outbox
    assert (sent.to, sent.attachments) == (["aas@example.org"], [])
    assert sent.subject == "Svar på et brev"
    assert "http://localhost:8000/svar/" in sent.body
    for hidden in ("Aas", "Amina", "Oppfølging", "skole", "rettighet"):
        assert hidden not in sent.subject + sent.body
    assert [each.to.name for each in paper.taken] == ["Amina Berg"]
    made = {each.youth.last_name: (each.state, each.channel) for each in letters(reminder)}
    assert made == {"Aas": ("sent", "digital"), "Berg": ("sent", "paper"), "Dahl": ("own_channel", "paper")}
    with acting_as(make.system()):
        attempt = ContactAttempt.objects.select_related("youth").get(channel="email")
    assert (attempt.youth.last_name, attempt.is_contact) == ("Aas", False)


@pytest.mark.parametrize("was_sent", [True, False])
def test_a_mail_a_worker_died_with_is_never_sent_again_by_itself_and_somebody_says_how_it_went(
    world, reminder, was_sent
):
    dying = Partner(repeats=False, dies_before=True)
    with pytest.raises(Dies):
        send_all(mailing_id=reminder.pk, county_id=make.OSLO, by=Partner(), mail=dying)
    dying.dies_before = False
    send_all(mailing_id=reminder.pk, county_id=make.OSLO, by=Partner(), mail=dying)
    assert dying.taken == []
    letter = letters(reminder)[0]
    assert letter.state == "handed"
    with acting_as(world.maker), pytest.raises(IllegalTransition, match="på vei"):
        returns.settle_letter(actor=world.maker, letter_id=letter.pk, was_sent=was_sent)
    with clock.frozen(A_WEEK_LATER + timedelta(minutes=16)):
        with acting_as(world.maker):
            returns.settle_letter(actor=world.maker, letter_id=letter.pk, was_sent=was_sent)
            with pytest.raises(IllegalTransition):
                returns.settle_letter(actor=world.maker, letter_id=letter.pk, was_sent=was_sent)
        send_all(mailing_id=reminder.pk, county_id=make.OSLO, by=Partner(), mail=dying)
    assert len(dying.taken) == (0 if was_sent else 1)
    with acting_as(make.system()):
        assert Letter.objects.get(pk=letter.pk).state == "sent"
        assert ContactAttempt.objects.filter(channel="email").count() == 1
    reminder.refresh_from_db()
    assert reminder.state == "sent"
