"""Entering somebody's identity number tells nobody that there is such a person here."""

import re
from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.kernel import opaque
from fotfeste.kernel.errors import Invalid
from fotfeste.people.models import DuplicatePair, Youth
from fotfeste.people.selectors import search_youths
from fotfeste.people.services import identity
from tests import factories as make

pytestmark = pytest.mark.django_db
BORN = date(2008, 5, 14)
FREE = make.tenor_number(BORN, 33)


@pytest.fixture
def mine():
    return make.unit()


@pytest.fixture
def counsellor(mine):
    return make.actor(Role.COUNSELLOR, mine)


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


@pytest.fixture
def theirs():
    """Somebody at another school, whom nobody at mine may see."""
    return make.case(make.unit(), first_name="Kanarifugl", last_name="Hemmeligsen", born=BORN).youth


def _at(youth: Youth) -> str:
    return f"/ungdom/{opaque.encode(youth.pk)}/"


def _enter(client, youth: Youth, number: str):
    named = {"first_name": youth.first_name, "last_name": youth.last_name, "born": "2008-05-14"}
    given = {**named, "reason": "typo", "version": "1"}
    return client.post(f"{_at(youth)}navn/", {**given, "national_id": number})


def _correct(actor, youth: Youth, number: str, *, version: int = 1) -> Youth:
    with acting_as(actor):
        return identity.correct_identity(
            actor=actor, youth_id=youth.pk, version=version, national_id=number, born=BORN,
            first_name=youth.first_name, last_name=youth.last_name,
        )  # fmt: skip


def _now(youth: Youth) -> Youth:
    with acting_as(make.system(3, 46)):
        return Youth.objects.get(pk=youth.pk)


def _told(answer, youth: Youth, number: str) -> tuple[int, str]:
    """Return an answer without what must differ: whose page it is, the number typed, and the token of the form."""
    text = answer.content.decode() + str(dict(answer.headers))
    for own in (opaque.encode(youth.pk), number, f"{number[:6]} {number[6:]}"):
        text = text.replace(own, "X")
    return answer.status_code, re.sub(
        r'(csrfmiddlewaretoken" value="|CSRFToken": "|Content-Length\': \')[^"\']+', "", text
    )


def test_a_taken_number_and_a_free_one_get_the_same_answer_on_every_page(mine, counsellor, theirs, browser):
    # Given two youths of mine, alike
    one, other = (make.case(mine, born=BORN, national_id=None).youth for _ in range(2))
    # When one is given a number somebody elsewhere has, and the other one that nobody has
    client = browser(counsellor)
    told = []
    for youth, number in ((one, theirs.national_id), (other, FREE)):
        answers = [_enter(client, youth, number)]
        answers += [client.get(_at(youth) + page) for page in ("", "navn/", "historikk/", "hvem-ser-hva/")]
        answers += [client.post("/sok/", {"q": number}), _enter(client, youth, number)]
        told.append([_told(answer, youth, number) for answer in answers])
    # Then nothing tells them apart
    assert told[0] == told[1]
    assert told[0][0][0] == 302
    assert (_now(one).national_id, _now(other).national_id) == (theirs.national_id, FREE)


def test_the_countys_administration_is_told_and_the_log_knows_of_both(mine, counsellor, theirs, admin, browser):
    youth = make.youth(mine, born=BORN, national_id=None)
    _correct(counsellor, youth, theirs.national_id)
    with acting_as(admin):
        (pair,) = DuplicatePair.objects.all()
        assert {pair.first_id, pair.second_id} == {youth.pk, theirs.pk}
    page = browser(admin).get("/dubletter/").content.decode()
    assert "Samme identitetsnummer" in page
    assert "Nummer som må kontrolleres" not in page
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        logged = dict(AuditEntry.objects.filter(verb__startswith="youth.number").values_list("verb", "youth_id"))
        assert logged == {"youth.number_refused": youth.pk, "youth.number_entered": theirs.pk}
        assert AuditEntry.objects.get(verb="youth.number_entered").details == {"user": counsellor.user_id}
        assert theirs.national_id not in str(list(AuditEntry.objects.values()))
    with acting_as(counsellor):
        assert not DuplicatePair.objects.exists()


