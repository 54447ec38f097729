"""Being reminded of the year: by e-mail, once a day on working days, and at a secret address in one's own calendar."""

import re
from datetime import date, timedelta
from smtplib import SMTPException

import pytest
from django.core import mail
from django.test import Client
from procrastinate.contrib.django import app

from fotfeste.access.models import RoleAssignment, User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.annualwheel.models import CalendarFeed, DigestMail
from fotfeste.annualwheel.selectors.digests import is_weekly_day
from fotfeste.annualwheel.services import digests
from fotfeste.annualwheel.services.tasks import keep_tasks
from fotfeste.kernel import clock
from fotfeste.organisations.enums import ContactRole
from fotfeste.organisations.models import CountyReading, NamedContact
from tests import factories as make
from tests.annualwheel.test_screens import text_of
from tests.at_once.race import browser_of
from tests.lists.otuk_world import World

pytestmark = pytest.mark.django_db

THURSDAY = date(2026, 12, 17)


@pytest.fixture
def world():
    with clock.frozen(make.TODAY):
        made = World.made()
    NamedContact.objects.all().delete()
    for unit, address in ((made.alna, "Fatima@example.org"), (made.stovner, "fatima@example.org")):
        NamedContact.objects.create(
            unit=unit,
            role=ContactRole.DISTRICT_CONTACT,
            name="Fatima Prøve",
            email=address,
            first_day=date(2025, 1, 1),
        )
    return made


def run(day: date) -> list[str]:
    """Let the day's jobs run, twice, and return whom a mail was sent to."""
    before = len(mail.outbox)
    with clock.frozen(day):
        for _twice in range(2):
            with acting_as(make.system(), on=day):
                keep_tasks(county_id=make.OSLO, by_id=make.system().user_id, on=day)
            app.tasks["annualwheel.write_digests"]()
            for pk in DigestMail.objects.filter(on=day).values_list("pk", flat=True):
                app.tasks["annualwheel.send_digest"](mail_id=pk)
    return [address for each in mail.outbox[before:] for address in each.to]


def test_one_mail_a_day_goes_to_each_person_with_numbers_alone_and_only_when_there_is_something(world):
    assert run(THURSDAY) == ["fatima@example.org"]  # two units, one person, one mail
    told = mail.outbox[-1]
    assert told.subject == "Fotfeste: 2 oppgaver i årshjulet"
    assert "Nye siden sist: 2" in told.body
    assert not {"Alna", "Stovner", "Nettverk", "Fatima"} & set(re.findall(r"\w+", told.subject + told.body))
    assert run(THURSDAY + timedelta(days=1)) == []  # nothing new, nothing due soon
    assert run(date(2026, 12, 25)) == []  # a public holiday
    assert run(date(2026, 12, 28)) == ["fatima@example.org"]  # due within three days


def test_a_person_chooses_to_be_reminded_weekly_or_not_at_all_within_what_the_county_lets_them(world):
    User.objects.filter(pk=world.alna_contact.user_id).update(email="fatima@example.org", language="en")
    with clock.frozen(THURSDAY):
        chosen = browser_of(world.alna_contact).post("/arshjul/paminnelser/", {"often": "weekly"})
        assert chosen.status_code == 302
    assert [day for day in range(14, 21) if run(date(2026, 12, day))] == []
    assert run(date(2026, 12, 21)) == ["fatima@example.org"]  # Monday
    assert mail.outbox[-1].subject == "Fotfeste: 2 tasks in the annual wheel"
    with clock.frozen(date(2026, 12, 21)):
        browser_of(world.alna_contact).post("/arshjul/paminnelser/", {"often": "off"})
    assert run(date(2026, 12, 28)) == []
    CountyReading.objects.create(
        county_id=make.OSLO,
        reading="rule-wheel-digest",
        value="weekly",
        first_day=date(2026, 12, 29),
        reason="Alle skal minnes.",
        chosen_by_id=world.admin.user_id,
        recorded_at=clock.now(),
    )
    with clock.frozen(date(2026, 12, 30)):
        client = browser_of(world.alna_contact)
        assert "Not by e-mail" not in text_of(client.get("/arshjul/paminnelser/"))
        assert client.post("/arshjul/paminnelser/", {"often": "off"}).status_code == 422
    assert run(date(2027, 1, 4)) == ["fatima@example.org"]  # the half year is over, and its meeting is late
    assert run(date(2027, 4, 5)) == []  # it can be made good no longer
    assert is_weekly_day(date(2027, 3, 30))  # Tuesday after Easter Monday
    assert not is_weekly_day(date(2027, 5, 17))


