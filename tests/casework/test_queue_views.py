"""The queue of youths without a unit, in the browser, without JavaScript."""

from datetime import date

import pytest

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.models import Unit
from fotfeste.people.models import Address, Youth
from tests import factories as make
from tests.seen import seen

pytestmark = pytest.mark.django_db

QUEUE = "/ko/"
NEAR_HERSLEB = (59.9175, 10.7660)


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


@pytest.fixture
def admin():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin())


@pytest.fixture
def hersleb():
    return Unit.objects.get(name="Hersleb videregående skole")


@pytest.fixture
def enter(client):
    def log_in(actor):
        session = client.session
        session["user_id"] = actor.user_id
        session.save()
        return client

    return log_in


def waiting(*, last_name: str = "Prøvesen", since: date = date(2026, 9, 12), **fields) -> Registration:
    """Make a youth no rule has found a unit for."""
    registration = make.case(make.education_admin(), last_name=last_name, since=since, **fields)
    with acting_as(make.system()):
        Responsibility.objects.filter(youth_id=registration.youth_id).update(ground="undecided", rule="")
    return registration


def lives_near(registration: Registration, latitude: float, longitude: float) -> None:
    with acting_as(make.system()):
        Address.objects.create(
            youth_id=registration.youth_id,
            kind="registered",
            latitude=latitude,
            longitude=longitude,
            municipality="0301",
            source="test",
            recorded_at=clock.now(),
        )


def row_fields(registration: Registration, unit: Unit | None = None) -> dict[str, str]:
    key = opaque.encode(registration.youth_id)
    fields = {f"versjon-{key}": str(registration.version)}
    return fields | ({f"enhet-{key}": opaque.encode(unit.pk)} if unit else {})


def holder_of(registration: Registration) -> Responsibility:
    with acting_as(make.system()):
        return Responsibility.objects.select_related("holder").get(youth_id=registration.youth_id, last_day=None)


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


def test_only_the_education_administration_opens_the_queue(enter, hersleb):
    assert enter(make.actor(Role.COUNSELLOR, hersleb)).get(QUEUE).status_code == 403


def test_an_empty_queue_says_so_and_where_to_go(enter, admin, hersleb):
    make.case(hersleb)
    text = text_of(enter(admin).get(QUEUE))
    assert "Køen er tom" in text
    assert 'href="/ungdommer/"' in text


def test_whoever_has_waited_longest_stands_first_with_how_long_and_why(enter, admin):
    waiting(last_name="Nylig", since=date(2026, 11, 1))
    waiting(last_name="Lenge", since=date(2026, 8, 1))
    text = text_of(enter(admin).get(QUEUE))
    assert text.index("Lenge, Amina") < text.index("Nylig, Amina")
    assert "114 dager" in text
    assert "Utdanningsadministrasjonen må tildele" in text
    assert "unit-change" in text


def test_the_nearest_school_is_suggested_with_its_distance(enter, admin):
    lives_near(waiting(), *NEAR_HERSLEB)
    text = text_of(enter(admin).get(QUEUE))
    assert "Hersleb videregående skole (nærmest, 0," in text


def test_a_suggestion_is_taken_with_one_button_and_brings_its_own_reason(enter, admin, hersleb):
    # Given
    registration = waiting()
    lives_near(registration, *NEAR_HERSLEB)
    # When
    key = opaque.encode(registration.youth_id)
    response = enter(admin).post(QUEUE, {"tildel": key, **row_fields(registration, hersleb)}, follow=True)
    # Then
    held = holder_of(registration)
    assert (held.holder, held.ground) == (hersleb, "manual")
    assert held.reason.startswith("Nærmeste videregående skole, 0,")
    assert "1 tildelt." in text_of(response)
    assert "Prøvesen, Amina" not in text_of(response)


def test_a_unit_that_was_not_suggested_is_not_taken_from_the_row(enter, admin):
    registration = waiting()
    lives_near(registration, *NEAR_HERSLEB)
    other = Unit.objects.get(name="Stovner videregående skole")
    key = opaque.encode(registration.youth_id)
    response = enter(admin).post(QUEUE, {"tildel": key, **row_fields(registration, other)}, follow=True)
    assert holder_of(registration).ground == "undecided"
    assert "Ingen enhet er valgt på raden" in text_of(response)


