"""Private schools: who has reported this school year, who is reminded by e-mail, and who has nobody to report."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.correspondence import jobs
from fotfeste.correspondence.models import Notice
from fotfeste.integrations import selectors
from fotfeste.integrations.models import NothingToReport
from fotfeste.integrations.services import private_schools
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.organisations.models import NamedContact, Unit
from tests import factories as make
from tests.integrations.reading.files import a_row, csv_of

pytestmark = pytest.mark.django_db

PAGE = "/innlesing/private-skoler/"
REMIND = f"{PAGE}purr/"
TODAY = make.TODAY


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(TODAY):
        yield


@pytest.fixture
def school():
    """The first of the county's private schools, with nobody named."""
    return Unit.objects.filter(county_id=make.OSLO, kind="upper_secondary", is_private=True).order_by("name").first()


def name_contact(unit, name: str = "Rita Rektor", email: str = "rita@example.no") -> NamedContact:
    return NamedContact.objects.create(unit=unit, role="other", name=name, email=email, first_day=date(2026, 1, 1))


def remind(admin, *units, on: date = TODAY):
    with acting_as(admin, on=on):
        return private_schools.remind_schools(
            actor=admin, county_id=make.OSLO, unit_ids=[unit.pk for unit in units], on=on
        )


def report_of(admin, unit):
    with acting_as(admin):
        found = selectors.private_school_reports(county_id=make.OSLO, on=TODAY)
    return next(each for each in found if each.unit_id == unit.pk)


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def send_all() -> None:
    for notice in Notice.objects.order_by("pk"):
        jobs.send(notice_id=notice.pk)


@pytest.mark.proves("rep-private-schools")
def test_a_school_has_reported_once_a_file_with_a_row_of_it_is_in_use(desk, school):
    before = report_of(desk.actor, school)
    waiting = desk.put(
        csv_of([a_row("private-school", skole_orgnr=school.org_number, slutt="")]),
        source="private-school",
        on="20.09.2026",
    )
    assert not report_of(desk.actor, school).has_answered
    desk.do(waiting, "ta-i-bruk", version=waiting.version)
    after = report_of(desk.actor, school)
    assert (before.has_answered, after.has_answered, after.report.on) == (False, True, date(2026, 9, 20))


def test_a_report_of_last_school_year_does_not_count(desk, school):
    waiting = desk.put(
        csv_of([a_row("private-school", skole_orgnr=school.org_number, slutt="", start="18.08.2025")]),
        source="private-school",
        on="20.09.2025",
    )
    desk.do(waiting, "ta-i-bruk", version=waiting.version)
    assert not report_of(desk.actor, school).has_answered


