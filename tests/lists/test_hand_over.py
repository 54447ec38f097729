"""Handing over what somebody answers for: the list of it, to whom, each authorised by itself, and what is kept."""

from datetime import timedelta

import pytest

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import FeedbackState
from fotfeste.casework.models import CounsellorPeriod, Feedback, Registration
from fotfeste.casework.selectors.open_work import answering_at, open_work
from fotfeste.casework.services import counsellors, feedback
from fotfeste.kernel import clock, opaque
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.models import Youth
from tests import factories as make

pytestmark = pytest.mark.django_db

YESTERDAY = make.TODAY - timedelta(1)


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def kari(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Berg")


@pytest.fixture
def ola(school):
    return make.actor(Role.COUNSELLOR, school, name="Ola Lie")


def answered_by(actor, school, *, last_name: str = "Prøvesen", **columns) -> Registration:
    """Make a case somebody answers for."""
    case = make.case(school, last_name=last_name)
    with acting_as(actor):
        counsellors.assign_counsellor(actor=actor, youth_id=case.youth_id, counsellor_id=actor.user_id, version=None)
    with acting_as(make.system()):
        Registration.objects.filter(pk=case.pk).update(**{"status_confirm_by": None, "unknown_since": None, **columns})
    return case


def now(case) -> Registration:
    with acting_as(make.system()):
        return Registration.objects.get(pk=case.pk)


def page_of(actor) -> str:
    return f"/overlevering/{opaque.encode(actor.user_id)}/"


def ticked(*cases) -> dict[str, object]:
    keys = [opaque.encode(case.youth_id) for case in cases]
    return {"valgt": keys, **{f"versjon-{key}": now(case).version for key, case in zip(keys, cases, strict=True)}}


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def leaves(actor) -> None:
    RoleAssignment.objects.filter(user_id=actor.user_id).update(last_day=YESTERDAY)


def test_what_presses_stands_first_with_what_is_open(log_in, school, kari, ola):
    answered_by(kari, school, last_name="Rolig")
    answered_by(kari, school, last_name="Ukjent", unknown_since=YESTERDAY - timedelta(1))
    answered_by(kari, school, last_name="Bekreft", status_confirm_by=YESTERDAY)
    answered_by(kari, school, last_name="Lovet", next_promise_on=make.TODAY - timedelta(7))
    page = text_of(log_in(ola).get(page_of(kari)))
    places = [
        page.index(word)
        for word in (
            "Lovet kontakt, frist",
            "Ukjent aktivitet i 2 dager",
            "Statusen må bekreftes, frist",
            "Ingenting som haster",
        )
    ]
    assert places == sorted(places)
    assert "4 ungdommer" in page


def test_what_another_unit_has_reported_stands_there_until_somebody_answers_it(log_in, school, kari, ola):
    case = answered_by(kari, school)
    district = make.unit(UnitKind.DISTRICT, name="Bydel Prøve")
    make.grant(case.youth, district, Topic.IDENTITY, Topic.LIST_ROW, Topic.FEEDBACK)
    contact = make.actor(Role.DISTRICT_CONTACT, district)
    with acting_as(contact):
        sent = feedback.send_feedback(actor=contact, youth_id=case.youth_id, category="reached", on=make.TODAY)
    assert "Bydel Prøve har meldt fra og venter på svar" in text_of(log_in(ola).get(page_of(kari)))
    with acting_as(make.system()):
        Feedback.objects.filter(pk=sent.pk).update(state=FeedbackState.ACCEPTED)
    assert "har meldt fra" not in text_of(log_in(ola).get(page_of(kari)))


def test_a_colleague_answers_for_those_ticked_from_today_and_the_history_stays(log_in, school, kari, ola):
    taken, kept = answered_by(kari, school), answered_by(kari, school)
    with acting_as(make.system()):
        CounsellorPeriod.objects.update(first_day=YESTERDAY)
    page = log_in(ola).post(page_of(kari), {**ticked(taken), "person": opaque.encode(ola.user_id)}, follow=True)
    assert "Ola Lie er ansvarlig person for 1 ungdom fra i dag." in text_of(page)
    assert (now(taken).counsellor_id, now(kept).counsellor_id) == (ola.user_id, kari.user_id)
    with acting_as(ola):
        periods = CounsellorPeriod.objects.filter(youth_id=taken.youth_id, superseded_at=None).order_by("first_day")
        assert [(each.counsellor_id, each.first_day, each.last_day) for each in periods] == [
            (kari.user_id, YESTERDAY, YESTERDAY),
            (ola.user_id, make.TODAY, None),
        ]


def test_one_refused_does_not_stop_the_others_and_is_told_by_name(log_in, school, kari, ola):
    first, changed = answered_by(kari, school), answered_by(kari, school, last_name="Endret")
    sent = {**ticked(first, changed), "person": opaque.encode(ola.user_id)}
    with acting_as(make.system()):
        Registration.objects.filter(pk=changed.pk).update(version=now(changed).version + 1)
    page = text_of(log_in(ola).post(page_of(kari), sent, follow=True))
    assert "Ola Lie er ansvarlig person for 1 ungdom fra i dag." in page
    assert "1 ble ikke endret" in page
    assert "Endret" in page
    assert (now(first).counsellor_id, now(changed).counsellor_id) == (ola.user_id, kari.user_id)


def test_a_youth_of_another_unit_put_into_the_form_is_refused(log_in, school, kari, ola):
    theirs = make.case(make.unit())
    answered_by(kari, school)
    page = log_in(ola).post(page_of(kari), {**ticked(theirs), "person": opaque.encode(ola.user_id)}, follow=True)
    assert "1 ble ikke endret" in text_of(page)
    assert now(theirs).counsellor_id is None


@pytest.mark.parametrize("lacking", ["valgt", "person"])
def test_without_a_youth_or_a_person_nothing_is_handed_over(log_in, school, kari, ola, lacking):
    case = answered_by(kari, school)
    sent = {**ticked(case), "person": opaque.encode(ola.user_id)}
    del sent[lacking]
    answer = log_in(ola).post(page_of(kari), sent)
    assert answer.status_code == 422
    assert now(case).counsellor_id == kari.user_id


def test_the_one_who_hands_over_is_not_offered_nor_anybody_of_another_unit(log_in, school, kari, ola):
    make.actor(Role.COUNSELLOR, make.unit(), name="Borte Prøve")
    answered_by(kari, school)
    page = log_in(ola).get(page_of(kari)).content.decode()
    offered = page.split('name="person"')[1].split("</select>")[0]
    assert "Ola Lie" in offered
    assert "Kari Berg" not in offered
    assert "Borte Prøve" not in offered


def test_somebody_without_a_role_any_more_is_listed_first_and_can_be_handed_over(log_in, school, kari, ola):
    case = answered_by(kari, school)
    answered_by(ola, school)
    leaves(kari)
    with acting_as(ola):
        found = answering_at(unit_ids=[school.pk], on=make.TODAY)
    assert [(each.name, each.youths, each.is_gone) for each in found] == [("Kari Berg", 1, True), ("Ola Lie", 1, False)]
    assert "Har ingen rolle her lenger" in text_of(log_in(ola).get("/overlevering/"))
    log_in(ola).post(page_of(kari), {**ticked(case), "person": opaque.encode(ola.user_id)})
    assert now(case).counsellor_id == ola.user_id


def test_the_leader_is_told_in_the_morning_of_youths_left_behind(log_in, school, kari):
    leader = make.actor(Role.UNIT_LEADER, school)
    answered_by(kari, school)
    assert "ikke lenger har en rolle" not in text_of(log_in(leader).get("/"))
    leaves(kari)
    assert "1 ungdom har en ansvarlig person som ikke lenger har en rolle ved enheten." in text_of(
        log_in(leader).get("/")
    )


def test_another_unit_is_told_nothing_of_the_person_nor_of_the_work(log_in, school, kari):
    answered_by(kari, school, last_name="Hemmelig")
    stranger = make.actor(Role.COUNSELLOR, make.unit())
    answer = log_in(stranger).get(page_of(kari))
    assert answer.status_code == 404
    assert "Kari Berg" not in text_of(log_in(stranger).get("/overlevering/"))
    with acting_as(stranger):
        assert open_work(user_id=kari.user_id, unit_ids=[school.pk], today=make.TODAY) == []


def test_what_one_does_with_ones_own_tells_no_name_of_somebody_elsewhere(log_in, school, kari, ola):
    case = make.case(school)
    stranger = make.actor(Role.COUNSELLOR, make.unit(), name="Borte Prøve")
    browser = log_in(kari)
    # Neither handing over in a stranger's place
    sent = {**ticked(case), "person": opaque.encode(ola.user_id)}
    assert browser.post(page_of(stranger), sent).status_code == 404
    assert now(case).counsellor_id is None
    # nor what was just chosen in the list
    browser.post("/ungdommer/ansvarlig/", sent)
    assert now(case).counsellor_id == ola.user_id
    answer = browser.get(page_of(stranger))
    assert answer.status_code == 404
    assert "Borte Prøve" not in text_of(answer)


def test_where_nobody_answers_for_anybody_the_page_says_what_to_do(log_in, school, kari):
    make.case(school)
    assert "Ingen å overlevere" in text_of(log_in(kari).get("/overlevering/"))
    assert "Ingenting å overlevere" in text_of(log_in(kari).get(page_of(kari)))


def test_the_education_administration_sees_who_answers_at_the_schools_and_who_has_left(log_in, school, kari, ola):
    # Given two who answer at a school, of whom one has left, and one who is shielded
    answered_by(kari, school)
    answered_by(ola, school)
    hidden = answered_by(ola, school)
    with acting_as(make.system()):
        Youth.objects.filter(pk=hidden.youth_id).update(protection="shielded")
    leaves(kari)
    # When the education administration opens the page
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    page = log_in(admin).get("/overlevering/")
    # Then both are told of, with how many one may see and no way to hand over for the school
    found = [(each.unit, each.name, each.youths, each.is_gone) for each in page.context["page_obj"]]
    assert found == [(school.name, "Kari Berg", 1, True), (school.name, "Ola Lie", 1, False)]
    assert "Ingen å overlevere" not in text_of(page)
    assert page_of(kari) not in text_of(page)
    # And nobody at a school is told of another
    stranger = make.actor(Role.COUNSELLOR, make.unit())
    assert "Kari Berg" not in text_of(log_in(stranger).get("/overlevering/"))


def test_the_list_asks_the_database_as_often_however_many_there_are(
    log_in, school, kari, django_assert_max_num_queries
):
    for number in range(12):
        answered_by(kari, school, last_name=f"Nummer {number}")
    browser = log_in(kari)
    browser.get(page_of(kari))
    with clock.frozen(make.TODAY), django_assert_max_num_queries(16):
        browser.get(page_of(kari))


def test_what_somebody_answers_for_is_offered_with_a_note_and_moved_at_once_by_the_leader_only(
    log_in, school, kari, ola
):
    case = answered_by(kari, school)
    given = {**ticked(case), "person": opaque.encode(ola.user_id), "note": "Møte på fredag"}
    client = log_in(kari)
    assert "Overlever de valgte" not in client.get(page_of(kari)).content.decode()
    client.post(page_of(kari), given)
    assert now(case).counsellor_id == kari.user_id
    page = client.post(page_of(kari), {**given, "tilby": "ja"}, follow=True).content.decode()
    assert "Ola Lie har fått tilbud om 1 ungdom" in page.replace("\xa0", " ")
    assert "Møte på fredag" in log_in(ola).get("/oppgaver/").content.decode()
    log_in(make.actor(Role.UNIT_LEADER, school)).post(page_of(kari), given)
    assert now(case).counsellor_id == ola.user_id
