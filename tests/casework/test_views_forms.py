"""What is done from the person page: every form, its refusals, and two who save at the same time."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import ContactAttempt, Feedback, JournalNote, Registration, Responsibility
from fotfeste.casework.services import contacts, journal, statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel import opaque
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.enums import Protection
from fotfeste.people.models import Address, ContactDetail, Guardian, Youth
from tests import factories as make
from tests.seen import seen

pytestmark = pytest.mark.django_db

CALL = {"channel": "call", "direction": "out", "result": "answered", "answered_by": "youth", "on": "2026-11-23"}


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


def url(name: str, case, **kwargs: int) -> str:
    return reverse(f"casework:{name}", kwargs={"youth_id": case.youth_id, **kwargs})


def text_of(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def now(case) -> Registration:
    with acting_as(make.system()):
        return Registration.objects.get(pk=case.pk)


def reached(case, counsellor) -> None:
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor, youth_id=case.youth_id, on=make.TODAY, channel="call", result="answered",
            answered_by="youth",
        )  # fmt: skip


def status_form(case, code: str = "OTAR", **more: object) -> dict[str, object]:
    return {"code": code, "on": "2026-11-23", "basis": "contact", "version": now(case).version, **more}


class TestContact:
    def test_one_press_from_the_page_registers_and_tells_what_is_possible_next(self, enter, counsellor, case):
        page = text_of(enter(counsellor).post(url("register_contact", case), {"hva": "svarte"}, follow=True))
        assert "Kontakten er registrert. Nå kan du sette status." in page
        assert "Ungdommen er nådd. Si hva ungdommen gjør." in page
        assert now(case).last_contact_on == make.TODAY

    def test_an_attempt_is_saved_and_the_law_says_why_it_is_no_contact(self, enter, counsellor, case):
        page = text_of(enter(counsellor).post(url("register_contact", case), {"hva": "sms"}, follow=True))
        assert "Forsøket er registrert. Brev, SMS eller e-post uten svar er et forsøk, ikke kontakt." in page

    def test_the_whole_form_keeps_what_was_written(self, enter, counsellor, case):
        enter(counsellor).post(url("register_contact", case), {**CALL, "on": "20.11.2026", "note": "Ringer tilbake."})
        with acting_as(counsellor):
            made = ContactAttempt.objects.get()
        assert (made.on, made.note, made.is_contact) == (date(2026, 11, 20), "Ringer tilbake.", True)

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"on": "2026-12-01"}, "fram i tid"),
            ({"on": "2026-09-01"}, "Ungdommen ble tilmeldt 12.9.2026"),
            ({"answered_by": ""}, "Velg hvem som svarte"),
            ({"on": "31.2.2026"}, "Vi forstår ikke datoen"),
            ({"note": "x" * 501}, "For langt: 501 tegn"),
            ({"channel": "brevdue"}, "Velg noe fra listen"),
        ],
    )
    def test_what_is_wrong_is_said_and_nothing_is_lost(self, enter, counsellor, case, given, says):
        response = enter(counsellor).post(url("register_contact", case), {**CALL, "note": "Viktig", **given})
        assert response.status_code == 422
        assert says in text_of(response)
        assert given.get("note", "Viktig") in text_of(response)
        with acting_as(counsellor):
            assert not ContactAttempt.objects.exists()

    @pytest.mark.proves("rule-start-unknown")
    @pytest.mark.parametrize(
        ("picked", "says"),
        [
            ({"channel": "sms", "result": "sent"}, "Dette er et forsøk"),
            ({"channel": "letter", "result": "sent"}, "Brev, SMS eller e-post uten svar"),
            ({"channel": "call", "result": "answered", "answered_by": "youth"}, "Dette teller som kontakt"),
            ({"channel": "call", "result": "answered", "answered_by": "guardian"}, "ungdommen er 18 år eller eldre"),
            ({"channel": "call", "result": "no_answer", "answered_by": "youth"}, "Dette er et forsøk"),
        ],
    )
    def test_the_contact_rule_is_told_while_one_picks_and_nothing_is_saved(self, enter, counsellor, case, picked, says):
        response = enter(counsellor).post(url("judge_contact", case), {**CALL, "answered_by": "", **picked})
        assert says in text_of(response)
        with acting_as(counsellor):
            assert not ContactAttempt.objects.exists()

    def test_nonsense_while_picking_is_answered_with_nothing(self, enter, counsellor, case):
        for nonsense in ({"on": "x"}, {"channel": "brevdue"}, {"on": "1901-01-01"}):
            assert enter(counsellor).post(url("judge_contact", case), {**CALL, **nonsense}).status_code == 200

    def test_an_attempt_is_withdrawn_and_stays_in_the_history(self, enter, counsellor, case):
        client = enter(counsellor)
        client.post(url("register_contact", case), {"hva": "ikke-svar"})
        with acting_as(counsellor):
            made = ContactAttempt.objects.get()
        assert client.get(url("withdraw_contact", case, attempt_id=made.pk)).status_code == 200
        page = text_of(client.post(url("withdraw_contact", case, attempt_id=made.pk), follow=True))
        assert "(trukket tilbake)" in page
        assert now(case).attempts == 0

    def test_a_contact_a_status_rests_on_is_not_withdrawn(self, enter, counsellor, case):
        reached(case, counsellor)
        client = enter(counsellor)
        client.post(url("set_status", case), status_form(case))
        with acting_as(counsellor):
            made = ContactAttempt.objects.get()
        page = text_of(client.post(url("withdraw_contact", case, attempt_id=made.pk)))
        assert "En status bygger på denne kontakten" in page


class TestStatus:
    def test_unknown_activity_is_not_ended_without_contact_and_the_way_on_is_shown(self, enter, counsellor, case):
        response = enter(counsellor).post(url("set_status", case), status_form(case))
        page = text_of(response)
        assert response.status_code == 422
        assert "Det er ikke registrert noen kontakt med ungdommen." in page
        assert url("register_contact", case) in page
        assert now(case).status_code == "OTUK"

    def test_after_contact_the_status_is_set_and_stands_on_the_page(self, enter, counsellor, case):
        reached(case, counsellor)
        page = text_of(enter(counsellor).post(url("set_status", case), status_form(case), follow=True))
        assert "Status er satt: I arbeid." in page
        assert "Ungdommen selv svarte." in page
        assert now(case).status_code == "OTAR"

    def test_a_register_fact_ends_the_unknown_without_contact(self, enter, counsellor, case):
        given = status_form(case, "OTEV", basis="register", register_fact="enrolment")
        page = text_of(enter(counsellor).post(url("set_status", case), given, follow=True))
        assert "Elevregisteret viser at ungdommen har plass." in page

    def test_every_choice_shows_the_code_that_is_reported_outside_the_target_group_the_twin(
        self, enter, counsellor, school
    ):
        finished = make.case(school, has_completed=True)
        member = make.case(school)
        client = enter(counsellor)
        for each in (finished, member):
            reached(each, counsellor)
            client.post(url("set_status", each), status_form(each, "OTOV"))
        assert "I arbeid (OTAR)" in text_of(client.get(url("set_status", member)))
        page = text_of(client.get(url("set_status", finished)))
        assert "I arbeid (OTAR_IM)" in page
        client.post(url("set_status", finished), status_form(finished, "OTAR"))
        assert now(finished).status_code == "OTAR_IM"

    def test_a_mistake_is_no_choice_but_a_button_with_a_reason(self, enter, counsellor, case):
        client = enter(counsellor)
        assert 'value="Feil"' not in text_of(client.get(url("set_status", case)))
        version = now(case).version
        assert client.post(url("mark_mistake", case), {"reason": "", "version": version}).status_code == 422
        client.post(url("mark_mistake", case), {"reason": "Er elev ved Foss", "version": version})
        assert now(case).status_code == "Feil"

    def test_confirming_takes_one_press(self, enter, counsellor, case):
        with acting_as(make.system()):
            Registration.objects.filter(pk=case.pk).update(status_confirm_by=date(2026, 11, 1))
        client = enter(counsellor)
        assert "fristen var 1. nov. 2026" in text_of(client.get(url("person", case)))
        page = text_of(client.post(url("confirm_status", case), {"version": now(case).version}, follow=True))
        assert "Statusen er bekreftet i dag." in page
        assert "fristen var" not in page

    def test_a_status_is_corrected_for_a_period(self, enter, counsellor, case):
        reached(case, counsellor)
        client = enter(counsellor)
        client.post(url("set_status", case), status_form(case))
        given = {"code": "OTSY", "first_day": "2026-11-23", "reason": "Tastet feil", "version": now(case).version}
        page = text_of(client.post(url("correct_status", case), given, follow=True))
        assert "Historikken er rettet." in page
        assert now(case).status_code == "OTSY"

    def test_two_who_save_at_once_are_shown_both_versions_and_nothing_is_lost(self, enter, counsellor, admin, case):
        # Given a counsellor with the form open while the administration sets another status
        reached(case, counsellor)
        opened = status_form(case, "OTAR", text="Fortalte det på telefon")
        with acting_as(admin):
            statuses.set_status(
                actor=admin, registration_id=case.pk, code="OTSY", on=make.TODAY, ground=Ground(), version=None
            )
        # When the counsellor saves
        response = enter(counsellor).post(url("set_status", case), opened)
        page = text_of(response)
        # Then both versions are shown, and what was written is still in the form
        assert response.status_code == 409
        for told in (
            "Noen lagret før deg",
            "OTSY – Er syk/i institusjon",
            "OTAR – I arbeid",
            "Fortalte det på telefon",
        ):
            assert told in page
        assert now(case).status_code == "OTSY"
        # And saving once more, now with both in sight, is let through
        client = enter(counsellor)
        client.post(url("set_status", case), {**opened, "version": response.context["form"]["version"].value()})
        assert now(case).status_code == "OTAR"

    @pytest.mark.parametrize("name", ["set_status", "correct_status", "mark_mistake"])
    def test_a_leader_sets_no_status(self, enter, school, case, name):
        assert enter(make.actor(Role.UNIT_LEADER, school)).get(url(name, case)).status_code == 403


class TestJournal:
    def test_a_note_is_written_and_corrected_and_the_old_text_is_kept(self, enter, counsellor, case):
        client = enter(counsellor)
        client.post(url("journal", case), {"text": "Vil ha jobb.", "written_on": "2026-11-20"})
        with acting_as(counsellor):
            note = JournalNote.objects.get()
        client.post(url("correct_note", case, note_id=note.pk), {"text": "Vil ha sommerjobb.", "version": note.pk})
        page = text_of(client.get(url("journal", case)))
        assert "Vil ha sommerjobb." in page
        assert "Vil ha jobb." in page
        assert "rettet 23. nov. 2026" in page

    @pytest.mark.parametrize(("text", "says"), [("", "Må fylles ut"), ("   ", "Må fylles ut")])
    def test_an_empty_note_is_not_saved(self, enter, counsellor, case, text, says):
        response = enter(counsellor).post(url("journal", case), {"text": text, "written_on": "2026-11-20"})
        assert (response.status_code, says in text_of(response)) == (422, True)

    def test_two_who_correct_at_once_are_shown_both_texts(self, enter, counsellor, case):
        with acting_as(counsellor):
            note = journal.write_note(actor=counsellor, youth_id=case.youth_id, text="Først")
            journal.correct_note(actor=counsellor, note_id=note.pk, text="Kollegaens rettelse")
        client, address = enter(counsellor), url("correct_note", case, note_id=note.pk)
        response = client.post(address, {"text": "Min rettelse", "version": note.pk})
        page = text_of(response)
        assert "Kollegaens rettelse" in page
        assert page.count("Min rettelse") >= 2
        # And saving once more, now with both in sight, corrects the colleague's
        again = client.post(address, {"text": "Min rettelse", **seen(response)}, follow=True)
        assert "Notatet er rettet." in text_of(again)
        with acting_as(counsellor):
            assert JournalNote.objects.get(superseded_at=None).corrects.text == "Kollegaens rettelse"

    def test_the_coordination_neither_reads_nor_writes_in_the_schools_journal(self, enter, admin, counsellor, case):
        with acting_as(counsellor):
            note = journal.write_note(actor=counsellor, youth_id=case.youth_id, text="Bare for skolen")
        client = enter(admin)
        assert client.get(url("journal", case)).status_code == 404
        assert client.get(url("correct_note", case, note_id=note.pk)).status_code == 404
        assert "Bare for skolen" not in text_of(client.get(url("person", case)))
        assert "Bare for skolen" not in text_of(client.get(url("history", case)))


class TestMessages:
    def test_a_district_reports_instead_of_setting_a_status(self, enter, district):
        case = make.case(district)
        contact = make.actor(Role.DISTRICT_CONTACT, district)
        client = enter(contact)
        page = text_of(client.get(url("person", case)))
        assert "Meld til UDA" in page
        assert "Sett status" not in page
        assert client.get(url("set_status", case)).status_code == 403
        given = {"category": "in_activity", "activity_code": "OTAR", "on": "2026-11-20", "next_step": "Bydelen ringer"}
        given |= seen(client.get(url("send_feedback", case)))
        page = text_of(client.post(url("send_feedback", case), given, follow=True))
        assert "Meldingen er sendt." in page
        with acting_as(contact):
            assert Feedback.objects.get().activity_code == "OTAR"

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ({"category": "in_activity"}, "Velg hvilken aktivitet det er"),
            ({"category": ""}, "Må fylles ut"),
            ({"on": "2026-12-01"}, "fram i tid"),
        ],
    )
    def test_what_is_missing_is_said(self, enter, district, given, says):
        case = make.case(district)
        client = enter(make.actor(Role.DISTRICT_CONTACT, district))
        response = client.post(
            url("send_feedback", case), {"category": "reached", "on": "2026-11-20", "version": 0, **given}
        )
        assert (response.status_code, says in text_of(response)) == (422, True)

    def test_nav_has_three_answers_and_no_text(self, enter, case):
        office = make.unit(UnitKind.NAV_OFFICE)
        make.grant(case.youth, office, Topic.IDENTITY, Topic.FEEDBACK)
        client = enter(make.actor(Role.NAV_RESPONSIBLE, office))
        form = client.get(url("send_feedback", case)).context["form"]
        assert [value for value, _label in form.fields["category"].choices] == ["moved", "followed_up", "still_unknown"]
        assert set(form.fields) == {"category", "on", "version"}
        given = {"category": "followed_up", "on": "2026-11-20", "version": 0}
        page = client.post(url("send_feedback", case), given, follow=True)
        assert "Meldingen er sendt." in text_of(page)


class TestResponsibility:
    def test_the_administration_moves_the_case_with_a_reason(self, enter, admin, other_school, case):
        given = {"holder": opaque.encode(other_school.pk), "on": "2026-11-23", "version": now(case).version}
        client = enter(admin)
        assert client.post(url("assign", case), {**given, "reason": ""}).status_code == 422
        page = text_of(client.post(url("assign", case), {**given, "reason": "Begynner her i januar"}, follow=True))
        assert "Andre videregående skole" in page
        assert "Begynner her i januar" in page

    def test_a_unit_that_cannot_answer_is_no_choice(self, enter, admin, case):
        office = make.unit(UnitKind.NAV_OFFICE)
        given = {"holder": opaque.encode(office.pk), "on": "2026-11-23", "reason": "x", "version": now(case).version}
        assert "Velg noe fra listen" in text_of(enter(admin).post(url("assign", case), given))

    def test_the_rules_may_decide_again(self, enter, admin, case):
        page = text_of(
            enter(admin).post(url("assign", case), {"etter": "reglene", "version": now(case).version}, follow=True)
        )
        assert "Reglene har bestemt enheten." in page
        with acting_as(admin):
            assert Responsibility.objects.get(last_day=None).ground in {"rule", "undecided"}

    def test_two_who_move_at_once_are_shown_both(self, enter, admin, other_school, case):
        given = {"holder": opaque.encode(other_school.pk), "on": "2026-11-23", "reason": "Mitt", "version": 0}
        page = text_of(enter(admin).post(url("assign", case), given))
        assert "Noen lagret før deg" in page
        assert "Prøve videregående skole" in page

    def test_a_counsellor_moves_nothing(self, enter, counsellor, case):
        assert enter(counsellor).get(url("assign", case)).status_code == 403


class TestIdentity:
    def youth(self, case) -> Youth:
        with acting_as(make.system()):
            return Youth.objects.get(pk=case.youth_id)

    def test_a_name_is_corrected_and_the_number_is_kept_and_never_shown(self, enter, counsellor, case):
        before = self.youth(case)
        client = enter(counsellor)
        assert before.national_id not in text_of(client.get(url("edit_identity", case)))
        given = {
            "first_name": "Aminah",
            "last_name": "Prøvesen",
            "born": "2008-05-14",
            "reason": "typo",
            "version": before.version,
        }
        client.post(url("edit_identity", case), given)
        after = self.youth(case)
        assert (after.first_name, after.national_id) == ("Aminah", before.national_id)

    def test_a_number_that_cannot_be_is_refused_in_words(self, enter, counsellor, case):
        given = {
            "first_name": "A",
            "last_name": "B",
            "born": "2008-05-14",
            "national_id": "12345678901",
            "reason": "typo",
            "version": 1,
        }
        response = enter(counsellor).post(url("edit_identity", case), given)
        assert response.status_code == 422
        assert response.context["form"].non_field_errors()

    def test_two_who_correct_at_once_are_shown_both(self, enter, counsellor, case):
        given = {"first_name": "Mitt", "last_name": "Navn", "born": "2008-05-14", "reason": "typo", "version": 0}
        response = enter(counsellor).post(url("edit_identity", case), given)
        page = text_of(response)
        assert "Noen lagret før deg" in page
        assert 'value="Mitt"' in page
        enter(counsellor).post(
            url("edit_identity", case), {**given, "version": response.context["form"]["version"].value()}
        )
        assert self.youth(case).first_name == "Mitt"

    def test_telephone_guardian_and_address_are_added_and_ended(self, enter, counsellor, school):
        case = make.case(school, born=date(2010, 2, 2))
        client = enter(counsellor)
        client.post(url("add_contact_detail", case), {"kind": "phone", "value": "400 00 001", "source": "ungdommen"})
        client.post(url("add_guardian", case), {"name": "Fatma Prøve", "relation": "mor", "source": "ungdommen"})
        client.post(
            url("set_address", case),
            {"kind": "stay", "street": "Nyveien 2", "postcode": "0571", "city": "Oslo", "first_day": "2026-11-01",
             "source": "ungdommen"},
        )  # fmt: skip
        page = text_of(client.get(url("person", case)))
        for shown in ("40 00 00 01", "Fatma Prøve", "Nyveien 2"):
            assert shown in page
        with acting_as(counsellor):
            ends = {
                "end_contact_detail": {"detail_id": ContactDetail.objects.get().pk},
                "end_guardian": {"guardian_id": Guardian.objects.get().pk},
                "end_address": {"address_id": Address.objects.get().pk},
            }
        for name, which in ends.items():
            assert client.post(url(name, case, **which), {"last_day": "2026-11-22"}).status_code == 302
        page = text_of(client.get(url("person", case)))
        for gone in ("40 00 00 01", "Fatma Prøve", "Nyveien 2"):
            assert gone not in page

    @pytest.mark.parametrize(
        ("name", "given", "says"),
        [
            ("add_contact_detail", {"kind": "phone", "value": "123", "source": "x"}, "åtte sifre"),
            ("add_contact_detail", {"kind": "email", "value": "ikke en", "source": "x"}, "ikke en e-postadresse"),
            ("add_guardian", {"name": "", "source": "x"}, "Må fylles ut"),
            (
                "set_address",
                {"kind": "stay", "street": "A", "postcode": "57", "city": "Oslo", "source": "x"},
                "fire sifre",
            ),
        ],
    )
    def test_what_is_wrong_is_said(self, enter, counsellor, case, name, given, says):
        response = enter(counsellor).post(url(name, case), {"first_day": "2026-11-01", **given})
        assert (response.status_code, says in text_of(response)) == (422, True)

    def test_a_protected_address_is_not_written_by_the_unit(self, enter, counsellor, school):
        case = make.case(school, protection=Protection.CONFIDENTIAL)
        given = {"kind": "stay", "street": "A 1", "postcode": "0571", "city": "Oslo", "first_day": "2026-11-01"}
        page = text_of(enter(counsellor).post(url("set_address", case), {**given, "source": "x"}))
        assert "Adressen er beskyttet." in page

    def test_anothers_number_is_not_found_under_this_youth(self, enter, counsellor, case, school):
        other = make.case(school)
        client = enter(counsellor)
        client.post(url("add_contact_detail", other), {"kind": "phone", "value": "40000001", "source": "x"})
        with acting_as(counsellor):
            pk = ContactDetail.objects.get().pk
        assert client.get(url("end_contact_detail", case, detail_id=pk)).status_code == 404
