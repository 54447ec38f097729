"""A former apprentice: the district follows up and reports, the last upper secondary school registers (amb-33)."""

from datetime import date

import pytest
from django.urls import reverse

from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground, Topic
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import (
    ContactAttempt,
    Feedback,
    JournalNote,
    MembershipDecision,
    Registration,
    Responsibility,
)
from fotfeste.casework.selectors.needs import Need, needing
from fotfeste.casework.services import (
    contacts,
    feedback,
    handling,
    journal,
    merging,
    registrars,
    registrations,
    responsibility,
    statuses,
)
from fotfeste.casework.services.statuses import Ground as StatusGround
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Address, ContactDetail, Enrolment, Youth
from fotfeste.people.services import addresses, enrolments
from fotfeste.people.services.addresses import Place
from tests import factories as make

pytestmark = pytest.mark.django_db

OPENED = date(2026, 11, 1)


def a_former_apprentice(school, district, **said) -> Youth:
    """Make a youth who went to the school, and then was an apprentice until the contract was terminated."""
    worker, youth = make.system(), make.youth(make.education_admin(), **said)
    with acting_as(worker):
        for kind, at, first, last, why in (
            ("pupil", school, date(2024, 8, 18), date(2026, 6, 19), "year_ended"),
            ("apprentice", None, date(2026, 8, 1), date(2026, 10, 31), "contract_terminated"),
        ):
            enrolments.record_enrolment(
                actor=worker, youth_id=youth.pk, kind=kind, school_id=at.pk if at else None, first_day=first,
                last_day=last, end_reason=why, source="test",
            )  # fmt: skip
        addresses.set_address(
            actor=worker, youth_id=youth.pk, kind="registered", first_day=date(2020, 1, 1), source="test", seen_id=None,
            place=Place(municipality="0301", district_code=district.code, street="Prøveveien 1"),
        )  # fmt: skip
    return youth


def register(admin, youth) -> Registration:
    with acting_as(admin):
        registration = registrations.open_registration(
            actor=admin, youth_id=youth.pk, reason="contract_terminated", first_day=OPENED, source="test"
        )
    registration.youth = youth
    return registration


@pytest.fixture
def youth(school, district):
    return a_former_apprentice(school, district)


@pytest.fixture
def former(admin, youth):
    """The registration of a former apprentice."""
    return register(admin, youth)


@pytest.fixture
def contact(district):
    return make.actor(Role.DISTRICT_CONTACT, district)


def open_grants() -> list[tuple[int, str]]:
    with acting_as(make.system()):
        rows = AccessGrant.objects.filter(ground=Ground.STATUS_REGISTRAR, closed_at=None)
        return list(rows.order_by("unit_id", "topic").values_list("unit_id", "topic"))


def reported(contact, case, category="followed_up", **said) -> Feedback:
    with acting_as(contact):
        return feedback.send_feedback(
            actor=contact, youth_id=case.youth_id, category=category, on=clock.today(), **said
        )


@pytest.mark.proves("amb-33")
def test_the_last_school_is_told_who_it_is_and_how_the_case_stands_and_nothing_else(
    former, school, district, counsellor, contact, admin
):
    # Given a case the district answers for, with what only the one who follows up needs
    assert former.unit_id == district.pk
    with acting_as(contact):
        journal.write_note(actor=contact, youth_id=former.youth_id, text="Et notat", written_on=clock.today())
        identity_of = Youth.objects.get(pk=former.youth_id)
    # Then the school sees name and status
    with acting_as(counsellor):
        assert Youth.objects.get().pk == identity_of.pk
        assert Registration.objects.get().pk == former.pk
        # And neither journal, address, telephone nor school history
        assert [model.objects.count() for model in (JournalNote, Address, ContactDetail, Enrolment)] == [0, 0, 0, 0]
    # And the grant is dated and says why
    with acting_as(admin):
        grant = AccessGrant.objects.filter(topic=Topic.STATUS).get()
        held = Responsibility.objects.get(youth_id=former.youth_id)
    assert (grant.unit_id, grant.ground, grant.source, grant.first_day, grant.closed_at) == (
        school.pk, Ground.STATUS_REGISTRAR, f"responsibility:{held.pk}", OPENED, None,
    )  # fmt: skip


def test_nobody_else_at_the_school_and_no_other_school_is_told(former, school, other_school):
    for other in (make.actor(Role.UNIT_LEADER, school), make.actor(Role.COUNSELLOR, other_school)):
        with acting_as(other):
            assert not Youth.objects.exists()
            assert not Registration.objects.exists()


@pytest.mark.proves("amb-33")
def test_the_school_sets_the_status_by_what_the_district_has_reported(former, counsellor, contact):
    # Given what the district has told
    reported(contact, former, "in_activity", activity_code="OTAR")
    # When the school registers it
    with acting_as(counsellor):
        ground = StatusGround(Basis.REGISTER, register_fact="partner_report")
        event = statuses.set_status(
            actor=counsellor,
            registration_id=former.pk,
            code="OTAR",
            on=clock.today(),
            ground=ground,
            version=former.version,
        )
    # Then it stands, by the school
    assert (event.code, event.set_by_id) == ("OTAR", counsellor.user_id)


