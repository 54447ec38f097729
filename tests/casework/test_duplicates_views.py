"""Possible duplicates in the browser: compared by a person, decided, and undone."""

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Registration
from fotfeste.kernel import clock, opaque
from fotfeste.people.models import Address, DuplicatePair, Merge, Youth
from tests import factories as make
from tests.seen import seen

pytestmark = pytest.mark.django_db

PAIRS = "/dubletter/"


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


@pytest.fixture
def twice(school):
    """Somebody registered twice: once in the service with a number, once without either."""
    registered = make.case(school, first_name="Amina", last_name="Prøvesen").youth
    without = make.youth(school, first_name="Amina", last_name="Prøvesen", national_id=None)
    first, second = sorted((registered, without), key=lambda youth: youth.pk)
    with acting_as(make.system()):
        pair = DuplicatePair.objects.create(
            county_id=3,
            first=first,
            second=second,
            signs=["same_name_and_birth_date", "one_without_number"],
            found_at=clock.now(),
        )
    return pair, registered, without


def page_of(pair: DuplicatePair) -> str:
    return f"{PAIRS}{opaque.encode(pair.pk)}/"


def state_of(pair: DuplicatePair) -> str:
    with acting_as(make.system()):
        return DuplicatePair.objects.get(pk=pair.pk).state


def merged_into(youth: Youth) -> int | None:
    with acting_as(make.system()):
        return Youth.objects.get(pk=youth.pk).merged_into_id


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_only_the_education_administration_decides(enter, counsellor, twice):
    assert enter(counsellor).get(PAIRS).status_code == 403
    assert enter(counsellor).post(f"{page_of(twice[0])}ulike/").status_code == 403


def test_without_pairs_it_is_told_where_they_come_from(enter, admin):
    assert "Ingen mulige dubletter" in text_of(enter(admin).get(PAIRS))


def test_pairs_are_listed_with_what_speaks_for_them(enter, admin, twice):
    text = text_of(enter(admin).get(PAIRS))
    assert "1 par å avgjøre" in text
    assert "Samme navn og fødselsdato · Den ene mangler varig identitetsnummer" in text


def test_the_two_are_shown_side_by_side_and_never_their_numbers(enter, admin, twice):
    pair, registered, _without = twice
    text = text_of(enter(admin).get(page_of(pair)))
    assert "Ukjent aktivitet siden 12. sep. 2026" in text
    assert "Prøvesen, Amina (uten varig nummer, ikke tilmeldt)" in text
    assert registered.national_id not in text


def test_the_one_in_the_service_is_proposed_to_be_kept(enter, admin, twice):
    pair, registered, _without = twice
    text = text_of(enter(admin).get(page_of(pair)))
    chosen = text.split("checked")[0]
    assert chosen.rindex(f'value="{opaque.encode(registered.pk)}"') > chosen.rindex('type="radio"')


def test_the_same_person_becomes_one_and_the_other_is_taken_up(enter, admin, twice):
    pair, registered, without = twice
    client = enter(admin)
    data = {"keep": opaque.encode(registered.pk), "reason": "Bekreftet på telefon"}
    response = client.post(page_of(pair), data | seen(client.get(page_of(pair))), follow=True)
    assert (merged_into(without), state_of(pair)) == (registered.pk, "same")
    assert "Slått sammen" in text_of(response)


def test_the_one_not_in_the_service_cannot_stand_for_the_one_that_is(enter, admin, twice):
    pair, registered, without = twice
    client = enter(admin)
    data = {"keep": opaque.encode(without.pk)} | seen(client.get(page_of(pair)))
    response = client.post(page_of(pair), data)
    assert response.status_code == 422
    assert "Behold den som er tilmeldt" in text_of(response)
    assert merged_into(registered) is None


def test_only_one_of_the_two_may_be_kept(enter, admin, twice, school):
    stranger = make.youth(school)
    response = enter(admin).post(page_of(twice[0]), {"keep": opaque.encode(stranger.pk)})
    assert response.status_code == 422
    assert state_of(twice[0]) == "open"


def test_two_people_are_left_alone_and_not_asked_about_again(enter, admin, twice):
    pair, _registered, without = twice
    client = enter(admin)
    response = client.post(f"{page_of(pair)}ulike/", seen(client.get(page_of(pair))), follow=True)
    assert (state_of(pair), merged_into(without)) == ("different", None)
    assert "Ingen mulige dubletter" in text_of(response)
    assert client.get(page_of(pair)).status_code == 404


def test_a_merge_can_be_undone_from_its_list(enter, admin, twice):
    # Given
    pair, registered, without = twice
    client = enter(admin)
    data = {"keep": opaque.encode(registered.pk), "reason": "Samme telefon"}
    client.post(page_of(pair), data | seen(client.get(page_of(pair))))
    with acting_as(make.system()):
        merge = Merge.objects.get()
    shown = text_of(client.get(PAIRS, {"vis": "sammenslatt"}))
    assert "Samme telefon" in shown
    # When
    response = client.post(f"{PAIRS}sammenslatt/{opaque.encode(merge.pk)}/angre/", follow=True)
    # Then
    assert (merged_into(without), state_of(pair)) == (None, "open")
    assert "Begge registreringene står som før" in text_of(response)
    with acting_as(make.system()):
        assert Registration.objects.filter(youth=registered, last_day=None).exists()


def test_where_a_protected_youth_lives_is_not_shown_in_the_comparison(enter, admin, twice):
    pair, registered, _without = twice
    with acting_as(make.system()):
        Youth.objects.filter(pk=registered.pk).update(protection="strictly_confidential")
        Address.objects.create(
            youth=registered,
            kind="registered",
            street="Hemmelig vei 1",
            is_protected=True,
            source="test",
            recorded_at=clock.now(),
        )
    text = text_of(enter(admin).get(page_of(pair)))
    assert "Hemmelig vei" not in text
    assert "Prøve videregående skole" not in text
    assert "Vises ikke" in text


def test_both_are_in_the_read_log_when_they_are_compared(enter, admin, twice):
    pair, registered, without = twice
    enter(admin).get(page_of(pair))
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        read = set(AuditEntry.objects.filter(verb="read").values_list("youth_id", flat=True))
    assert read == {registered.pk, without.pk}


def test_a_pair_of_another_county_is_as_if_it_did_not_exist(enter, twice):
    make.county(46, "Vestland")
    stranger = make.actor(Role.EDUCATION_ADMIN, make.education_admin(46))
    assert enter(stranger).get(page_of(twice[0])).status_code == 404