class TestReminding:
    def test_a_reminder_goes_to_each_named_contact_and_says_nothing_of_anybody(self, admin, school):
        # Given two contacts at the school, and one at the administration whom it may answer
        name_contact(school)
        name_contact(school, "Roar Rådgiver", "roar@example.no")
        name_contact(make.education_admin(), "Marit Lunde", "marit@example.no")
        # When
        result = remind(admin, school)
        send_all()
        # Then
        assert result.done == (school.pk,)
        assert sorted(sent.to[0] for sent in mail.outbox) == ["rita@example.no", "roar@example.no"]
        sent = mail.outbox[0]
        assert sent.subject == "Påminnelse: melding til Oppfølgingstjenesten for skoleåret 2026–27"
        assert school.name in sent.body
        assert "Skriv aldri navn eller andre opplysninger om elever i en e-post." in sent.body
        assert sent.reply_to == ["marit@example.no"]

    def test_it_is_kept_who_asked_when_and_to_whom_it_went(self, admin, school, log):
        name_contact(school)
        remind(admin, school)
        send_all()
        notice = Notice.objects.get()
        assert (notice.unit_id, notice.on, notice.asked_by_id, notice.state) == (
            school.pk,
            TODAY,
            admin.user_id,
            "sent",
        )
        assert notice.recipients == [["Rita Rektor", "rita@example.no"]]
        assert notice.sent_at == clock.now()
        assert [entry.details["unit"] for entry in log.of("reminder.asked")] == [school.pk]
        assert len(log.of("reminder.sent")) == 1

    def test_the_mail_waits_for_what_was_written_to_be_saved(self, admin, school):
        name_contact(school)
        remind(admin, school)
        assert mail.outbox == []
        notice = Notice.objects.get()
        job = ProcrastinateJob.objects.get(task_name="correspondence.send_notice")
        assert job.args == {"notice_id": notice.pk}

    def test_the_same_day_twice_is_one_mail(self, admin, school):
        name_contact(school)
        remind(admin, school)
        send_all()
        again = remind(admin, school)
        send_all()
        assert (again.done, len(mail.outbox), Notice.objects.count()) == ((), 1, 1)
        assert again.refused == ((school.pk, "Meldingen er allerede sendt i dag."),)

    def test_another_day_is_another_reminder(self, admin, school):
        name_contact(school)
        remind(admin, school)
        send_all()
        with clock.frozen(date(2026, 11, 24)):
            remind(admin, school, on=date(2026, 11, 24))
            send_all()
        assert len(mail.outbox) == 2

    def test_a_job_run_twice_sends_once(self, admin, school):
        name_contact(school)
        remind(admin, school)
        send_all()
        send_all()
        assert len(mail.outbox) == 1

    def test_a_mail_server_that_does_not_answer_is_told_and_it_can_be_tried_again(
        self, admin, school, settings, monkeypatch
    ):
        # Given a server nobody listens at
        name_contact(school)
        backend = settings.EMAIL_BACKEND
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
        remind(admin, school)
        send_all()
        assert Notice.objects.get().state == "failed"
        # When the server is back, and it is asked for again
        settings.EMAIL_BACKEND = backend
        result = remind(admin, school)
        send_all()
        # Then
        assert (result.done, Notice.objects.get().state, len(mail.outbox)) == ((school.pk,), "sent", 1)

    def test_who_has_nobody_with_an_address_cannot_be_reminded_and_the_others_are(self, admin, school):
        named = make.unit(name="Aktiv privat skole", is_private=True)
        name_contact(named)
        name_contact(school, email="")
        result = remind(admin, school, named)
        assert result.done == (named.pk,)
        assert result.refused == (
            (
                school.pk,
                "Ingen kontaktperson med e-postadresse er navngitt. Navngi en på enhetens side først.",
            ),
        )

    def test_a_contact_who_has_left_gets_nothing(self, admin, school):
        contact = name_contact(school)
        contact.last_day = date(2026, 10, 1)
        contact.save()
        assert remind(admin, school).done == ()

    def test_who_has_answered_is_not_reminded(self, admin, school):
        name_contact(school)
        with acting_as(admin):
            private_schools.record_nothing(actor=admin, county_id=make.OSLO, unit_id=school.pk, told_on=TODAY, on=TODAY)
        assert remind(admin, school).refused == ((school.pk, "Skolen har alt svart dette skoleåret."),)

    def test_a_unit_that_is_no_private_school_is_not_reminded(self, admin):
        public = make.unit()
        assert remind(admin, public).refused == ((public.pk, "Enheten er ikke en privat videregående skole i fylket."),)

    def test_nobody_else_reminds(self, school):
        counsellor = make.actor(Role.COUNSELLOR, make.unit())
        with pytest.raises(NotAllowed):
            remind(counsellor, school)


