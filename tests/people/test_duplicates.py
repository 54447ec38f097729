"""Registrations that may be one person, and twins who are two."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, NotAllowed
from fotfeste.people import selectors
from fotfeste.people.enums import PairSign
from fotfeste.people.models import DuplicatePair, Youth
from fotfeste.people.services import contact, duplicates, merging
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def school():
    return make.unit()


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


def _signs(*youths):
    with acting_as(make.system()):
        found = duplicates.find_possible_duplicates(youth_ids=[youth.pk for youth in youths])
    return [set(pair.signs) for pair in found]


def test_the_same_name_and_birth_date_with_and_without_a_number_is_a_pair(school):
    known = make.youth(school)
    new = make.youth(school, national_id=None)
    with acting_as(make.system()):
        (pair,) = duplicates.find_possible_duplicates(youth_ids=[new.pk])
    assert (pair.first_id, pair.second_id) == (known.pk, new.pk)
    assert set(pair.signs) == {PairSign.SAME_NAME, PairSign.ONE_WITHOUT_NUMBER}


@pytest.mark.parametrize(
    ("first_name", "last_name", "sign"),
    [
        ("Prøvesen", "Amina", PairSign.SAME_NAME),
        ("Amina Sofie", "Prøvesen", PairSign.NAME_WITHIN_NAME),
        ("Aminah", "Prøvesen", PairSign.SIMILAR_NAME),
        ("Amina", "Prøvesenn", PairSign.SIMILAR_NAME),
    ],
)
def test_names_written_a_little_differently_are_seen(school, first_name, last_name, sign):
    make.youth(school)
    new = make.youth(school, first_name=first_name, last_name=last_name, national_id=None)
    assert _signs(new) == [{sign, PairSign.ONE_WITHOUT_NUMBER}]


def test_twins_at_one_address_are_no_pair(school):
    # Given two with the same birth date and last name, both without a number, as newly come refugees may be
    one = make.youth(school, first_name="Hassan", last_name="Aden", national_id=None)
    other = make.youth(school, first_name="Hodan", last_name="Aden", national_id=None)
    assert _signs(one, other) == []


def test_two_lasting_numbers_are_two_people_whatever_else_is_alike(school):
    one, other = make.youth(school), make.youth(school)
    with acting_as(make.system()):
        for youth in (one, other):
            contact.add_contact_detail(
                actor=make.system(), youth_id=youth.pk, kind="phone", value="22334455", source="x"
            )
    assert _signs(one, other) == []


def test_the_same_telephone_and_birth_date_is_a_sign(school):
    one = make.youth(school, first_name="Mohammed", last_name="Ali")
    other = make.youth(school, first_name="Muhamad", last_name="Aly", national_id=None)
    with acting_as(make.system()):
        for youth in (one, other):
            contact.add_contact_detail(
                actor=make.system(), youth_id=youth.pk, kind="phone", value="22334455", source="x"
            )
    (signs,) = _signs(other)
    assert PairSign.SAME_PHONE in signs


def test_another_birth_date_is_another_person(school):
    make.youth(school, born=date(2008, 5, 14))
    assert _signs(make.youth(school, born=date(2008, 5, 15), national_id=None)) == []


def test_a_pair_decided_to_be_two_people_is_not_proposed_again(school, admin):
    make.youth(school)
    new = make.youth(school, national_id=None)
    with acting_as(admin):
        found = duplicates.find_possible_duplicates(youth_ids=[new.pk])
        assert duplicates.record_pairs(pairs=found) == 1
        (pair,) = selectors.open_pairs(county_id=make.OSLO)
        duplicates.decide_different(actor=admin, pair_id=pair.id)
        assert duplicates.record_pairs(pairs=found) == 0
        assert selectors.open_pairs(county_id=make.OSLO) == ()


@pytest.fixture
def pair(school, admin):
    """A known youth with a number, and a new registration of the same person at the administration, without one."""
    known = make.youth(school)
    new = make.youth(make.education_admin(), national_id=None)
    with acting_as(admin):
        duplicates.record_pairs(pairs=duplicates.find_possible_duplicates(youth_ids=[new.pk]))
    return known, new


def _merge(admin, known, new):
    with acting_as(admin):
        return merging.merge_youths(
            actor=admin, kept_id=known.pk, absorbed_id=new.pk, reason="samme person", undo_state={}
        )


def test_after_a_merge_whoever_sees_the_one_sees_both_and_nothing_is_gone(pair, admin, school):
    known, new = pair
    _merge(admin, known, new)
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        assert selectors.same_person_ids(youth_id=known.pk) == [known.pk, new.pk]
        assert Youth.objects.count() == 2
    with acting_as(admin):
        assert DuplicatePair.objects.get().state == "same"


def test_a_merge_is_undone_to_where_everything_stood(pair, admin, school):
    known, new = pair
    merge = _merge(admin, known, new)
    with acting_as(admin):
        merging.undo_merge(actor=admin, merge_id=merge.pk)
        restored = Youth.objects.get(pk=new.pk)
        assert (restored.merged_into_id, restored.unit_id) == (None, make.education_admin().pk)
        assert DuplicatePair.objects.get().state == "open"
        with pytest.raises(EditConflict, match="allerede angret"):
            merging.undo_merge(actor=admin, merge_id=merge.pk)
    with acting_as(make.actor(Role.COUNSELLOR, school)):
        assert not Youth.objects.filter(pk=new.pk).exists()


def test_only_the_administration_merges(pair, school):
    known, _ = pair
    counsellor = make.actor(Role.COUNSELLOR, school)
    other = make.youth(school, first_name="Annen", national_id=None)
    with acting_as(counsellor), pytest.raises(NotAllowed):
        merging.merge_youths(actor=counsellor, kept_id=known.pk, absorbed_id=other.pk, reason="", undo_state={})


def test_two_who_decide_a_pair_differently_are_told_of_each_other(pair, admin):
    known, new = pair
    with acting_as(admin):
        pair_id = DuplicatePair.objects.get().pk
        duplicates.decide_different(actor=admin, pair_id=pair_id)
    with pytest.raises(EditConflict):
        _merge(admin, known, new)
    with acting_as(admin), clock.frozen(make.TODAY):
        assert Youth.objects.get(pk=new.pk).merged_into_id is None
