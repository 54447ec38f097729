"""Who answers changes hands without a moment when nobody does, and notices carry no more than they may."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.models import AccessGrant
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.services import grants
from fotfeste.access.topics import Ground, Topic
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.casework.services import responsibility
from fotfeste.collaboration.jobs import send_held_notices
from fotfeste.collaboration.models import Record, StepRun
from fotfeste.collaboration.selectors import records as selectors
from fotfeste.collaboration.selectors.parties import Surroundings, party_unit
from fotfeste.collaboration.services import answering, correcting, records, routines
from fotfeste.collaboration.services.correcting import Right
from fotfeste.collaboration.services.records import Sent
from fotfeste.consent.services import releases
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.people import selectors as people
from fotfeste.people.services import contact
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.conftest import live_in
from tests.collaboration.test_records import write
from tests.collaboration.test_routine_engine import release, row_of, steps

pytestmark = pytest.mark.django_db

WHAT = {"what": "Oppfølgingen av en elev som har sluttet"}


@pytest.fixture
def department():
    return make.unit(UnitKind.APPRENTICESHIP_DEPARTMENT, name="Fagopplæring Prøve")


@pytest.fixture
def apprentice(department, district):
    return live_in(make.case(department), district)


@pytest.fixture
def adviser(department):
    return make.actor(Role.APPRENTICESHIP_ADVISER, department)


@pytest.fixture
def offered(counsellor, case, district):
    release(counsellor, case, district)
    return write(counsellor, case, "handover", said=WHAT, sent=Sent(district.pk))


def answer(actor, row, given, text=""):
    with acting_as(actor):
        return answering.answer_record(actor=actor, record_id=row.pk, answer=given, text=text, version=1)


def at_the_decision(counsellor, case):
    """Come to the step where the district says whether it takes over."""
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-leaves")
    for step in ("leaves-s01", "leaves-s02", "leaves-s03", "leaves-s05"):
        with acting_as(counsellor):
            routines.skip_step(actor=counsellor, step_run_id=row_of(step).pk, reason="Prøve")


@pytest.fixture
def next_day(the_day):
    """The day after the case began, so that nothing of the beginning counts as done now."""
    with clock.frozen(the_day + timedelta(1)):
        yield


def holder(case):
    with acting_as(make.system()):
        return Responsibility.objects.get(youth_id=case.youth_id, last_day=None).holder


@pytest.mark.proves(
    "form-handover",
    "ho-from",
    "ho-to",
    "ho-date",
    "ho-what",
    "ho-accepted",
    "rut-leaves-s06",
)
def test_the_old_unit_answers_until_the_new_one_says_yes_and_the_routine_goes_on(
    counsellor, case, school, district, district_contact, offered, next_day
):
    at_the_decision(counsellor, case)
    assert (holder(case), steps(case)["leaves-s06"]) == (school, "open")
    with acting_as(district_contact):
        assert not Registration.objects.exists()
    answer(district_contact, offered, "accepted")
    # Then the district answers from the same day, and nobody can move it back by a rule
    assert holder(case) == district
    with acting_as(district_contact):
        assert Registration.objects.get().unit_id == district.pk
    after = steps(case)
    assert (after["leaves-s06"], after["leaves-s07"]) == ("done", "open")
    assert "at-risk-s08" not in after
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())) as admin, pytest.raises(IllegalTransition):
        responsibility.decide_by_rule(actor=admin, youth_id=case.youth_id, version=None)


def test_no_needs_a_reason_leaves_the_responsibility_and_a_new_offer_can_be_made(
    counsellor, case, school, district, district_contact, offered, next_day
):
    at_the_decision(counsellor, case)
    with pytest.raises(IllegalTransition, match="venter alt"):
        write(counsellor, case, "handover", said=WHAT, sent=Sent(district.pk))
    with pytest.raises(Invalid, match="hvorfor"):
        answer(district_contact, offered, "declined")
    answer(district_contact, offered, "declined", "Eleven bor ikke her lenger")
    assert holder(case) == school
    assert steps(case)["leaves-s06"] == "done"
    with acting_as(make.system()):
        assert StepRun.objects.filter(step="rut-at-risk-s08", state="open").exists()
    write(counsellor, case, "handover", said=WHAT, sent=Sent(district.pk))


def test_only_the_unit_that_answers_offers_and_only_to_one_the_youth_has_let_in(
    counsellor, case, district, district_contact
):
    with pytest.raises(Invalid, match="ikke samtykket"):
        write(counsellor, case, "handover", said=WHAT, sent=Sent(district.pk))
    release(counsellor, case, district)
    with pytest.raises(NotAllowed):
        write(district_contact, case, "handover", said=WHAT, sent=Sent(case.unit_id))


def test_an_offer_taken_back_or_whose_release_is_withdrawn_cannot_be_accepted(
    counsellor, case, school, district, district_contact
):
    given = release(counsellor, case, district)
    first = write(counsellor, case, "handover", said=WHAT, sent=Sent(district.pk))
    with acting_as(counsellor):
        answering.revoke_record(actor=counsellor, record_id=first.pk, version=1)
    with pytest.raises(EditConflict):
        answer(district_contact, first, "accepted")
    second = write(counsellor, case, "handover", said=WHAT, sent=Sent(district.pk))
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=given.pk)
    with pytest.raises(Invalid, match="ikke tilgang"):
        answer(district_contact, second, "accepted")
    assert holder(case) == school


def test_an_offer_nobody_answers_is_shown_to_the_leader_past_its_day(counsellor, case, school, district, offered):
    leader = make.actor(Role.UNIT_LEADER, school)
    late = make.TODAY + timedelta(15)
    with acting_as(leader):
        assert not selectors.overdue_offers(unit_ids=[school.pk], today=make.TODAY + timedelta(14))
        assert selectors.overdue_offers(unit_ids=[school.pk], today=late) == [offered]
    with clock.frozen(late):
        shown = browser_of(leader).get(reverse("collaboration:notices")).content.decode()
        morning = browser_of(leader).get(reverse("home")).content.decode()
    assert "Over fristen" in shown
    assert "som venter på svar: 1" in morning


@pytest.mark.proves(
    "amb-39",
    "form-apprentice-notice",
    "an-person",
    "an-kind",
    "an-without-offer",
    "an-date",
    "an-informed",
    "an-district",
    "an-received",
    "rut-apprentice-leaves-s01",
    "rut-apprentice-leaves-s02",
)
def test_the_district_is_told_of_an_apprentice_with_contact_data_only_and_the_routine_starts(
    adviser, apprentice, district, district_contact, department
):
    said = {"what": "left", "without_offer": "yes", "left_on": "2026-09-01"}
    with pytest.raises(Invalid, match="Fortell ungdommen først"):
        write(adviser, apprentice, "apprentice-notice", said=said, sent=Sent(district.pk))
    row = write(adviser, apprentice, "apprentice-notice", said=said, sent=Sent(district.pk, told_on=make.TODAY))
    with acting_as(district_contact):
        (waiting,) = selectors.incoming(unit_ids=[district.pk], user_id=district_contact.user_id)
        assert people.youth_or_none(youth_id=apprentice.youth_id) is not None
        assert not Registration.objects.exists()
    with acting_as(make.system()):
        opened = AccessGrant.objects.filter(unit=district, closed_at=None)
        assert {(each.topic, each.ground) for each in opened} == {("identity", "notice"), ("contact", "notice")}
        day = make.TODAY + timedelta(30)
        assert set(grants.standing_grants(on=day)) == grants.expected_grants(on=day)
        assert not [each for each in grants.expected_grants(on=make.TODAY + timedelta(91)) if each.ground == "notice"]
    after = steps(apprentice)
    assert (after["apprentice-leaves-s02"], after["apprentice-leaves-s03"]) == ("open", "open")
    # When the district answers in one step, the department sees it
    answer(district_contact, waiting, "received")
    with acting_as(adviser):
        row.refresh_from_db()
        assert row.answer == "received"
        write(adviser, apprentice, "information-entry", said={"about": ["will_be_called"], "how": "phone"})
    assert steps(apprentice)["apprentice-leaves-s02"] == "done"


def test_a_notice_about_somebody_under_protection_opens_nothing(adviser, department, district):
    case = make.case(department, protection="strictly_confidential")
    with pytest.raises(Invalid, match="gradering"):
        write(adviser, case, "apprentice-notice", said={"what": "at_risk"}, sent=Sent(district.pk, told_on=make.TODAY))


COURSE = {"programme": "vo_vov", "left_on": "2026-10-02", "how": "together"}


@pytest.mark.proves("rut-vo-s03", "rut-vo-s04", "rut-vo-s02")
def test_a_participant_who_leaves_is_put_in_touch_with_the_district_contact(district, district_contact):
    centre = make.unit(UnitKind.SERVICE_CENTRE, name="Servicesenteret Prøve", takes_responsibility=True)
    case = live_in(make.case(centre), district)
    adviser = make.actor(Role.ADULT_EDUCATION_ADVISER, centre)
    write(adviser, case, "referral", said=COURSE, sent=Sent(district.pk, told_on=make.TODAY))
    write(adviser, case, "information-entry", said={"about": ["contact"], "how": "talk"})
    after = steps(case)
    assert (after["vo-s03"], after["vo-s04"]) == ("done", "done")
    with acting_as(district_contact):
        assert len(selectors.incoming(unit_ids=[district.pk], user_id=district_contact.user_id)) == 1


def test_whose_turn_it_is_in_adult_education_is_whoever_wrote_of_the_youth(district):
    make.unit(UnitKind.ADULT_EDUCATION, name="Alfa voksenopplæring")
    centre = make.unit(UnitKind.SERVICE_CENTRE, name="Servicesenteret Prøve")
    case = live_in(make.case(district), district)
    adviser = make.actor(Role.ADULT_EDUCATION_ADVISER, centre)

    def whose(party):
        with acting_as(make.system()):
            around = Surroundings(case.youth_id, district.pk, district.county_id, make.TODAY)
            return party_unit(party, around)

    parties = ("adult-education", "vo-service-centre")
    assert [whose(each).kind for each in parties] == [UnitKind.ADULT_EDUCATION, UnitKind.SERVICE_CENTRE]
    with acting_as(make.system()):
        given = {"by_unit_id": centre.pk, "to_unit_id": district.pk, "made_by_id": adviser.user_id}
        Record.objects.create(
            youth_id=case.youth_id, kind="referral", on=make.TODAY, said={}, made_at=clock.now(), **given
        )
    assert [whose(each) for each in parties] == [centre, centre]


@pytest.mark.proves("rut-nav-learns-first-s01", "rut-measure-stopped-s01")
def test_nav_tells_the_school_and_of_a_measure_that_stopped_only_when_the_youth_has_let_nav_in(
    counsellor, case, school, nav, nav_responsible, next_day
):
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.FEEDBACK)
    adviser = make.actor(Role.NAV_ADVISER, nav)
    stopped = {"what": "card"}
    with pytest.raises(Invalid, match="ikke samtykket"):
        write(nav_responsible, case, "notice", said=stopped)
    write(nav_responsible, case, "nav-referral", said={"why": ["outside"]}, sent=Sent(told_on=make.TODAY))
    release(counsellor, case, nav)
    write(adviser, case, "notice", said=stopped)
    with acting_as(counsellor):
        assert [each.kind for each in selectors.incoming(unit_ids=[school.pk], user_id=counsellor.user_id)] == [
            "nav-referral",
            "notice",
        ]
    after = steps(case)
    assert (after["nav-learns-first-s02"], after["measure-stopped-s02"]) == ("open", "open")


@pytest.mark.proves("amb-45")
def test_lower_secondary_prepares_and_only_what_has_permission_is_sent_on_the_tenth_of_august(district, school):
    lower = make.unit(UnitKind.LOWER_SECONDARY, name="Prøve ungdomsskole", takes_responsibility=True)
    cases = [make.case(lower), make.case(lower)]
    teacher, receiver = make.actor(Role.COUNSELLOR, lower), make.actor(Role.COUNSELLOR, school)
    day = date(2027, 8, 10)
    permission = {"permission_by": "pupil", "permission_on": "2026-06-01"}

    def prepare(case, **said):
        with acting_as(teacher):
            return records.make_record(
                actor=teacher,
                youth_id=case.youth_id,
                kind="transition-notice",
                on=day,
                said={"needs": ["contact"], **said},
                sent=Sent(school.pk),
            )

    def seen(actor):
        with acting_as(actor, on=clock.today()):
            return [each.youth_id for each in selectors.incoming(unit_ids=[school.pk], user_id=actor.user_id)]

    with pytest.raises(Invalid, match="hvem som ga lov"):
        prepare(cases[0], permission_by="pupil")
    ready, lacking = prepare(cases[0], **permission), prepare(cases[1])
    with pytest.raises(IllegalTransition, match="alt forberedt"):
        prepare(cases[1])
    # Until the day nothing is sent, and the lower secondary school is told who lacks a permission
    with clock.frozen(day - timedelta(40)):
        send_held_notices()
        page = browser_of(teacher).get(reverse("collaboration:notices"))
        assert [each["youth_id"] for each in page.context["lacking"]] == [lacking.youth_id]
        assert "1 mangler lov og blir ikke sendt" in page.content.decode()
        assert "som venter på svar: 1" in browser_of(teacher).get(reverse("home")).content.decode()
    with acting_as(receiver):
        assert not Record.objects.exists()
    with clock.frozen(day):
        for _time in range(2):
            send_held_notices()
        assert seen(receiver) == [ready.youth_id]
        with acting_as(make.system(), on=day):
            opened = {each.topic for each in grants.expected_grants(on=day) if each.ground == Ground.PERMISSION_25_1}
            assert opened == {"identity", "education", "mapping"}
            assert set(grants.standing_grants(on=day)) == grants.expected_grants(on=day)
            ready.refresh_from_db()
            assert (ready.to_unit_id, ready.version) == (school.pk, 2)
    # A permission that comes later sends it then, and one taken back closes what it opened
    with clock.frozen(day + timedelta(1)):
        right = Right(day, {"needs": ["contact"], "permission_by": "guardians", "permission_on": "2027-08-11"})
        with acting_as(teacher, on=clock.today()):
            correcting.correct_record(actor=teacher, record_id=lacking.pk, right=right, reason="Foreldrene ga lov")
        send_held_notices()
        assert sorted(seen(receiver)) == sorted(each.youth_id for each in cases)
        with acting_as(teacher, on=clock.today()):
            answering.revoke_record(actor=teacher, record_id=ready.pk)
        assert seen(receiver) == [lacking.youth_id]


@pytest.mark.proves(
    "rut-more-training-s01",
    "rut-more-training-s03",
    "rut-more-training-s04",
    "form-more-training-enrolment",
    "mte-person",
    "mte-basis",
    "mte-subjects",
    "mte-last-school",
    "mte-enrolled-by",
    "mte-date",
)
def test_the_school_enrols_in_the_form_and_adult_education_answers_it_on_the_screen(counsellor, case, school):
    centre = make.unit(UnitKind.ADULT_EDUCATION, name="Voksenopplæring Prøve", takes_responsibility=True)
    teacher = make.actor(Role.ADULT_EDUCATION_ADVISER, centre)
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-more-training")
        contact.add_contact_detail(
            actor=counsellor, youth_id=case.youth_id, kind="phone", value="41234567", source="youth"
        )
    write(counsellor, case, "information-entry", said={"about": ["offers"], "how": "talk"})
    where = {"youth_id": case.youth_id, "kind": "form-more-training-enrolment"}
    page, browser = reverse("collaboration:record", kwargs=where), browser_of(counsellor)
    form = browser.get(page).context["form"]
    # The adult education and the school are filled in from what is known
    assert form.initial["last_school"] == opaque.encode(school.pk)
    assert form.initial["to_unit"]
    assert form.initial["contact"] == "41 23 45 67"
    values = {
        **form.initial,
        "to_unit": opaque.encode(centre.pk),
        "basis": "failed",
        "subjects": "MAT1019",
        "enrolled_by": "school_youth",
    }
    assert browser.post(page, {**values, "subjects": ""}).status_code == 422
    assert browser.post(page, values).status_code == 302
    assert steps(case)["more-training-s03"] == "done"
    there = browser_of(teacher)
    shown = there.get(reverse("collaboration:notices")).content.decode()
    assert all(text in shown for text in ("Påmelding til mer-opplæring", "MAT1019", "Kalt inn til samtale"))
    with acting_as(counsellor):
        row = Record.objects.get(kind="form-more-training-enrolment")
    sent = reverse("collaboration:answer_record", kwargs={"record_id": row.pk})
    assert there.post(sent, {"answer": "followed_up", "version": 1}).status_code == 302
    said = {"called": "2026-09-20", "attended": "yes", "format": "day", "in_ot": "no", "outcome": "admitted"}
    said |= {"level": "Mangler Vg2", "need": "Matematikk"}
    write(teacher, case, "form-more-training-intake", said=said)
    assert steps(case)["more-training-s04"] == "done"
    tab = browser_of(counsellor).get(reverse("collaboration:cooperation", kwargs={"youth_id": case.youth_id}))
    assert "Kalt inn til samtale" in tab.content.decode()
