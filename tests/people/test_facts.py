"""Dated facts: a correction adds a row, and what held on a day can be asked for afterwards."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid
from fotfeste.law.facts import EnrolmentEnd, EnrolmentKind, Placement
from fotfeste.people import selectors
from fotfeste.people.models import Address, Enrolment
from fotfeste.people.services import addresses, contact, enrolments
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def counsellor(school):
    actor = make.actor(Role.COUNSELLOR, school)
    with clock.frozen(make.TODAY), acting_as(actor):
        yield actor


@pytest.fixture
def youth(school):
    return make.youth(school)


def _address(actor, youth, street, first_day, *, seen_id, kind="registered", **place):
    return addresses.set_address(
        actor=actor, youth_id=youth.pk, kind=kind, place=addresses.Place(street=street, **place), first_day=first_day,
        source="test", seen_id=seen_id,
    )  # fmt: skip


def test_a_new_address_ends_the_old_the_day_before(youth, counsellor):
    first = _address(counsellor, youth, "Gamleveien 1", date(2020, 1, 1), seen_id=None)
    _address(counsellor, youth, "Nyveien 2", date(2026, 3, 1), seen_id=first.pk)
    on = [date(2026, 2, 28), date(2026, 3, 1)]
    assert [selectors.addresses_of(youth_ids=[youth.pk], on=day).get().street for day in on] == [
        "Gamleveien 1",
        "Nyveien 2",
    ]


def test_the_row_that_was_replaced_is_kept_as_it_was_recorded(youth, counsellor):
    first = _address(counsellor, youth, "Gamleveien 1", date(2020, 1, 1), seen_id=None)
    _address(counsellor, youth, "Nyveien 2", date(2026, 3, 1), seen_id=first.pk)
    replaced = Address.objects.get(pk=first.pk)
    assert (replaced.last_day, replaced.superseded_at is not None) == (None, True)


def test_an_address_recorded_by_somebody_else_meanwhile_is_shown_not_overwritten(youth, counsellor):
    _address(counsellor, youth, "Deres vei 1", date(2026, 1, 1), seen_id=None)
    with pytest.raises(EditConflict) as conflict:
        _address(counsellor, youth, "Min vei 2", date(2026, 1, 1), seen_id=None)
    assert conflict.value.theirs["Adresse"] == "Deres vei 1"
    assert conflict.value.yours["Adresse"] == "Min vei 2"


def test_an_address_cannot_begin_before_the_one_it_replaces(youth, counsellor):
    first = _address(counsellor, youth, "Gamleveien 1", date(2026, 1, 1), seen_id=None)
    with pytest.raises(Invalid, match="før den nåværende"):
        _address(counsellor, youth, "Nyveien 2", date(2025, 1, 1), seen_id=first.pk)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("22 33 44 55", "+4722334455"), ("+47 22334455", "+4722334455"), ("0046 70 123 45 67", "+46701234567")],
)
def test_a_telephone_number_is_kept_in_one_form(youth, counsellor, written, kept):
    detail = contact.add_contact_detail(
        actor=counsellor, youth_id=youth.pk, kind="phone", value=written, source="ungdommen"
    )
    assert detail.value == kept


@pytest.mark.parametrize(("kind", "value"), [("phone", "1234"), ("phone", "+47 123"), ("email", "ikke epost")])
def test_what_is_no_number_or_address_is_refused(youth, counsellor, kind, value):
    with pytest.raises(Invalid):
        contact.add_contact_detail(actor=counsellor, youth_id=youth.pk, kind=kind, value=value, source="x")


def test_the_same_number_twice_is_one(youth, counsellor):
    for written in ("22334455", "+4722334455"):
        contact.add_contact_detail(actor=counsellor, youth_id=youth.pk, kind="phone", value=written, source="x")
    assert selectors.contact_details_of(youth_ids=[youth.pk], on=make.TODAY).count() == 1


def test_a_number_no_longer_in_use_stays_in_the_history(youth, counsellor):
    detail = contact.add_contact_detail(
        actor=counsellor, youth_id=youth.pk, kind="phone", value="22334455", source="x", first_day=date(2026, 1, 1)
    )
    contact.end_contact_detail(actor=counsellor, detail_id=detail.pk, last_day=date(2026, 6, 30))
    days = [date(2026, 6, 30), date(2026, 7, 1)]
    assert [selectors.contact_details_of(youth_ids=[youth.pk], on=day).count() for day in days] == [1, 0]
    with pytest.raises(EditConflict):
        contact.end_contact_detail(actor=counsellor, detail_id=detail.pk, last_day=date(2026, 8, 1))


def test_a_guardian_is_added_and_ended(youth, counsellor):
    guardian = contact.add_guardian(
        actor=counsellor, youth_id=youth.pk, name="Mor Prøvesen", relation="mor", phone="22334455", source="ungdommen"
    )
    contact.end_guardian(actor=counsellor, guardian_id=guardian.pk, last_day=make.TODAY)
    assert selectors.guardians_of(youth_ids=[youth.pk], on=make.TODAY).get().phone == "+4722334455"
    assert not selectors.guardians_of(youth_ids=[youth.pk], on=date(2026, 11, 24)).exists()


def _enrol(actor, youth, school, first_day, **fields):
    return enrolments.record_enrolment(
        actor=actor, youth_id=youth.pk, kind="pupil", school_id=school.pk, first_day=first_day, source="test", **fields
    )


def test_the_end_of_an_enrolment_is_recorded_with_its_reason(youth, counsellor, school):
    running = _enrol(counsellor, youth, school, date(2025, 8, 18), level="vg1", programme="BABAT1----")
    enrolments.end_enrolment(actor=counsellor, enrolment_id=running.pk, last_day=date(2026, 9, 10), end_reason="quit")
    facts = selectors.person_facts(youth_ids=[youth.pk], on=make.TODAY)[youth.pk]
    (enrolment,) = facts.enrolments
    assert (enrolment.kind, enrolment.last_day, enrolment.end_reason) == (
        EnrolmentKind.PUPIL,
        date(2026, 9, 10),
        EnrolmentEnd.QUIT,
    )
    assert (enrolment.is_vocational, enrolment.in_county, facts.school_ids) == (True, True, (school.pk,))
    assert Enrolment.objects.filter(superseded_at=None).count() == 1


def test_two_ends_of_one_enrolment_are_a_conflict(youth, counsellor, school):
    running = _enrol(counsellor, youth, school, date(2025, 8, 18))
    enrolments.end_enrolment(actor=counsellor, enrolment_id=running.pk, last_day=date(2026, 9, 10), end_reason="quit")
    with pytest.raises(EditConflict):
        enrolments.end_enrolment(
            actor=counsellor, enrolment_id=running.pk, last_day=date(2026, 10, 1), end_reason="expelled"
        )


def test_an_enrolment_cannot_end_before_it_begins(youth, counsellor, school):
    with pytest.raises(Invalid, match="Sluttdatoen"):
        _enrol(counsellor, youth, school, date(2026, 8, 18), last_day=date(2026, 8, 17))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("quit", EnrolmentEnd.QUIT),
        ("Bortvist resten av året", EnrolmentEnd.EXPELLED),
        ("kontrakten ble hevet", EnrolmentEnd.CONTRACT_TERMINATED),
        ("Sluttet", EnrolmentEnd.QUIT),
        ("noe annet", EnrolmentEnd.UNKNOWN),
    ],
)
def test_a_senders_words_for_the_end_are_read_as_far_as_they_go(youth, counsellor, school, words, meant):
    with acting_as(make.system()):
        Enrolment.objects.create(
            youth=youth, kind="pupil", school=school, first_day=date(2025, 8, 18), last_day=date(2026, 9, 1),
            end_reason=words, source="test", recorded_at=clock.now(),
        )  # fmt: skip
        facts = selectors.person_facts(youth_ids=[youth.pk], on=make.TODAY)[youth.pk]
    assert facts.enrolments[0].end_reason is meant


def test_a_placement_is_said_to_lie_in_or_outside_the_county(youth, counsellor):
    placed = _address(
        counsellor, youth, "Institusjonsveien 1", date(2026, 1, 1), seen_id=None, kind="institution",
        municipality="4601", latitude=60.4, longitude=5.3,
    )  # fmt: skip
    facts = selectors.person_facts(youth_ids=[youth.pk], on=make.TODAY)[youth.pk]
    assert (facts.placement, facts.institution_point.latitude) == (Placement.OUTSIDE_COUNTY, placed.latitude)


def test_what_is_read_at_once_is_what_each_selector_gives(counsellor, youth):
    # Given facts that hold, one that is over, one corrected, and school in two places of which one is no unit
    for value, first_day in (("+4759000001", date(2026, 1, 1)), ("+4759000002", date(2026, 3, 1))):
        contact.add_contact_detail(
            actor=counsellor, youth_id=youth.pk, kind="phone", value=value, first_day=first_day, source="test"
        )
    _address(counsellor, youth, "Gamleveien 1", date(2025, 1, 1), seen_id=None)
    for school_id, name in ((counsellor.unit_id, ""), (None, "Bedriften AS")):
        Enrolment.objects.create(
            youth=youth, kind="pupil", school_id=school_id, school_name=name, source="test", recorded_at=clock.now()
        )
    # When they are read together
    known = selectors.known_facts(youth_ids=[youth.pk], on=make.TODAY)
    # Then they are the same, in the same order, with the schools
    for asked in ("contact_details", "addresses", "guardians"):
        alone = getattr(selectors, f"{asked}_of")(youth_ids=[youth.pk], on=make.TODAY)
        assert getattr(known, asked) == tuple(alone)
    assert known.enrolments == tuple(selectors.enrolments_of(youth_ids=[youth.pk]))
    assert [each.school and each.school.pk for each in known.enrolments] == [None, counsellor.unit_id]
    assert len(known.contact_details) == 2