class TestNothingToReport:
    def record(self, admin, school, told_on: date = TODAY):
        with acting_as(admin):
            return private_schools.record_nothing(
                actor=admin, county_id=make.OSLO, unit_id=school.pk, told_on=told_on, on=TODAY
            )

    def withdraw(self, admin, school):
        with acting_as(admin):
            private_schools.withdraw_nothing(actor=admin, county_id=make.OSLO, unit_id=school.pk, on=TODAY)

    def test_an_answer_counts_as_an_answer_and_says_who_wrote_it_down(self, admin, school):
        self.record(admin, school)
        told = report_of(admin, school)
        assert (told.has_answered, told.nothing.recorded_by.name, told.nothing.told_on) == (True, admin.name, TODAY)

    def test_taken_back_the_school_has_not_answered_and_what_stood_is_kept(self, admin, school):
        self.record(admin, school)
        self.withdraw(admin, school)
        assert not report_of(admin, school).has_answered
        row = NothingToReport.objects.get()
        assert (row.superseded_by_id, row.superseded_at) == (admin.user_id, clock.now())
        self.record(admin, school)
        assert report_of(admin, school).has_answered

    def test_it_is_answered_once_and_taken_back_once(self, admin, school):
        self.record(admin, school)
        with pytest.raises(EditConflict, match="alt svart"):
            self.record(admin, school)
        self.withdraw(admin, school)
        with pytest.raises(EditConflict, match="alt tatt tilbake"):
            self.withdraw(admin, school)

    @pytest.mark.parametrize("day", [date(2026, 11, 24), date(2026, 7, 31)])
    def test_a_day_ahead_or_of_another_school_year_is_refused(self, admin, school, day):
        with pytest.raises(Invalid, match="dette skoleåret"):
            self.record(admin, school, told_on=day)

    def test_the_answer_of_last_year_does_not_count(self, admin, school):
        row = self.record(admin, school)
        NothingToReport.objects.filter(pk=row.pk).update(school_year=2025)
        assert not report_of(admin, school).has_answered


class TestScreens:
    def test_the_desk_counts_them_and_reminds_those_who_can_be_reached(self, desk, school):
        name_contact(school)
        page = desk.client.get("/innlesing/")
        assert "Purr 1 skole" in text_of(page)
        after = desk.client.post(REMIND, follow=True)
        assert f"En påminnelse sendes til 1 skole: {school.name}." in text_of(after)
        assert "kan ikke" in text_of(after) or "Ingen kontaktperson med e-postadresse" in text_of(after)
        assert Notice.objects.count() == 1

    def test_each_school_stands_with_what_came_who_reminded_it_and_what_can_be_done(self, desk, school):
        name_contact(school)
        desk.client.post(REMIND, {"skole": opaque.encode(school.pk)})
        text = text_of(desk.client.get(PAGE))
        row = text[text.index(school.name) :][:2500]
        assert "Ikke svart" in row
        assert f"Sendes · {desk.actor.name}" in row
        assert "Rita Rektor" in row
        assert "Kan ikke påminnes" in text

    def test_one_writes_down_that_a_school_has_nobody_and_takes_it_back(self, desk, school):
        address = reverse("integrations:nothing_to_report", kwargs={"unit_id": school.pk})
        page = text_of(desk.client.post(address, follow=True))
        assert "Registrert: skolen har ingen å melde dette skoleåret." in page
        assert f"skrevet av {desk.actor.name}" in page
        standing = report_of(desk.actor, school).nothing.pk
        page = text_of(desk.client.post(address, {"ta-tilbake": "ja", "version": standing}, follow=True))
        assert "Svaret er tatt tilbake." in page
        assert not report_of(desk.actor, school).has_answered

    def test_a_county_without_private_schools_says_what_to_do(self, client):
        admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin(46))
        session = client.session
        session["user_id"] = admin.user_id
        session.save()
        assert "Fylket har ingen private videregående skoler" in text_of(client.get(PAGE))

    def test_the_list_asks_the_database_as_often_for_many_schools_as_for_few(self, desk, school):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        def asked() -> int:
            with CaptureQueriesContext(connection) as queries:
                desk.client.get(PAGE)
            return len(queries)

        few = asked()
        for _number in range(5):
            name_contact(make.unit(is_private=True))
        assert asked() == few