@pytest.mark.proves("amb-33")
def test_membership_is_judged_by_all_the_facts_though_the_school_knows_few(former, counsellor, contact, admin):
    # Given a youth who must be judged by a school history the school does not see
    with acting_as(admin):
        before = MembershipDecision.objects.get(youth_id=former.youth_id, is_current=True)
    reported(contact, former)
    # When the school sets a status
    with acting_as(counsellor):
        ground = StatusGround(Basis.REGISTER, register_fact="partner_report")
        statuses.set_status(
            actor=counsellor, registration_id=former.pk, code="OTOV", on=clock.today(), ground=ground, version=None
        )
    # Then the decision still tells of the contract that was broken off
    with acting_as(admin):
        after = MembershipDecision.objects.get(youth_id=former.youth_id, is_current=True)
    assert (before.statutory, after.statutory) == ("in_ot", "in_ot")
    rules = [reason["rule"] for reason in after.explanation.body["statutory"]["reasons"]]
    assert "tg-apprentice-leaver" in rules
    assert after.explanation.body["unit"]["outcome"]["rule"] == "unit-apprentice"


def test_the_school_confirms_a_status_and_says_that_a_registration_was_a_mistake(former, counsellor):
    with acting_as(counsellor):
        statuses.confirm_status(actor=counsellor, registration_id=former.pk, version=former.version)
        registrations.mark_registered_by_mistake(
            actor=counsellor, registration_id=former.pk, reason="Har hele tiden vært elev", version=None
        )
        assert Registration.objects.get().status_code == "Feil"


def test_the_contact_rule_holds_for_the_school_as_for_others(former, counsellor):
    with acting_as(counsellor), pytest.raises(NotAllowed, match="ikke registrert noen kontakt"):
        statuses.set_status(
            actor=counsellor,
            registration_id=former.pk,
            code="OTAR",
            on=clock.today(),
            ground=StatusGround(),
            version=None,
        )


def test_following_up_stays_with_the_district(former, counsellor, contact):
    sought = {"youth_id": former.youth_id, "on": clock.today(), "channel": "call", "result": "no_answer"}
    with acting_as(counsellor), pytest.raises(NotAllowed):
        contacts.register_attempt(actor=counsellor, **sought)
    with acting_as(counsellor), pytest.raises(NotAllowed):
        journal.write_note(actor=counsellor, youth_id=former.youth_id, text="Et notat", written_on=clock.today())
    with acting_as(contact):
        contacts.register_attempt(actor=contact, **sought)
        assert ContactAttempt.objects.count() == 1


def test_the_district_still_reports_and_does_not_set_the_status(former, contact):
    with acting_as(contact), pytest.raises(NotAllowed, match="Bydelen melder fra"):
        statuses.set_status(
            actor=contact, registration_id=former.pk, code="OTOV", on=clock.today(), ground=StatusGround(), version=None
        )


def test_the_school_turns_the_districts_report_into_a_status_with_one_click(former, counsellor, contact, admin):
    sent = reported(contact, former)
    with acting_as(counsellor):
        assert Feedback.objects.get().pk == sent.pk
        handling.accept_feedback(actor=counsellor, feedback_id=sent.pk, version=sent.version)
        assert Registration.objects.get().status_code == "OTOV"
    # The administration, whose desk it lies on too, is told that it is done
    with acting_as(admin), pytest.raises(EditConflict):
        handling.accept_feedback(actor=admin, feedback_id=sent.pk, version=sent.version)


def test_what_others_than_the_responsible_unit_report_is_not_the_schools_to_read(former, counsellor, contact):
    office = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
    make.grant(former.youth, office, Topic.IDENTITY, Topic.FEEDBACK)
    nav = make.actor(Role.NAV_RESPONSIBLE, office)
    reported(nav, former)
    with acting_as(counsellor):
        assert not Feedback.objects.exists()


def test_a_move_is_for_the_administration_which_checks_the_address(former, counsellor, contact):
    sent = reported(contact, former, "moved")
    with acting_as(counsellor), pytest.raises(NotAllowed):
        handling.accept_feedback(actor=counsellor, feedback_id=sent.pk, version=None, address_checked=True)


def _closed(actor, former, school):
    registrations.close_registration(
        actor=actor, registration_id=former.pk, last_day=clock.today(), end_reason="other", version=None
    )


def _given_to_the_school(actor, former, school):
    responsibility.assign(actor=actor, youth_id=former.youth_id, holder_id=school.pk, reason="Elev igjen", version=None)


def _merged(actor, former, school):
    kept = make.case(school, first_name="Amina")
    merging.merge_youths(actor=actor, kept_id=kept.youth_id, absorbed_id=former.youth_id, reason="Samme person")