def test_a_number_taken_in_another_county_is_on_the_list_to_be_checked_without_saying_whose(mine, counsellor, browser):
    elsewhere = make.youth(make.unit(county_id=46), born=BORN, first_name="Kanarifugl")
    youth = make.youth(mine, born=BORN, national_id=None, last_name="Kontrollsen")
    _correct(counsellor, youth, elsewhere.national_id)
    with acting_as(make.system(3, 46)):
        assert not DuplicatePair.objects.exists()
    client = browser(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
    page = client.get("/dubletter/").content.decode()
    assert "Nummer som må kontrolleres" in page
    assert "Kontrollsen" in page
    assert "Kanarifugl" not in page
    _correct(counsellor, youth, FREE, version=2)
    assert "Kontrollsen" not in client.get("/dubletter/").content.decode()


def test_a_new_youth_with_a_number_of_another_county_is_entered_all_the_same():
    elsewhere = make.youth(make.unit(county_id=46), born=BORN)
    desk = make.education_admin()
    admin = make.actor(Role.EDUCATION_ADMIN, desk)
    with acting_as(admin):
        made = identity.create_youth(
            actor=admin, county_id=3, unit_id=desk.pk, first_name="Ny", last_name="Ungdom", born=BORN,
            national_id=elsewhere.national_id,
        )  # fmt: skip
    assert _now(made).is_number_contested


def test_who_sees_the_other_one_is_told_so(mine, counsellor):
    one, other = make.youth(mine, born=BORN), make.youth(mine, born=BORN, national_id=None)
    with pytest.raises(Invalid, match="slå dem sammen"):
        _correct(counsellor, other, one.national_id)
    assert _now(other).national_id is None


def test_a_contested_number_is_found_by_those_who_see_the_youth(mine, counsellor, theirs, admin):
    youth = make.youth(mine, born=BORN, national_id=None)
    _correct(counsellor, youth, theirs.national_id)
    for actor, expected in ((counsellor, {youth.pk}), (admin, {youth.pk, theirs.pk})):
        with acting_as(actor):
            found = search_youths(text=theirs.national_id, posted=True).youth_ids
            assert set(found) == expected


def test_a_number_becomes_ones_own_when_the_other_one_gets_another(mine, counsellor, theirs, admin):
    youth = make.youth(mine, born=BORN, national_id=None)
    _correct(counsellor, youth, theirs.national_id)
    _correct(admin, theirs, FREE)
    assert not _now(youth).is_number_contested
    with acting_as(admin), pytest.raises(Invalid, match="slå dem sammen"):
        _correct(admin, theirs, youth_number := _now(youth).national_id, version=2)
    assert youth_number


def test_when_the_two_are_one_the_number_is_the_kept_ones(mine, counsellor, theirs, admin):
    from fotfeste.casework.services import merging

    youth = make.case(mine, born=BORN, national_id=None).youth
    _correct(counsellor, youth, theirs.national_id)
    with acting_as(admin):
        merging.merge_youths(actor=admin, kept_id=youth.pk, absorbed_id=theirs.pk, reason="samme")
    assert (_now(youth).is_number_contested, _now(theirs).is_number_contested) == (False, True)
    with acting_as(admin):
        (merge,) = youth.__class__.objects.filter(pk=theirs.pk).values_list("merged_into_id", flat=True)
        assert merge == youth.pk


def test_a_pair_decided_to_be_two_is_opened_again_when_they_get_the_same_number(mine, counsellor, theirs, admin):
    youth = make.youth(mine, born=BORN, national_id=None)
    first, second = sorted((youth.pk, theirs.pk))
    with acting_as(make.system()):
        DuplicatePair.objects.create(
            county_id=3, first_id=first, second_id=second, signs=["same_phone"], state="different",
            found_at="2026-11-01T10:00Z",
        )  # fmt: skip
    _correct(counsellor, youth, theirs.national_id)
    with acting_as(admin):
        (pair,) = DuplicatePair.objects.values_list("state", "signs")
        assert pair == ("open", ["same_number", "same_phone"])
