"""One unit answers for a youth at a time, by rule or by decision, and a move takes the whole case along."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, Responsibility, StatusEvent
from fotfeste.casework.selectors.queue import unassigned_queue
from fotfeste.casework.services import registrations, responsibility
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Youth
from fotfeste.people.services import addresses, enrolments
from fotfeste.people.services.addresses import Place
from tests import factories as make

pytestmark = pytest.mark.django_db
# The places below lie at sea, far from the schools the product itself brings with it.


def _assign(actor, case, holder, *, on=make.TODAY, reason="Bor nærmere", version=None):
    with acting_as(actor):
        return responsibility.assign(
            actor=actor, youth_id=case.youth_id, holder_id=holder.pk, reason=reason, version=version, on=on
        )


def _enrol(youth, school, first_day, last_day=None, kind="pupil", end_reason=""):
    worker = make.system()
    with acting_as(worker):
        enrolments.record_enrolment(
            actor=worker, youth_id=youth.pk, kind=kind, school_id=school.pk if school else None, first_day=first_day,
            last_day=last_day, end_reason=end_reason, source="test",
        )  # fmt: skip


def _lives(youth, *, kind="registered", first_day=date(2020, 1, 1), **place):
    worker = make.system()
    with acting_as(worker):
        addresses.set_address(
            actor=worker, youth_id=youth.pk, kind=kind, place=Place(**place), first_day=first_day, source="test",
            seen_id=None,
        )  # fmt: skip


def _open(actor, youth, *, reason="quit_school", first_day=date(2026, 11, 1)):
    with acting_as(actor):
        return registrations.open_registration(
            actor=actor, youth_id=youth.pk, reason=reason, first_day=first_day, source="test"
        )


def test_a_move_ends_the_old_responsibility_the_day_before_and_moves_who_sees(case, school, other_school, admin):
    _assign(admin, case, other_school, on=date(2026, 11, 10))
    with acting_as(make.actor(Role.COUNSELLOR, school), on=date(2026, 12, 10)):  # once the hand-over is done
        assert not Registration.objects.exists()
        assert not StatusEvent.objects.exists()
    with acting_as(make.actor(Role.COUNSELLOR, other_school)):
        held = list(Responsibility.objects.order_by("first_day").values_list("holder_id", "first_day", "last_day"))
    assert held == [
        (school.pk, date(2026, 9, 12), date(2026, 11, 9)),
        (other_school.pk, date(2026, 11, 10), None),
    ]


def test_a_move_is_a_status_event_of_its_own_so_reports_know_where_the_youth_was(case, school, other_school, admin):
    _assign(admin, case, other_school, on=date(2026, 11, 10))
    with acting_as(admin):
        live = StatusEvent.objects.filter(superseded_at=None).order_by("first_day")
        assert list(live.values_list("code", "unit_then", "first_day", "last_day")) == [
            ("OTUK", school.pk, date(2026, 9, 12), date(2026, 11, 9)),
            ("OTUK", other_school.pk, date(2026, 11, 10), None),
        ]
        shown = Registration.objects.get()
    assert (shown.status_since, shown.unknown_since) == (date(2026, 9, 12), date(2026, 9, 12))


def test_a_unit_assigned_the_day_it_came_in_leaves_no_empty_period(admin, other_school):
    # Given a youth that came into the queue today
    case = make.case(make.education_admin(), since=make.TODAY)
    # When it is assigned the same day
    _assign(admin, case, other_school)
    # Then one responsibility counts, and the other is kept as replaced
    with acting_as(admin):
        rows = list(Responsibility.objects.order_by("pk").values_list("holder_id", "last_day", "superseded_at"))
    assert [(holder, last, replaced is None) for holder, last, replaced in rows] == [
        (make.education_admin().pk, make.TODAY, False),
        (other_school.pk, None, True),
    ]


def test_a_decision_needs_its_reason(case, other_school, admin):
    with pytest.raises(Invalid, match="hvorfor"):
        _assign(admin, case, other_school, reason="  ")


def test_only_the_administration_assigns(case, other_school, counsellor):
    with pytest.raises(NotAllowed):
        _assign(counsellor, case, other_school)


def test_a_unit_that_cannot_answer_or_is_closed_is_refused(case, admin):
    nav = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
    closed = make.unit(name="Nedlagt skole", last_day=date(2025, 7, 31))
    with pytest.raises(Invalid, match="kan ikke ha OT-ansvar"):
        _assign(admin, case, nav)
    with pytest.raises(Invalid, match="ikke åpen"):
        _assign(admin, case, closed)


def test_responsibility_is_not_moved_ahead_or_before_the_present_one_began(case, other_school, admin):
    with pytest.raises(Invalid, match="fram i tid"):
        _assign(admin, case, other_school, on=date(2026, 11, 24))
    with pytest.raises(Invalid, match=r"fikk det 12\.9\.2026"):
        _assign(admin, case, other_school, on=date(2026, 9, 1))


def test_two_who_assign_at_once_see_each_other(case, school, other_school, admin):
    _assign(admin, case, other_school, version=1)
    with pytest.raises(EditConflict) as conflict:
        _assign(admin, case, school, version=1)
    assert conflict.value.theirs["Ansvarlig enhet"] == "Andre videregående skole"


def test_the_same_decision_twice_is_said(case, other_school, admin):
    _assign(admin, case, other_school)
    with pytest.raises(IllegalTransition):
        _assign(admin, case, other_school)


def test_the_database_itself_refuses_two_at_a_time(case, other_school, admin):
    with acting_as(admin), pytest.raises(IntegrityError), transaction.atomic():
        Responsibility.objects.create(
            youth_id=case.youth_id, holder=other_school, first_day=date(2026, 10, 1), last_day=date(2026, 10, 2),
            ground="manual", decided_by_id=admin.user_id, recorded_at=clock.now(),
        )  # fmt: skip


@pytest.mark.proves("unit-vgs-former", "amb-22")
def test_the_school_of_the_latest_enrolment_answers(admin, school, other_school):
    youth = make.youth(make.education_admin())
    _enrol(youth, other_school, date(2024, 8, 19), date(2025, 6, 20))
    _enrol(youth, school, date(2025, 8, 18), date(2026, 10, 31), end_reason="quit")
    registration = _open(admin, youth)
    with acting_as(admin):
        held = Responsibility.objects.get()
        assert (held.holder_id, held.ground, held.rule) == (school.pk, "rule", "unit-vgs-former")
        assert held.explanation.body["unit"]["reasons"]
    assert registration.unit_id == school.pk


@pytest.mark.proves("unit-apprentice")
def test_the_district_takes_over_an_apprentice_whose_contract_has_ended(admin, district):
    youth = make.youth(make.education_admin())
    _enrol(youth, None, date(2025, 8, 18), date(2026, 10, 31), kind="apprentice", end_reason="contract_terminated")
    _lives(youth, district_code=district.code, municipality="0301")
    _open(admin, youth, reason="contract_terminated")
    with acting_as(admin):
        held = Responsibility.objects.get()
    assert (held.holder_id, held.rule) == (district.pk, "unit-apprentice")


@pytest.mark.proves("unit-child-welfare", "amb-24", "amb-25")
def test_the_nearest_school_to_the_institution_answers_and_the_distance_is_kept(admin):
    near = make.unit(name="Nær skole", latitude=58.02, longitude=7.0, org_number="999999901")
    make.unit(name="Fjern skole", latitude=58.09, longitude=7.0, org_number="999999902")
    youth = make.youth(make.education_admin())
    _lives(youth, municipality="0301", latitude=58.09, longitude=7.0)
    _lives(youth, kind="institution", municipality="0301", latitude=58.01, longitude=7.0)
    _open(admin, youth, reason="other")
    with acting_as(admin):
        held = Responsibility.objects.get()
    assert (held.holder_id, held.rule) == (near.pk, "unit-child-welfare")
    assert 1100 < held.distance_metres < 1120
    assert held.data_version


def test_of_a_protected_youth_no_rule_measures_where_they_live(admin):
    make.unit(name="Nær skole", latitude=58.02, longitude=7.0, org_number="999999901")
    youth = make.youth(make.education_admin(), protection="strictly_confidential")
    _lives(youth, kind="institution", municipality="0301", latitude=58.01, longitude=7.0)
    _open(admin, youth, reason="other")
    with acting_as(admin):
        held = Responsibility.objects.get()
    assert (held.holder_id, held.ground, held.distance_metres) == (make.education_admin().pk, "undecided", None)


def test_whom_no_rule_gives_a_unit_waits_in_the_queue_with_the_reason(admin):
    youth = make.youth(make.education_admin(), first_name="Ingen", last_name="Enhet")
    _open(admin, youth, reason="other")
    with acting_as(admin):
        queue = unassigned_queue(county_id=make.OSLO)
    (row,) = queue.rows
    assert (queue.total, row.youth.first_name, row.proposed_unit_id) == (1, "Ingen", None)
    assert "Utdanningsadministrasjonen" in row.decision.sentences()[-1]


@pytest.mark.proves("unit-private-upper-secondary", "amb-26")
def test_the_queue_proposes_the_nearest_school_where_a_person_must_confirm(admin):
    near = make.unit(name="Nær skole", latitude=58.02, longitude=7.0, org_number="999999901")
    private = make.unit(name="Privat skole", is_private=True, takes_responsibility=False)
    youth = make.youth(make.education_admin())
    _enrol(youth, private, date(2025, 8, 18), date(2026, 10, 31), end_reason="quit")
    _lives(youth, municipality="0301", latitude=58.01, longitude=7.0)
    _open(admin, youth)
    with acting_as(admin):
        (row,) = unassigned_queue(county_id=make.OSLO).rows
    assert (row.proposed_unit_id, row.proposed_unit_name) == (near.pk, "Nær skole")


@pytest.mark.proves("unit-change")
def test_new_facts_move_nobody_by_themselves_but_the_rules_can_be_asked_again(admin, school):
    # Given a youth in the queue who turns out to have gone to a school here
    youth = make.youth(make.education_admin())
    _open(admin, youth, reason="other")
    _enrol(youth, school, date(2025, 8, 18), date(2026, 10, 31), end_reason="quit")
    with acting_as(admin):
        assert Youth.objects.get(pk=youth.pk).unit_id == make.education_admin().pk
        # When the rules are asked again
        held = responsibility.decide_by_rule(actor=admin, youth_id=youth.pk, version=None)
    # Then that school answers
    assert (held.holder_id, held.ground) == (school.pk, "rule")


def test_a_decision_by_hand_stands_against_the_rules_until_it_is_said_otherwise(admin, school, other_school):
    youth = make.youth(make.education_admin())
    _enrol(youth, school, date(2025, 8, 18), date(2026, 10, 31), end_reason="quit")
    case = _open(admin, youth)
    _assign(admin, case, other_school)
    with acting_as(admin):
        with pytest.raises(IllegalTransition, match="Reglene endrer det ikke"):
            responsibility.decide_by_rule(actor=admin, youth_id=youth.pk, version=None)
        held = responsibility.decide_by_rule(actor=admin, youth_id=youth.pk, version=None, replace_manual=True)
    assert held.holder_id == school.pk


def test_a_move_to_another_county_takes_the_case_out_of_sight_of_the_old_one(case, admin):
    there = make.unit(name="Skole i Rogaland", county_id=11)
    both = make.system(make.OSLO, 11)
    _assign(both, case, there)
    with acting_as(admin):
        assert not Registration.objects.exists()
    with acting_as(both):
        now = StatusEvent.objects.get(last_day=None, superseded_at=None)
    assert (now.county_then, now.unit_then) == (11, there.pk)