@pytest.mark.proves("amb-33")
@pytest.mark.parametrize(
    "act",
    [
        pytest.param(_closed, id="the registration is closed"),
        pytest.param(_given_to_the_school, id="the school answers itself"),
        pytest.param(_merged, id="the registration is taken up in another"),
    ],
)
def test_what_was_opened_is_closed_when_its_ground_ends(former, admin, school, act):
    assert {unit for unit, _ in open_grants()} == {school.pk}
    with acting_as(admin):
        act(admin, former, school)
    assert open_grants() == []


def test_the_grant_follows_a_merge_that_is_undone(former, admin, school):
    with acting_as(admin):
        kept = make.case(school, national_id=None)
        merge = merging.merge_youths(actor=admin, kept_id=kept.youth_id, absorbed_id=former.youth_id, reason="Feil")
        merging.undo_merge(actor=admin, merge_id=merge)
    assert {unit for unit, _ in open_grants()} == {school.pk}


def test_from_the_moment_the_case_is_closed_the_school_sees_nothing(former, admin, counsellor):
    with acting_as(counsellor):
        assert Registration.objects.exists()
    with acting_as(admin):
        _closed(admin, former, None)
    with acting_as(counsellor):
        assert not Registration.objects.exists()
        assert not Youth.objects.exists()


def test_what_is_open_can_be_worked_out_again_from_the_facts(former, admin):
    with acting_as(make.system()):
        told = grants.decide(registrars.openings_on(clock.today()))
        standing = {each for each in grants.standing_grants(on=clock.today()) if each.ground == Ground.STATUS_REGISTRAR}
    assert told == standing
    assert len(told) == 3


def test_a_manual_choice_of_another_district_keeps_the_school_as_the_one_who_registers(former, admin, school):
    other = make.unit(UnitKind.DISTRICT, name="Bydel Andre", code="039902", takes_responsibility=True)
    with acting_as(admin):
        responsibility.assign(
            actor=admin, youth_id=former.youth_id, holder_id=other.pk, reason="Bor der nå", version=None
        )
    assert {unit for unit, _ in open_grants()} == {school.pk}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"is_private": True}, id="a private school"),
        pytest.param({"takes_responsibility": False}, id="a school that takes no responsibility"),
    ],
)
def test_a_school_that_cannot_register_is_told_nothing(district, admin, fields):
    register(admin, a_former_apprentice(make.unit(**fields), district))
    assert open_grants() == []


def test_of_a_protected_youth_nothing_is_opened(school, district, admin):
    register(admin, a_former_apprentice(school, district, protection="confidential"))
    assert open_grants() == []


def test_protection_given_later_closes_what_was_opened(former, admin):
    worker = make.system()
    with acting_as(worker):
        from fotfeste.casework.services import residence

        residence.set_protection(actor=worker, youth_id=former.youth_id, grade="confidential")
    assert open_grants() == []


def test_a_leaver_of_school_opens_nothing_to_anybody(case, admin):
    assert open_grants() == []


# The screens


def address(name: str, case, **more) -> str:
    return reverse(f"casework:{name}", kwargs={"youth_id": case.youth_id, **more})


def test_the_school_finds_the_youth_in_its_list_with_status_and_without_contact_buttons(former, counsellor, browser_of):
    page = browser_of(counsellor).get("/ungdommer/").content.decode()
    assert former.youth.last_name in page
    assert "Ikke svar" not in page


def test_the_persons_page_offers_the_status_and_the_report_and_no_contact(former, counsellor, contact, browser_of):
    sent = reported(contact, former, next_step="Møte 1. desember, bydelen")
    page = browser_of(counsellor).get(address("person", former))
    shown = page.content.decode()
    assert page.status_code == 200
    assert "Meldt fra enheten som har ansvaret" in shown
    assert "Møte 1. desember, bydelen" in shown
    assert "Sett status" in shown
    assert "Ringte – fikk svar" not in shown
    answer = browser_of(counsellor).post(
        address("accept_report", former, feedback_id=sent.pk), {"version": sent.version, "kode": "OTOV"}, follow=True
    )
    assert "Meldingen er tatt i bruk" in answer.content.decode()
    assert "Meldt fra enheten som har ansvaret" not in answer.content.decode()


def test_the_reading_is_logged_with_the_ground_that_opened_it(former, counsellor, browser_of, district):
    # Given that the youth stands on the district's list too
    make.grant(former.youth, district, Topic.IDENTITY, Topic.STATUS)
    browser_of(counsellor).get(address("person", former))
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        read = AuditEntry.objects.filter(verb="read").latest("pk")
    assert (read.youth_id, read.ground) == (former.youth_id, "status_registrar")


def test_the_morning_of_the_school_tells_what_the_district_has_reported(former, counsellor, contact, school):
    reported(contact, former)
    with acting_as(counsellor):
        found = needing(unit_id=school.pk, today=clock.today())
    assert [(each.need, each.registration.pk, each.is_registered_for) for each in found] == [
        (Need.REPORTED, former.pk, True)
    ]


def test_the_administration_reads_who_registers_and_why(former, admin, browser_of):
    shown = browser_of(admin).get(address("who_sees", former)).content.decode()
    assert "Siste videregående skole registrerer status for en tidligere lærling" in shown