def test_a_mail_that_was_begun_is_never_sent_again_and_one_the_server_refused_is(world, monkeypatch):
    class Died(BaseException):
        """The worker is killed."""

    def die(self, **_options):
        raise Died

    def refuse(self, **_options):
        raise SMTPException

    with clock.frozen(THURSDAY):
        with acting_as(make.system(), on=THURSDAY):
            keep_tasks(county_id=make.OSLO, by_id=make.system().user_id, on=THURSDAY)
        app.tasks["annualwheel.write_digests"]()
        row = DigestMail.objects.get()
        with monkeypatch.context() as patch:
            patch.setattr(digests.EmailMessage, "send", refuse)
            app.tasks["annualwheel.send_digest"](mail_id=row.pk)
        assert DigestMail.objects.get().state == "failed"
        app.tasks["annualwheel.write_digests"]()
        with monkeypatch.context() as patch:
            patch.setattr(digests.EmailMessage, "send", die)
            with pytest.raises(Died):
                app.tasks["annualwheel.send_digest"](mail_id=row.pk)
        assert DigestMail.objects.get().state == "sending"
        app.tasks["annualwheel.write_digests"]()
        app.tasks["annualwheel.send_digest"](mail_id=row.pk)
    assert mail.outbox == []


def test_where_nobody_is_named_the_leader_is_told_and_the_administration_where_nobody_leads(world):
    NamedContact.objects.filter(unit=world.stovner).delete()
    leader = make.actor(Role.UNIT_LEADER, world.stovner, on=date(2026, 12, 1))
    User.objects.filter(pk=leader.user_id).update(email="leder@example.org")
    User.objects.filter(pk=world.admin.user_id).update(email="uda@example.org")
    assert sorted(run(THURSDAY)) == ["fatima@example.org", "leder@example.org", "uda@example.org"]


def test_a_calendar_reads_the_days_of_a_role_at_an_address_kept_as_a_digest_that_ends_when_it_is_renewed(world):
    with clock.frozen(make.TODAY):
        contact, anybody = browser_of(world.alna_contact), Client()

        def made(role: str = "district_contact") -> str:
            page = contact.post("/arshjul/paminnelser/kalender/", {"rolle": role}, follow=True).content.decode()
            return "".join(re.findall(r"http://testserver(/kalender/[\w-]+\.ics)", page))

        first = made()
        answer = anybody.get(first)
        assert answer["Content-Type"].startswith("text/calendar")
        text = answer.content.decode().replace("\r\n ", "")
        assert "SUMMARY:Gjennomgang av OTUK-listen" in text
        assert "SUMMARY:Nasjonal rapportering" not in text  # that is the administration's
        assert "Alna" not in text
        assert first.split("/")[-1].removesuffix(".ics") not in str(CalendarFeed.objects.values_list())
        assert made("education_admin") == ""  # not a role one holds
        second = made()
        missing = anybody.get("/kalender/finnes-ikke.ics")
        assert {anybody.get(first).status_code, missing.status_code} == {404}
        assert anybody.get(second).status_code == 200
        contact.post("/arshjul/paminnelser/kalender/slutt/", {"rolle": "district_contact"})
        gone = anybody.get(second)
        assert (gone.status_code, text_of(gone)) == (404, text_of(missing))
        third = made()
        RoleAssignment.objects.filter(user_id=world.alna_contact.user_id).update(last_day=date(2026, 11, 22))
        left = anybody.get(third)
        assert (left.status_code, text_of(left)) == (404, text_of(missing))


def test_guessing_at_calendar_addresses_is_slowed_down(client, settings):
    settings.RATE_LIMITS = {**settings.RATE_LIMITS, "calendar": [(2, 60)]}
    assert [client.get(f"/kalender/gjett-{number}.ics").status_code for number in range(3)] == [404, 404, 429]