def test_many_go_to_one_unit_with_one_reason(enter, admin, hersleb):
    chosen = [waiting(last_name="En"), waiting(last_name="To")]
    data = {"valgt": [opaque.encode(r.youth_id) for r in chosen], "til": opaque.encode(hersleb.pk)}
    data |= {"grunn": "Avtalt med skolen", "mange": "ja", **row_fields(chosen[0]), **row_fields(chosen[1])}
    response = enter(admin).post(QUEUE, data, follow=True)
    assert [holder_of(r).holder for r in chosen] == [hersleb, hersleb]
    assert "2 tildelt." in text_of(response)


def test_one_refused_does_not_stop_the_others_and_is_told_by_name_with_why(enter, admin, hersleb):
    # Given two youths, one of whom somebody has changed since the page was shown
    one, other = waiting(last_name="Endret"), waiting(last_name="Uendret")
    shown = row_fields(one) | row_fields(other)
    with acting_as(make.system()):
        Registration.objects.filter(pk=one.pk).update(version=5)
    # When
    data = {"valgt": [opaque.encode(r.youth_id) for r in (one, other)], "til": opaque.encode(hersleb.pk)}
    text = text_of(enter(admin).post(QUEUE, {**data, "grunn": "Avtalt", **shown}, follow=True))
    # Then
    assert (holder_of(one).ground, holder_of(other).holder) == ("undecided", hersleb)
    assert "1 tildelt." in text
    assert "1 ble ikke tildelt" in text
    assert "<strong>Endret, Amina:</strong> Noen har endret saken" in text


def test_each_row_is_authorised_by_itself(enter, admin, hersleb):
    # Given a youth of another county among the chosen
    mine = waiting(last_name="Vår")
    make.county(46, "Vestland")
    theirs = make.case(make.education_admin(46), last_name="Deres")
    # When
    data = {"valgt": [opaque.encode(r.youth_id) for r in (mine, theirs)], "til": opaque.encode(hersleb.pk)}
    data |= {"grunn": "Avtalt", **row_fields(mine), **row_fields(theirs)}
    text = text_of(enter(admin).post(QUEUE, data, follow=True))
    # Then one is assigned, and of the other not even the name is told
    assert holder_of(mine).holder == hersleb
    assert "1 ble ikke tildelt" in text
    assert "Deres" not in text


def test_one_unit_for_many_needs_a_reason(enter, admin, hersleb):
    registration = waiting()
    data = {"valgt": opaque.encode(registration.youth_id), "til": opaque.encode(hersleb.pk), "grunn": " "}
    response = enter(admin).post(QUEUE, {**data, **row_fields(registration)})
    assert response.status_code == 422
    assert "Skriv hvorfor enheten skal ha ansvaret." in text_of(response)
    assert "checked" in text_of(response)


def test_choosing_nobody_is_told(enter, admin):
    waiting()
    response = enter(admin).post(QUEUE, {"til": "rad", "mange": "ja"})
    assert response.status_code == 422
    assert "Velg minst én ungdom i listen." in text_of(response)


def test_a_youth_assigned_by_somebody_else_meanwhile_is_not_moved_again(enter, admin, hersleb):
    registration = waiting()
    stovner = Unit.objects.get(name="Stovner videregående skole")
    client = enter(admin)
    data = {"valgt": opaque.encode(registration.youth_id), "grunn": "Avtalt", **row_fields(registration)}
    client.post(QUEUE, {**data, "til": opaque.encode(hersleb.pk)})
    text = text_of(client.post(QUEUE, {**data, "til": opaque.encode(stovner.pk)}, follow=True))
    assert holder_of(registration).holder == hersleb
    assert "Står ikke i køen lenger" in text


