"""A county reads something otherwise from a day on: first a plan, then it is judged by, kept with its days, and named."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Ground
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.jobs import judge_counties
from fotfeste.casework.models import MembershipDecision, Registration, Responsibility
from fotfeste.casework.services import consistency, contacts, readings, registrations, responsibility, statuses
from fotfeste.casework.services.explain import explain
from fotfeste.casework.services.rerun import rerun_county
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import CountyReading
from fotfeste.organisations.selectors.readings import readings_for
from fotfeste.people.models import Address, Youth
from fotfeste.people.services import addresses, enrolments
from fotfeste.people.services.addresses import Place
from tests import factories as make
from tests.casework.reading_steps import TODAY, TOMORROW, choose, chosen, membership, plan, settle, unit_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def participant(district):
    """A participant in adult education, who lives in the district."""
    case, worker = make.case(make.education_admin()), make.system()
    with acting_as(worker):
        enrolments.record_enrolment(
            actor=worker, youth_id=case.youth_id, kind="vo_vov", school_id=None, first_day=date(2026, 8, 17),
            source="test",
        )  # fmt: skip
        addresses.set_address(
            actor=worker, youth_id=case.youth_id, kind="registered", first_day=date(2020, 1, 1), source="test",
            seen_id=None, place=Place(municipality="0301", district_code=district.code, street="Prøveveien 1"),
        )  # fmt: skip
    return case


# Planning and choosing


def test_the_plan_counts_who_is_judged_otherwise_and_keeps_nothing(admin, working, case):
    settle()
    before = membership(working)
    told = plan(admin, chosen()).rerun
    assert (told.judged, told.changed) == (2, 1)
    assert [(line[0], line[1], line[2]) for line in told.statutory] == [(before, "not_in_ot", 1)]
    # And nothing is kept
    with acting_as(admin):
        assert not CountyReading.objects.exists()
        assert not AuditEntry.objects.filter(verb="reading.chosen").exists()
    assert membership(working) == before


def test_who_is_shielded_follows_a_choice_and_is_counted_in_none_of_what_its_plan_tells(
    admin, working, participant, school
):
    # Given readings that would give a shielded youth another answer, and a protected one another unit
    settle()
    shielded = {working: "shielded", participant: "strictly_confidential"}
    with acting_as(make.system()):
        for each, grade in shielded.items():
            Youth.objects.filter(pk=each.youth_id).update(protection=grade)
    settle()
    # When one tries them out, nothing tells the readings apart
    told = [plan(admin, chosen(*choice)).rerun for choice in (("amb-08", "work_is_outside"), ("amb-32", "undecided"))]
    assert [(each.judged, each.changed, each.moved, each.units, each.statutory, each.local) for each in told] == [
        (0, 0, 0, (), (), ())
    ] * 2
    # And who is shielded follows when one is chosen
    choose(admin, chosen())
    assert membership(working) == "not_in_ot"


def test_what_would_change_anyway_is_told_apart_from_what_the_reading_changes(admin, working, participant, district):
    # Given somebody who moved since they were judged, and so belongs to another unit whatever is chosen
    settle()
    moved = unit_of(participant)
    other = make.unit(UnitKind.DISTRICT, name="Bydel Ny", code="039902", takes_responsibility=True)
    move_unjudged(participant, other)
    # When one plans a reading that concerns somebody else, and chooses by the plan
    told = plan(admin, chosen())
    done = choose(admin, chosen())
    # Then only that one is the reading's doing
    assert (told.rerun.changed, told.rerun.units) == (1, ())
    assert (told.anyway.changed, told.anyway.units) == (1, ((moved, other.pk, 1),))
    assert (done.rerun, done.anyway) == (told.rerun, told.anyway)
    assert (membership(working), unit_of(participant)) == ("not_in_ot", other.pk)
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        by_reading = AuditEntry.objects.filter(details__reading="amb-08").exclude(youth_id=None)
        assert set(by_reading.values_list("youth_id", flat=True)) == {working.youth_id}
        anyway = AuditEntry.objects.filter(details__why="before_reading").values_list("youth_id", flat=True)
        assert set(anyway) == {participant.youth_id}
    assert consistency.problems() == []


def move_unjudged(case, district) -> None:
    """Let somebody live in another district, as a register knows it before anybody is judged by it."""
    with acting_as(make.system()):
        Address.objects.filter(youth_id=case.youth_id, kind="registered").update(district_code=district.code)


def test_choosing_does_what_the_plan_said_and_tells_the_log(admin, working, case):
    settle()
    other = membership(case)
    done = choose(admin, chosen())
    assert done.rerun.changed == 1
    assert membership(working) == "not_in_ot"
    assert membership(case) == other
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        logged = AuditEntry.objects.filter(
            verb__in=("reading.chosen", "rules.changed"), details__reading="amb-08"
        ).order_by("pk")
        assert [(row.verb, row.youth_id, row.details["reading"]) for row in logged] == [
            ("reading.chosen", None, "amb-08"),
            ("rules.changed", working.youth_id, "amb-08"),
        ]
    assert consistency.problems() == []


@pytest.mark.proves("amb-32")
def test_units_follow_and_the_plan_names_them(admin, participant, district):
    settle()
    assert unit_of(participant) == district.pk
    uda = make.education_admin().pk
    done = choose(admin, chosen("amb-32", "undecided"))
    assert done.rerun.units == ((district.pk, uda, 1),)
    assert unit_of(participant) == uda
    with acting_as(admin):
        held = Responsibility.objects.filter(youth_id=participant.youth_id).order_by("pk")
        assert held.last().last_day is None
        assert held.last().holder_id == uda
        # Who answered until yesterday still did
        assert district.pk in {row.holder_id for row in held if row.last_day is not None}
    assert consistency.problems() == []


def test_who_was_placed_by_hand_stays(admin, participant, school):
    settle()
    with acting_as(admin):
        responsibility.assign(
            actor=admin, youth_id=participant.youth_id, holder_id=school.pk, reason="Avtalt", version=None
        )
    assert choose(admin, chosen("amb-32", "undecided")).rerun.units == ()
    assert unit_of(participant) == school.pk


def test_judging_again_changes_nothing_more(admin, working, participant):
    settle()
    choose(admin, chosen())
    again = rerun_county(county_id=make.OSLO, on=TODAY, details={})
    assert (again.changed, again.confirm, again.opened, again.closed) == (0, 0, 0, 0)


def test_another_county_is_not_touched(admin):
    theirs = make.unit(county_id=46)
    make.education_admin(46)
    there = make.case(theirs, status="OTAR")
    rerun_county(county_id=46, on=TODAY, details={})
    before = membership_in(46, there)
    choose(admin, chosen())
    assert membership_in(46, there) == before
    assert not readings_for(county_id=46).on(TODAY).differing


def membership_in(county: int, case) -> MembershipDecision:
    with acting_as(make.system(county)):
        return MembershipDecision.objects.get(youth_id=case.youth_id, is_current=True)


# What is kept, and whom it judges


def test_what_was_chosen_before_is_kept_and_judges_its_own_days(admin, working):
    first, second = date(2026, 9, 1), TODAY
    choose(admin, chosen(first_day=first))
    choose(admin, chosen(value="register_is_no_place", first_day=second, reason="Angret"))
    asked = readings_for(county_id=make.OSLO)
    days = [first - timedelta(days=1), first, second - timedelta(days=1), second]
    assert [asked.on(day)["amb-08"] for day in days] == [
        "register_is_no_place", "work_is_outside", "work_is_outside", "register_is_no_place",
    ]  # fmt: skip
    with acting_as(admin):
        assert explain(actor=admin, youth_id=working.youth_id, on=date(2026, 10, 1)).decided.statutory.outcome == (
            "not_in_ot"
        )
        assert list(CountyReading.objects.order_by("pk").values_list("first_day", "superseded_at")) == [
            (first, None), (second, None),
        ]  # fmt: skip


def test_choosing_anew_from_the_same_day_keeps_what_was_replaced(admin):
    choose(admin, chosen("rule-reconfirm", "days:60"))
    choose(admin, chosen("rule-reconfirm", "days:30"))
    with acting_as(admin):
        rows = CountyReading.objects.order_by("pk")
        assert [(row.value, row.superseded_at is None) for row in rows] == [("days:60", False), ("days:30", True)]
    assert readings_for(county_id=make.OSLO).on(TODAY)["rule-reconfirm"] == "days:30"


def test_a_choice_ahead_judges_nobody_before_its_day(admin, working):
    settle()
    before = membership(working)
    assert choose(admin, chosen(first_day=TOMORROW)).rerun is None
    assert membership(working) == before
    with clock.frozen(TOMORROW):
        assert judge_counties(on=TOMORROW) == [make.OSLO]
        assert membership(working) == "not_in_ot"
    assert judge_counties(on=TOMORROW + timedelta(days=1)) == []


@pytest.mark.proves("amb-48")
@pytest.mark.parametrize("value", ["yes", "no"])
def test_schools_are_found_anew_after_the_count_date_unless_the_county_will_not(admin, value):
    if value == "no":
        choose(admin, chosen("amb-48", "no"))
    day_after_count = date(2027, 10, 2)
    with clock.frozen(day_after_count):
        assert (make.OSLO in judge_counties(on=day_after_count)) is (value == "yes")
        assert make.OSLO not in judge_counties(on=day_after_count + timedelta(days=1))


# What each reading does


@pytest.mark.proves("amb-33")
def test_the_last_school_s_access_ends_when_the_administration_is_to_register(admin, school, district):
    worker, case = make.system(), make.youth(make.education_admin())
    with acting_as(worker):
        for kind, at, first, last, why in (
            ("pupil", school, date(2024, 8, 18), date(2026, 6, 19), "year_ended"),
            ("apprentice", None, date(2026, 8, 1), date(2026, 10, 31), "contract_terminated"),
        ):
            enrolments.record_enrolment(
                actor=worker, youth_id=case.pk, kind=kind, school_id=at.pk if at else None, first_day=first,
                last_day=last, end_reason=why, source="test",
            )  # fmt: skip
        addresses.set_address(
            actor=worker, youth_id=case.pk, kind="registered", first_day=date(2020, 1, 1), source="test",
            seen_id=None, place=Place(municipality="0301", district_code=district.code, street="Prøveveien 1"),
        )  # fmt: skip
    with acting_as(admin):
        registrations.open_registration(
            actor=admin, youth_id=case.pk, reason="contract_terminated", first_day=date(2026, 11, 1), source="test"
        )
    settle()
    assert open_registrars() == {school.pk}
    assert choose(admin, chosen("amb-33", "uda")).rerun.closed > 0
    assert open_registrars() == set()
    with clock.frozen(TOMORROW):
        again = chosen("amb-33", "last_upper_secondary", first_day=TOMORROW)
        admin_tomorrow = make.actor(Role.EDUCATION_ADMIN, make.education_admin(), on=TOMORROW)
        assert choose(admin_tomorrow, again).rerun.opened > 0
    assert open_registrars() == {school.pk}


def open_registrars() -> set[int]:
    with acting_as(make.system()):
        rows = AccessGrant.objects.filter(ground=Ground.STATUS_REGISTRAR, closed_at=None)
        return set(rows.values_list("unit_id", flat=True))


@pytest.mark.proves("rule-reconfirm")
def test_a_status_is_confirmed_within_the_number_of_days_the_county_has_chosen(admin, case):
    settle()
    done = choose(admin, chosen("rule-reconfirm", "days:60", first_day=date(2026, 8, 1)))
    assert (done.rerun.changed, done.rerun.confirm) == (0, 1)
    with acting_as(admin):
        row = Registration.objects.get(pk=case.pk)
        assert row.status_confirm_by == row.status_confirmed_on + timedelta(days=60)


@pytest.mark.proves("amb-41")
def test_when_an_answer_from_guardians_counts_is_for_the_county(admin, counsellor, school):
    case = make.case(school, born=date(2010, 5, 14))
    with acting_as(counsellor):
        contacts.register_attempt(
            actor=counsellor, youth_id=case.youth_id, on=TODAY, channel="call", result="answered", answered_by="guardian"
        )  # fmt: skip
    set_now = {"actor": counsellor, "registration_id": case.pk, "on": TODAY, "ground": statuses.Ground()}
    with acting_as(counsellor), pytest.raises(NotAllowed):
        statuses.set_status(code="OTAR", version=None, **set_now)
    assert choose(admin, chosen("amb-41", "always")).rerun is None
    with acting_as(counsellor):
        assert statuses.set_status(code="OTAR", version=None, **set_now).code == "OTAR"


@pytest.mark.proves("amb-57")
def test_the_district_may_set_and_confirm_a_status_where_the_county_says_so(admin, district, browser_of):
    case = make.case(district)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    form = reverse("casework:set_status", kwargs={"youth_id": case.youth_id})
    assert browser_of(contact).get(form).status_code == 403
    choose(admin, chosen("amb-57", "also_districts"))
    assert browser_of(contact).get(form).status_code == 200
    with acting_as(contact):
        confirmed = Registration.objects.get(pk=case.pk)
        statuses.confirm_status(actor=contact, registration_id=case.pk, version=confirmed.version)
        contacts.register_attempt(
            actor=contact, youth_id=case.youth_id, on=TODAY, channel="call", result="answered", answered_by="youth"
        )
        statuses.set_status(
            actor=contact, registration_id=case.pk, code="OTAR", on=TODAY, ground=statuses.Ground(),
            version=None,
        )  # fmt: skip
        assert Registration.objects.get(pk=case.pk).status_code == "OTAR"


# What cannot be chosen


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        pytest.param(chosen("amb-24", "great_circle"), "fast|allerede", id="the only one there is"),
        pytest.param(chosen("amb-05", "birthday_31"), "på listen", id="one the product does not follow"),
        pytest.param(chosen("amb-08", "whatever"), "på listen", id="no such value"),
        pytest.param(chosen("amb-99"), "finnes ikke", id="no such reading"),
        pytest.param(chosen("rule-reconfirm", "days:0"), "på listen", id="no day"),
        pytest.param(chosen("rule-reconfirm", "days:9999"), "høyst 1000", id="too many days"),
        pytest.param(chosen(reason="  "), "hvorfor", id="no reason"),
        pytest.param(chosen(first_day=date(2010, 7, 31)), "august 2010", id="before the oldest law we hold"),
        pytest.param(chosen(first_day=TODAY + timedelta(days=400)), "fram i tid", id="too far ahead"),
        pytest.param(chosen(value="register_is_no_place"), "allerede", id="as it is"),
    ],
)
def test_what_cannot_be_chosen_is_told(admin, choice, why):
    with pytest.raises(Invalid, match=why):
        plan(admin, choice)


def test_a_choice_cannot_be_slipped_in_before_one_that_is_made(admin):
    choose(admin, chosen())
    with pytest.raises(Invalid, match="har valgt fra"):
        plan(admin, chosen(value="register_is_no_place", first_day=date(2026, 9, 1)))


def test_the_coordination_of_one_county_chooses_for_no_other(admin):
    with acting_as(admin), pytest.raises(NotAllowed):
        readings.plan_reading(actor=admin, county_id=46, choice=chosen())


def test_of_two_who_choose_at_once_the_second_is_shown_both(admin, working):
    settle()
    mine = plan(admin, chosen())
    choose(admin, chosen(reason="Den andre var først"))
    with acting_as(admin), pytest.raises(EditConflict) as lost:
        readings.choose_reading(
            actor=admin, county_id=make.OSLO, choice=mine.choice, version=mine.version, digest=mine.digest
        )
    assert "Den andre var først" in lost.value.theirs.values()
    assert "Vedtatt i fylket" in lost.value.yours.values()


def test_a_plan_that_concerns_others_by_now_is_not_carried_out(admin, school, working):
    settle()
    shown = plan(admin, chosen())
    make.case(school, status="OTAR")
    with acting_as(admin), pytest.raises(EditConflict, match="nye opplysninger"):
        readings.choose_reading(
            actor=admin, county_id=make.OSLO, choice=shown.choice, version=shown.version, digest=shown.digest
        )
    assert not readings_for(county_id=make.OSLO).on(TODAY).differing
