"""The history of a case: what it was, what it became, who, when and why; and the case as it was known at a moment."""

from datetime import date, datetime

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import Basis
from fotfeste.casework.services import contacts, counsellors, merging, registrations, responsibility, statuses
from fotfeste.casework.services.statuses import Ground
from fotfeste.kernel import clock
from fotfeste.kernel.clock import OSLO
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.enums import Protection
from fotfeste.people.models import Youth
from fotfeste.people.services import identity
from tests import factories as make

pytestmark = pytest.mark.django_db


def at(day: int, hour: int = 10, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=OSLO)


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def kari(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Berg")


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Marit Lunde")


@pytest.fixture
def handler():
    return make.actor(Role.PROTECTED_HANDLER, make.education_admin(), name="Anders Vik")


@pytest.fixture
def case(school):
    return make.case(school, recorded_at=at(12, 9, month=9))


@pytest.fixture
def open_history(client):
    def opened(actor, case, **query):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client.get(reverse("casework:history", kwargs={"youth_id": case.youth_id}), query)

    return opened


def lines(response) -> list[tuple[str, ...]]:
    """Return (what, before, after, who, why) of each line, the latest first."""
    return [(row.said.what, row.said.before, row.said.after, row.by, row.said.why) for row in response.context["rows"]]


def line(response, what: str):
    return next(row for row in response.context["rows"] if row.said.what == what)


def known(response) -> list[tuple[str, str, date | None, date | None]]:
    return [(row.what, row.said, row.first_day, row.last_day) for row in response.context["known_rows"]]


def set_status(actor, case, code: str, when: datetime) -> None:
    with clock.frozen(when), acting_as(actor, on=when.date()):
        contacts.register_attempt(
            actor=actor, youth_id=case.youth_id, on=when.date(), channel="call", result="answered",
            answered_by="youth",
        )  # fmt: skip
        statuses.set_status(
            actor=actor, registration_id=case.pk, code=code, on=when.date(), version=None, ground=Ground(Basis.CONTACT)
        )


def correct(actor, case, code: str, first_day: date, last_day: date | None, why: str, when: datetime) -> None:
    with clock.frozen(when), acting_as(actor, on=when.date()):
        statuses.correct_status(
            actor=actor, registration_id=case.pk, code=code, first_day=first_day, last_day=last_day, reason=why,
            version=None,
        )  # fmt: skip


def move(admin, case, holder, *, on: date, when: datetime, why: str = "Bor nærmere") -> None:
    with clock.frozen(when), acting_as(admin, on=when.date()):
        responsibility.assign(actor=admin, youth_id=case.youth_id, holder_id=holder.pk, reason=why, version=None, on=on)


def rename(actor, case, *, last_name: str, reason: str = "changed", **more) -> None:
    with acting_as(actor):
        youth = Youth.objects.get(pk=case.youth_id)
        given = {"first_name": youth.first_name, "born": youth.born, "national_id": youth.national_id or "", **more}
        identity.correct_identity(
            actor=actor, youth_id=youth.pk, version=youth.version, last_name=last_name, reason=reason, **given
        )


def protect(handler, case, grade: Protection) -> None:
    with acting_as(handler):
        identity.set_protection(actor=handler, youth_id=case.youth_id, grade=grade)


class TestStatus:
    def test_a_new_status_tells_what_it_was_and_who_set_it_why(self, open_history, kari, case):
        set_status(kari, case, "OTAR", at(3))
        page = open_history(kari, case)
        row = line(page, "Status")
        assert (row.said.before, row.said.after) == ("Ukjent aktivitet", "I arbeid")
        assert (row.by, row.said.why, row.at) == ("Kari Berg", "Kontakt med ungdommen", at(3))
        assert (row.first_day, row.last_day) == (date(2026, 11, 3), None)

    def test_a_replaced_status_stands_with_what_took_its_place(self, open_history, kari, case):
        # Given a status set by mistake and corrected a week after
        set_status(kari, case, "OTAR", at(3))
        correct(kari, case, "OTUK", date(2026, 11, 3), None, "Det var broren", at(10))
        # When the history is opened, then both stand, with who and why
        told = [row for row in lines(open_history(kari, case)) if row[0] == "Status"]
        assert told[:2] == [
            ("Status", "I arbeid", "Ukjent aktivitet", "Kari Berg", "Rettet registrering: Det var broren"),
            ("Status", "Ukjent aktivitet", "I arbeid", "Kari Berg", "Kontakt med ungdommen"),
        ]

    def test_a_move_is_no_change_of_status(self, open_history, admin, case):
        move(admin, case, make.unit(), on=date(2026, 11, 10), when=at(10))
        assert [row[1:3] for row in lines(open_history(admin, case)) if row[0] == "Status"] == [
            ("", "Ukjent aktivitet")
        ]


class TestResponsibility:
    def test_a_move_tells_from_which_unit_to_which_by_whom_and_why(self, open_history, admin, case):
        other = make.unit(name="Andre videregående skole")
        move(admin, case, other, on=date(2026, 11, 10), when=at(10))
        row = line(open_history(admin, case), "Ansvarlig enhet")
        assert (row.said.before, row.said.after) == ("Prøve videregående skole", "Andre videregående skole")
        assert (row.by, row.said.why, row.first_day) == ("Marit Lunde", "Bor nærmere", date(2026, 11, 10))

    def test_the_unit_of_a_protected_youth_is_told_to_those_who_may_know_it(self, open_history, admin, handler, school):
        case = make.case(school, protection=Protection.CONFIDENTIAL)
        other = make.unit(name="Hemmelig videregående skole")
        move(admin, case, other, on=make.TODAY, when=at(23, 15), why="Bor ved skolen i Hemmelig")
        page = open_history(admin, case)
        row = line(page, "Ansvarlig enhet")
        assert (row.said.before, row.said.after, row.said.why, row.by) == ("Vises ikke", "Vises ikke", "", "")
        assert "Hemmelig" not in page.content.decode()
        assert line(open_history(handler, case), "Ansvarlig enhet").said.after == other.name

    def test_who_was_the_responsible_person_is_told_each_time(self, open_history, kari, school, case):
        ola = make.actor(Role.COUNSELLOR, school, name="Ola Lie")
        for person, when in ((kari, at(2)), (ola, at(9))):
            with clock.frozen(when), acting_as(person, on=when.date()):
                counsellors.assign_counsellor(
                    actor=person, youth_id=case.youth_id, counsellor_id=person.user_id, version=None
                )
        told = [row for row in lines(open_history(kari, case)) if row[0] == "Ansvarlig person"]
        assert told == [
            ("Ansvarlig person", "Kari Berg", "Ola Lie", "Ola Lie", "Valgt av enheten"),
            ("Ansvarlig person", "Ingen", "Kari Berg", "Kari Berg", "Valgt av enheten"),
        ]

    def test_the_end_of_a_registration_says_who_ended_it_and_why(self, open_history, admin, case):
        with clock.frozen(at(16)), acting_as(admin, on=date(2026, 11, 16)):
            registrations.close_registration(
                actor=admin, registration_id=case.pk, last_day=date(2026, 11, 15), end_reason="completed", version=None
            )
        page = open_history(admin, case)
        row = line(page, "Tilmeldingen avsluttet")
        assert (row.at, row.by, row.said.why) == (at(16), "Marit Lunde", "Har fullført og bestått")
        assert not [told for told in lines(page) if told[0] == "Status" and not told[2]]


class TestWhoTheYouthIs:
    def test_a_new_name_stands_with_the_old_one_and_why(self, open_history, kari, case):
        rename(kari, case, last_name="Nysen")
        row = line(open_history(kari, case), "Navn")
        assert (row.said.before, row.said.after) == ("Amina Prøvesen", "Amina Nysen")
        assert (row.by, row.said.why) == ("Kari Berg", "Endret i Folkeregisteret")

    def test_a_number_is_never_shown_whole(self, open_history, kari, school):
        # Given a youth without a number that gets one, and then another with the same birth date
        case = make.case(school, national_id=None)
        born = date(2008, 5, 14)
        first, second = make.tenor_number(born, 11), make.tenor_number(born, 12)
        rename(kari, case, last_name="Prøvesen", national_id=first)
        rename(kari, case, last_name="Prøvesen", national_id=second, reason="typo")
        # When, then
        page = open_history(kari, case)
        told = [row for row in lines(page) if row[0] == "Identitetsnummer"]
        kind = "Syntetisk fødselsnummer (Tenor)"
        assert told == [
            (
                "Identitetsnummer",
                f"148508 ••••• ({kind})",
                f"148508 ••••• ({kind}) – de fem siste sifrene er endret",
                "Kari Berg",
                "Skrivefeil",
            ),
            ("Identitetsnummer", "Uten nummer", f"148508 ••••• ({kind})", "Kari Berg", "Endret i Folkeregisteret"),
        ]
        assert first[6:] not in page.content.decode()

    def test_a_birth_date_stands_with_the_one_before(self, open_history, kari, school):
        case = make.case(school, national_id=None)
        rename(kari, case, last_name="Prøvesen", born=date(2008, 5, 15), reason="typo")
        row = line(open_history(kari, case), "Fødselsdato")
        assert (row.said.before, row.said.after) == ("14.\xa0mai\xa02008", "15.\xa0mai\xa02008")

    def test_what_an_import_changed_is_the_imports(self, open_history, kari, case):
        with acting_as(make.system()):
            Youth.objects.filter(pk=case.youth_id).update(last_name="Registersen")
        row = line(open_history(kari, case), "Navn")
        assert (row.said.after, row.by, row.said.why) == ("Amina Registersen", "Fotfeste – innlesing", "")


class TestProtected:
    def test_the_handler_sees_when_protection_came_and_went(self, open_history, handler, case):
        protect(handler, case, Protection.CONFIDENTIAL)
        protect(handler, case, Protection.NONE)
        told = [row[1:4] for row in lines(open_history(handler, case)) if row[0] == "Adressebeskyttelse"]
        assert told == [("Fortrolig", "Ugradert", "Anders Vik"), ("Ugradert", "Fortrolig", "Anders Vik")]

    @pytest.mark.parametrize("who", ["kari", "admin"])
    def test_of_a_protected_youth_nobody_else_sees_what_it_was_called_before(
        self, open_history, request, handler, kari, case, who
    ):
        rename(kari, case, last_name="Fersksen")
        protect(handler, case, Protection.STRICTLY_CONFIDENTIAL)
        page = open_history(request.getfixturevalue(who), case)
        assert not [row for row in lines(page) if row[0] in {"Navn", "Adressebeskyttelse"}]
        assert "Prøvesen" not in page.content.decode()
        assert [row[1] for row in lines(open_history(handler, case)) if row[0] == "Navn"] == ["Amina Prøvesen"]

    @pytest.mark.parametrize("who", ["kari", "admin"])
    def test_protection_that_is_lifted_leaves_nothing_to_others(self, open_history, request, handler, kari, case, who):
        # Given a name changed before, one changed under protection, and the protection lifted
        rename(kari, case, last_name="Før")
        protect(handler, case, Protection.CONFIDENTIAL)
        rename(kari, case, last_name="Skjult")
        rename(kari, case, last_name="Etter")
        protect(handler, case, Protection.NONE)
        # When somebody else opens the history
        page = open_history(request.getfixturevalue(who), case)
        # Then only what happened before is told, and nothing of that there was protection
        assert [row[1:3] for row in lines(page) if row[0] == "Navn"] == [("Amina Prøvesen", "Amina Før")]
        assert "Adressebeskyttelse" not in {row[0] for row in lines(page)}
        assert "Skjult" not in page.content.decode()

    def test_the_database_itself_holds_the_history_back(self, handler, kari, admin, case):
        rename(kari, case, last_name="Fersksen")
        protect(handler, case, Protection.CONFIDENTIAL)
        events = Youth._meta.apps.get_model("people", "YouthEvent").objects.filter(pgh_obj_id=case.youth_id)
        counted = {}
        for who, actor in {"unit": kari, "county": admin, "handler": handler}.items():
            with acting_as(actor):
                counted[who] = events.count()
        assert counted == {"unit": 0, "county": 0, "handler": 2}

    def test_the_history_follows_the_youth_and_stays_with_nobody_it_has_left(self, kari, admin, case):
        rename(kari, case, last_name="Fersksen")
        other = make.unit()
        move(admin, case, other, on=make.TODAY, when=at(23))
        events = Youth._meta.apps.get_model("people", "YouthEvent").objects.filter(pgh_obj_id=case.youth_id)
        with acting_as(make.actor(Role.COUNSELLOR, other)):
            assert {event.last_name for event in events} == {"Prøvesen", "Fersksen"}
        with acting_as(kari):
            assert not events.all().exists()

    def test_as_known_then_names_no_former_name_of_a_protected_youth(self, open_history, handler, kari, case):
        rename(kari, case, last_name="Fersksen")
        protect(handler, case, Protection.CONFIDENTIAL)
        page = open_history(kari, case, kjent="2026-11-22")
        assert "Navn" not in {row[0] for row in known(page)}


class TestMerged:
    @pytest.fixture
    def merged(self, school, admin, case):
        twin = make.case(school, last_name="Prøveson", national_id=None, recorded_at=at(1, month=10))
        with clock.frozen(at(20)), acting_as(admin, on=date(2026, 11, 20)):
            merge = merging.merge_youths(
                actor=admin, kept_id=case.youth_id, absorbed_id=twin.youth_id, reason="Samme telefon"
            )
        return merge, twin

    def test_whoever_answers_for_the_youth_sees_the_merge_and_why(self, open_history, kari, case, merged):
        row = line(open_history(kari, case), "Slått sammen")
        assert (row.said.before, row.said.after) == ("To registreringer", "Amina Prøvesen")
        assert (row.at, row.by, row.said.why) == (at(20), "Marit Lunde", "Samme telefon")

    def test_a_merge_taken_back_stands_with_who_took_it_back(self, open_history, admin, case, merged):
        with clock.frozen(at(21)), acting_as(admin, on=date(2026, 11, 21)):
            merging.undo_merge(actor=admin, merge_id=merged[0])
        assert [row[0] for row in lines(open_history(admin, case)) if "lått" in row[0] or "låing" in row[0]] == [
            "Sammenslåing angret",
            "Slått sammen",
        ]

    def test_another_schools_counsellor_sees_nothing_of_it(self, open_history, case, merged):
        stranger = make.actor(Role.COUNSELLOR, make.unit())
        assert open_history(stranger, case).status_code == 404


class TestKnownThen:
    def test_what_was_recorded_since_is_left_out_and_what_was_replaced_is_back(self, open_history, kari, case):
        # Given a status set on the 3rd and corrected on the 10th
        set_status(kari, case, "OTAR", at(3))
        correct(kari, case, "OTUK", date(2026, 11, 3), None, "Det var broren", at(10))
        # When it is asked for as known on the 5th
        page = open_history(kari, case, kjent="2026-11-05")
        # Then
        assert [row for row in known(page) if row[0] == "Status"] == [
            ("Status", "I arbeid", date(2026, 11, 3), None),
            ("Status", "Ukjent aktivitet", date(2026, 9, 12), date(2026, 11, 2)),
        ]
        assert ("Kontakt", "1 forsøk, sist nådd 3.\xa0nov.\xa02026", None, None) in known(page)

    def test_a_move_told_of_late_was_not_known_before(self, open_history, admin, school, case):
        other = make.unit(name="Andre videregående skole")
        move(admin, case, other, on=date(2026, 11, 1), when=at(20))
        before, after = (open_history(admin, case, kjent=day) for day in ("2026-11-10", "2026-11-20"))
        assert [row for row in known(before) if row[0] == "Ansvarlig enhet"] == [
            ("Ansvarlig enhet", school.name, date(2026, 9, 12), None)
        ]
        assert [row for row in known(after) if row[0] == "Ansvarlig enhet"] == [
            ("Ansvarlig enhet", other.name, date(2026, 11, 1), None),
            ("Ansvarlig enhet", school.name, date(2026, 9, 12), date(2026, 10, 31)),
        ]

    def test_a_unit_replaced_on_its_first_day_answered_until_further_notice_as_known_before(
        self, open_history, admin, school, case
    ):
        move(admin, case, make.unit(), on=date(2026, 9, 12), when=at(20))
        page = open_history(admin, case, kjent="2026-11-10")
        assert [row for row in known(page) if row[0] == "Ansvarlig enhet"] == [
            ("Ansvarlig enhet", school.name, date(2026, 9, 12), None)
        ]

    def test_a_registration_was_open_until_somebody_closed_it(self, open_history, admin, case):
        with clock.frozen(at(16)), acting_as(admin, on=date(2026, 11, 16)):
            registrations.close_registration(
                actor=admin, registration_id=case.pk, last_day=date(2026, 11, 2), end_reason="completed", version=None
            )
        days = {
            day: next(row[3] for row in known(open_history(admin, case, kjent=day)) if row[0] == "Tilmeldt")
            for day in ("2026-11-10", "2026-11-16")
        }
        assert days == {"2026-11-10": None, "2026-11-16": date(2026, 11, 2)}

    def test_the_youth_is_called_what_it_was_called(self, open_history, kari, case):
        rename(kari, case, last_name="Nysen")
        page = open_history(kari, case, kjent="2026-11-22")
        assert ("Navn", "Amina Prøvesen", None, None) in known(page)

    def test_before_anything_was_recorded_it_says_so(self, open_history, kari, case):
        assert "Saken var ikke registrert ennå" in open_history(kari, case, kjent="2026-09-01").content.decode()

    def test_each_line_leads_to_the_case_as_it_was_known_right_then(self, open_history, kari, case):
        set_status(kari, case, "OTAR", at(3))
        moment = line(open_history(kari, case), "Status").moment
        page = open_history(kari, case, kjent=moment)
        assert page.context["known"].at == at(3)
        assert ("Status", "I arbeid", date(2026, 11, 3), None) in known(page)

    @pytest.mark.parametrize(
        "text", ["i går", "2026-13-40", "2026-11-05T99:00", "0001-01-01T00:00:00+14:00", "2027-01-01"]
    )
    def test_a_day_that_cannot_be_is_told_in_the_form(self, open_history, kari, case, text):
        page = open_history(kari, case, kjent=text)
        assert page.status_code == 200
        assert page.context["known"] is None or page.context["known"].is_empty


def test_a_contact_taken_back_tells_by_whom(open_history, kari, school, case):
    ola = make.actor(Role.COUNSELLOR, school, name="Ola Lie")
    with clock.frozen(at(5)), acting_as(kari, on=date(2026, 11, 5)):
        made = contacts.register_attempt(
            actor=kari, youth_id=case.youth_id, on=date(2026, 11, 5), channel="sms", result="sent"
        )
    with clock.frozen(at(6)), acting_as(ola, on=date(2026, 11, 6)):
        contacts.withdraw_attempt(actor=ola, attempt_id=made.attempt.pk)
    page = open_history(kari, case)
    row = line(page, "Kontakt trukket tilbake")
    assert (row.said.before, row.said.after, row.by) == ("SMS: Sendt, ikke besvart", "Teller ikke", "Ola Lie")
    assert "<s>SMS: Sendt, ikke besvart</s>" in page.content.decode()


def test_the_history_is_narrowed_to_one_kind_and_keeps_the_moment_asked_for(open_history, kari, case):
    set_status(kari, case, "OTAR", at(3))
    page = open_history(kari, case, vis="ansvar", kjent="2026-11-05")
    assert {row[0] for row in lines(page)} == {"Ansvarlig enhet"}
    assert page.context["known"] is not None


def test_a_district_asked_about_a_youth_reads_no_former_name(open_history, kari, case):
    rename(kari, case, last_name="Nysen")
    district = make.unit(UnitKind.DISTRICT, name="Bydel Prøve", code="039901")
    make.grant(case.youth, district, Topic.IDENTITY, Topic.STATUS)
    page = open_history(make.actor(Role.DISTRICT_CONTACT, district), case)
    assert "Prøvesen" not in page.content.decode()