def test_youths_under_address_protection_are_counted_but_shown_only_to_those_who_handle_them(enter, admin):
    registration = waiting(last_name="Hemmelig", protection="strictly_confidential")
    text = text_of(enter(admin).get(QUEUE))
    assert "Hemmelig" not in text
    assert "1 ungdom med adressebeskyttelse venter også" in text
    assert enter(admin).get(f"{QUEUE}{opaque.encode(registration.youth_id)}/").status_code == 404

    handler = make.user()
    make.assign(handler, Role.EDUCATION_ADMIN, make.education_admin())
    make.assign(handler, Role.PROTECTED_HANDLER, make.education_admin())
    client = enter(make.actor_for(user_id=handler.pk, on=make.TODAY))
    assert "Hemmelig, Amina" in text_of(client.get(QUEUE))


def test_a_protected_youth_cannot_be_assigned_by_guessing_the_form(enter, admin, hersleb):
    registration = waiting(protection="confidential")
    data = {"valgt": opaque.encode(registration.youth_id), "til": opaque.encode(hersleb.pk), "grunn": "Avtalt"}
    text = text_of(enter(admin).post(QUEUE, {**data, **row_fields(registration)}, follow=True))
    assert holder_of(registration).ground == "undecided"
    assert "Fordeles av den som behandler" in text


def test_nothing_near_is_suggested_for_a_protected_youth(enter):
    registration = waiting(protection="strictly_confidential")
    lives_near(registration, *NEAR_HERSLEB)
    handler = make.user()
    make.assign(handler, Role.EDUCATION_ADMIN, make.education_admin())
    make.assign(handler, Role.PROTECTED_HANDLER, make.education_admin())
    text = text_of(enter(make.actor_for(user_id=handler.pk, on=make.TODAY)).get(QUEUE))
    assert "nærmest" not in text


def test_any_unit_may_be_chosen_on_the_page_of_one_youth_with_a_reason(enter, admin):
    registration = waiting()
    stovner = Unit.objects.get(name="Stovner videregående skole")
    page = f"{QUEUE}{opaque.encode(registration.youth_id)}/"
    client = enter(admin)
    assert "Hvorfor ingen regel gir en enhet" in text_of(client.get(page))
    data = {"unit": opaque.encode(stovner.pk), "reason": "Begynner på Stovner", "version": registration.version}
    response = client.post(page, data)
    assert response.status_code == 302
    held = holder_of(registration)
    assert (held.holder, held.reason) == (stovner, "Begynner på Stovner")


def test_both_versions_are_shown_when_somebody_changed_the_case_first(enter, admin, hersleb):
    registration = waiting()
    page = f"{QUEUE}{opaque.encode(registration.youth_id)}/"
    data = {"unit": opaque.encode(hersleb.pk), "reason": "Avtalt", "version": registration.version - 1}
    client = enter(admin)
    response = client.post(page, data)
    assert response.status_code == 409
    assert "Noen lagret før deg" in text_of(response)
    assert holder_of(registration).ground == "undecided"
    assert client.post(page, data | seen(response)).status_code == 302


def test_opening_one_waiting_youth_stands_in_the_read_log(enter, admin):
    registration = waiting()
    enter(admin).get(f"{QUEUE}{opaque.encode(registration.youth_id)}/")
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        assert AuditEntry.objects.filter(verb="read", screen="casework:assign_one").count() == 1


def test_a_page_of_the_queue_takes_the_same_few_questions_however_many_wait(
    enter, admin, django_assert_max_num_queries
):
    for number in range(8):
        lives_near(waiting(last_name=f"Nummer{number}"), *NEAR_HERSLEB)
    client = enter(admin)
    client.get(QUEUE)
    with django_assert_max_num_queries(45):
        client.get(QUEUE)


def test_those_who_are_assigned_may_be_seen_by_their_new_unit_at_once(enter, admin, hersleb):
    registration = waiting()
    data = {"valgt": opaque.encode(registration.youth_id), "til": opaque.encode(hersleb.pk), "grunn": "Avtalt"}
    enter(admin).post(QUEUE, {**data, **row_fields(registration)})
    with acting_as(make.actor(Role.COUNSELLOR, hersleb)):
        assert Youth.objects.filter(pk=registration.youth_id).exists()
