"""Correcting who somebody is, and hiding where they live."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.people import selectors
from fotfeste.people.models import Address, Youth
from fotfeste.people.services import addresses, identity
from tests import factories as make

pytestmark = pytest.mark.django_db
BORN = date(2008, 5, 14)


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


def _correct(actor, youth, **values):
    given = {"first_name": "Amina", "last_name": "Prøvesen", "born": BORN, "national_id": ""} | values
    with acting_as(actor):
        return identity.correct_identity(actor=actor, youth_id=youth.pk, version=1, **given)


def test_a_name_is_corrected_and_the_old_one_stays_in_the_history(school, counsellor):
    youth = make.youth(school, first_name="Amnia", born=BORN)
    corrected = _correct(counsellor, youth, national_id=youth.national_id)
    assert (corrected.first_name, corrected.version) == ("Amina", 2)
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())):
        assert list(youth.events.values_list("first_name", flat=True)) == ["Amnia"]


def test_the_second_to_save_sees_both_versions_and_nothing_is_lost(school, counsellor):
    youth = make.youth(school, born=BORN, national_id=None)
    _correct(counsellor, youth, first_name="Amina Sofie")
    with pytest.raises(EditConflict) as conflict:
        _correct(counsellor, youth, first_name="Aminah")
    assert conflict.value.theirs["Fornavn"] == "Amina Sofie"
    assert conflict.value.yours["Fornavn"] == "Aminah"
    with acting_as(counsellor):
        assert Youth.objects.get(pk=youth.pk).first_name == "Amina Sofie"


def test_a_conflict_does_not_show_the_personal_part_of_the_number(school, counsellor):
    youth = make.youth(school, born=BORN)
    _correct(counsellor, youth, first_name="En", national_id=youth.national_id)
    with pytest.raises(EditConflict) as conflict:
        _correct(counsellor, youth, first_name="To", national_id=youth.national_id)
    assert youth.national_id[6:] not in str(conflict.value.theirs) + str(conflict.value.yours)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        ("1234", "11 siffer"),
        ("14850812345", "Kontrollsifrene"),
        ("14050812346", "virkelig person|Kontrollsifrene"),
    ],
)
def test_a_wrong_number_is_refused_with_the_reason_and_without_the_number(school, counsellor, number, sentence):
    youth = make.youth(school, born=BORN, national_id=None)
    with pytest.raises(Invalid, match=sentence) as refusal:
        _correct(counsellor, youth, national_id=number)
    assert number not in str(refusal.value)


def test_a_number_whose_date_is_another_than_the_birth_date_is_refused(school, counsellor):
    youth = make.youth(school, born=BORN, national_id=None)
    with pytest.raises(Invalid, match="en annen enn fødselsdatoen"):
        _correct(counsellor, youth, national_id=make.tenor_number(date(2008, 6, 1), 7))


def test_a_number_somebody_one_sees_has_is_refused_and_points_to_merging(school, counsellor):
    taken = make.youth(school, born=BORN).national_id
    youth = make.youth(school, born=BORN, national_id=None)
    with pytest.raises(Invalid, match="slå dem sammen"):
        _correct(counsellor, youth, national_id=taken)
    with acting_as(counsellor):
        assert Youth.objects.get(pk=youth.pk).national_id is None


def test_another_schools_counsellor_cannot_correct_anybody(school):
    youth = make.youth(school, born=BORN)
    with pytest.raises(Invalid, match="har ikke tilgang"):
        _correct(make.actor(Role.COUNSELLOR, make.unit()), youth)


def test_the_schools_leader_sees_but_does_not_correct(school):
    youth = make.youth(school, born=BORN, national_id=None)
    with pytest.raises(NotAllowed):
        _correct(make.actor(Role.UNIT_LEADER, school), youth)


def test_the_administration_enters_a_youth_without_a_number():
    admin = make.education_admin()
    actor = make.actor(Role.EDUCATION_ADMIN, admin)
    with acting_as(actor):
        youth = identity.create_youth(
            actor=actor, county_id=make.OSLO, unit_id=admin.pk, first_name="Ny", last_name="Ungdom", born=BORN
        )
        assert selectors.get_youth_or_404(youth_id=youth.pk).national_id is None


def test_a_counsellor_does_not_enter_new_youths(school, counsellor):
    with acting_as(counsellor), pytest.raises(NotAllowed):
        identity.create_youth(
            actor=counsellor, county_id=make.OSLO, unit_id=school.pk, first_name="Ny", last_name="Ungdom", born=BORN
        )


def test_a_protecting_grade_hides_every_address_also_the_old_ones(school, counsellor):
    # Given a youth with an address of today and one of before
    youth = make.youth(school)
    with acting_as(counsellor):
        for street, first_day, seen in (("Gamleveien 1", date(2020, 1, 1), None), ("Nyveien 2", date(2026, 1, 1), ...)):
            seen_id = None if seen is None else Address.objects.get(superseded_at=None).pk
            place = addresses.Place(street=street, district_code="030101")
            addresses.set_address(
                actor=counsellor, youth_id=youth.pk, kind="registered", place=place, first_day=first_day, source="test",
                seen_id=seen_id,
            )  # fmt: skip
        assert Address.objects.count() == 3
    # When the named handler records strictly confidential
    handler = make.actor(Role.PROTECTED_HANDLER, make.education_admin())
    with acting_as(handler):
        identity.set_protection(actor=handler, youth_id=youth.pk, grade="strictly_confidential")
        seen_by_handler = Address.objects.count()
    # Then neither the school nor the administration sees any of them
    with acting_as(counsellor):
        assert Address.objects.count() == 0
    with acting_as(make.actor(Role.EDUCATION_ADMIN, make.education_admin())):
        assert Address.objects.count() == 0
    assert seen_by_handler == 3


def test_only_the_named_handler_sets_and_lifts_protection(school, counsellor):
    youth = make.youth(school)
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    for actor in (counsellor, admin):
        with acting_as(actor), pytest.raises(NotAllowed, match="adressebeskyttelse"):
            identity.set_protection(actor=actor, youth_id=youth.pk, grade="confidential")


GRADES = ["confidential", "shielded"]


@pytest.mark.parametrize("grade", GRADES)
def test_the_rows_of_where_a_protected_youth_lives_open_to_the_named_handler_alone(school, counsellor, grade):
    # Given a youth whose addresses the school and the administration read, one of them no longer in use
    youth = make.youth(school)
    worker, admin = make.system(), make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    handler = make.actor(Role.PROTECTED_HANDLER, make.education_admin())

    def add(day: date, seen_id: int | None) -> int:
        with acting_as(worker), clock.frozen(make.TODAY):
            return addresses.set_address(
                actor=worker, youth_id=youth.pk, kind="registered", place=addresses.Place(street="Veien 1"),
                first_day=day, source="test", seen_id=seen_id,
            ).pk  # fmt: skip

    def read() -> dict[str, int]:
        readers = {"school": counsellor, "administration": admin, "handler": handler}
        counted = {}
        for name, reader in readers.items():
            with acting_as(reader):
                counted[name] = Address.objects.count()
        return counted

    first = add(date(2020, 1, 1), None)
    assert read() == {"school": 1, "administration": 1, "handler": 1}
    # When the grade is recorded, and another address comes
    with acting_as(handler):
        identity.set_protection(actor=handler, youth_id=youth.pk, grade=grade)
    hidden = read()
    add(date(2021, 1, 1), first)
    # Then PostgreSQL gives neither to anybody but the handler, until the grade is lifted
    assert hidden == {"school": 0, "administration": 0, "handler": 1}
    assert read() == {"school": 0, "administration": 0, "handler": 3}
    with acting_as(handler):
        identity.set_protection(actor=handler, youth_id=youth.pk, grade="none")
    assert read() == {"school": 3, "administration": 3, "handler": 3}


@pytest.mark.parametrize("grade", GRADES)
def test_nobody_but_the_handler_writes_an_address_of_a_protected_youth(school, counsellor, grade):
    youth = make.youth(school, protection=grade)
    with acting_as(counsellor), pytest.raises(NotAllowed, match="beskyttet"):
        addresses.set_address(
            actor=counsellor, youth_id=youth.pk, kind="stay", place=addresses.Place(street="Veien 1"),
            first_day=make.TODAY, source="test", seen_id=None,
        )  # fmt: skip


@pytest.mark.parametrize("grade", GRADES)
def test_of_a_protected_youth_the_rules_are_told_neither_district_nor_point(school, grade):
    youth = make.youth(school, protection=grade)
    handler = make.system()
    with acting_as(handler), clock.frozen(make.TODAY):
        place = addresses.Place(district_code="030101", latitude=59.9, longitude=10.7, municipality="0301")
        addresses.set_address(
            actor=handler, youth_id=youth.pk, kind="registered", place=place, first_day=date(2020, 1, 1),
            source="test", seen_id=None,
        )  # fmt: skip
        facts = selectors.person_facts(youth_ids=[youth.pk], on=make.TODAY)[youth.pk]
    assert (facts.registered_district, facts.registered_point, facts.is_protected) == (None, None, True)
