"""Choosing the responsible person of many from the worklist, without JavaScript, and taking it back."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration
from fotfeste.casework.services import counsellors
from fotfeste.kernel import opaque
from tests import factories as make

pytestmark = pytest.mark.django_db

LIST, CHOOSE, UNDO = "/ungdommer/", "/ungdommer/ansvarlig/", "/ungdommer/ansvarlig/angre/"


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def kari(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Berg")


@pytest.fixture
def ola(school):
    return make.actor(Role.COUNSELLOR, school, name="Ola Lie")


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def now(case) -> Registration:
    with acting_as(make.system()):
        return Registration.objects.get(pk=case.pk)


def choose(client, *cases, person, liste: str = "", **more):
    """Tick the cases as the page shows them, choose the person and press the button."""
    keys = [opaque.encode(case.youth_id) for case in cases]
    versions = {f"versjon-{key}": now(case).version for key, case in zip(keys, cases, strict=True)}
    chosen = opaque.encode(person.user_id) if person else "ingen"
    return client.post(CHOOSE, {"valgt": keys, "person": chosen, "liste": liste, **versions, **more}, follow=True)


def take_back(client, page):
    values = re.findall(r'name="satt" value="([^"]+)"', page.content.decode())
    return client.post(UNDO, {"satt": values, "liste": "", "side": "1"}, follow=True)


def test_those_ticked_get_the_person_and_the_list_says_how_many(log_in, school, kari, ola):
    ticked, other = [make.case(school), make.case(school)], make.case(school)
    page = choose(log_in(kari), *ticked, person=ola)
    assert "Ola Lie er ansvarlig person for 2 ungdommer fra i dag." in text_of(page)
    assert [now(case).counsellor_id for case in (*ticked, other)] == [ola.user_id, ola.user_id, None]


def test_nobody_can_be_chosen_too(log_in, school, kari):
    case = make.case(school)
    choose(log_in(kari), case, person=kari)
    assert "1 ble ikke endret" in text_of(choose(log_in(kari), case, person=None))
    page = choose(log_in(make.actor(Role.UNIT_LEADER, school)), case, person=None)
    assert "1 ungdom har ingen ansvarlig person fra i dag." in text_of(page)
    assert now(case).counsellor_id is None


def test_what_is_refused_is_told_by_name_and_the_rest_is_done(log_in, school, kari):
    # Given one changed since the list was shown, one that has the person already, and one free
    client = log_in(kari)
    changed, hers, free = (make.case(school, last_name=name) for name in ("Endret", "Hennes", "Ledig"))
    choose(client, hers, person=kari)
    key = opaque.encode(changed.youth_id)
    # When
    page = text_of(choose(client, changed, hers, free, person=kari, **{f"versjon-{key}": "0"}))
    # Then
    assert "2 ble ikke endret" in page
    assert "Endret, Amina:</strong> Noen har endret saken mens du holdt på." in page
    assert "Hennes, Amina:</strong> Kari Berg er allerede ansvarlig person." in page
    assert (now(free).counsellor_id, now(changed).counsellor_id) == (kari.user_id, None)


def test_a_youth_of_another_unit_slipped_in_is_refused_without_a_name(log_in, school, kari):
    make.case(school)
    foreign = make.case(make.unit(), last_name="Hemmeligsen")
    page = text_of(choose(log_in(kari), foreign, person=kari))
    assert "1 ble ikke endret" in page
    assert "Hemmeligsen" not in page
    assert now(foreign).counsellor_id is None


def test_the_county_sees_no_boxes_for_the_schools_youths_and_is_refused_row_by_row(log_in, school):
    # Given
    uda = make.education_admin()
    marit = make.actor(Role.EDUCATION_ADMIN, uda, name="Marit Lunde")
    theirs, own = make.case(school, last_name="Skolens"), make.case(uda, last_name="Vår")
    client = log_in(marit)
    # When
    rows = {row.name: row.may_choose for row in client.get(LIST).context["rows"]}
    page = text_of(choose(client, theirs, own, person=marit))
    # Then
    assert rows == {"Skolens, Amina": False, "Vår, Amina": True}
    assert "Skolens, Amina:</strong> Bare enheten som har ansvaret for ungdommen, velger ansvarlig person." in page
    assert (now(theirs).counsellor_id, now(own).counsellor_id) == (None, marit.user_id)


def test_somebody_who_works_elsewhere_is_not_among_the_choices(log_in, school, kari):
    case, stranger = make.case(school), make.actor(Role.COUNSELLOR, make.unit())
    response = choose(log_in(kari), case, person=stranger)
    assert response.status_code == 422
    assert now(case).counsellor_id is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"person": "ingen"}, "Velg minst én ungdom i listen."),
        ({"valgt": "x" * 26, "person": ""}, "Velg hvem som skal være ansvarlig person"),
        ({}, "Velg minst én ungdom i listen."),
    ],
)
def test_what_is_missing_is_said_above_the_list_and_nothing_is_done(log_in, school, kari, given, says):
    make.case(school)
    response = log_in(kari).post(CHOOSE, given)
    assert response.status_code == 422
    assert says in text_of(response)


def test_ticks_stand_when_the_person_was_forgotten(log_in, school, kari):
    case, other = make.case(school), make.case(school)
    key = opaque.encode(case.youth_id)
    page = log_in(kari).post(CHOOSE, {"valgt": [key], "person": "", "liste": "hurtig=unknown"}).content.decode()
    boxes = dict(re.findall(r'name="valgt" value="(\w{26})"[^>]*?aria-label="[^"]*"( checked)?', page))
    assert boxes == {key: " checked", opaque.encode(other.youth_id): ""}


def test_one_comes_back_to_the_same_part_of_the_same_list(log_in, school, kari):
    cases = [make.case(school) for _number in range(52)]
    query = {"hurtig": "unknown", "sort": "name"}
    page = choose(log_in(kari), cases[0], person=kari, liste=urlencode(query), side="2")
    assert page.redirect_chain == [(f"{LIST}?{urlencode({**query, 'side': 2})}", 302)]
    assert len(page.context["rows"]) == 2


def test_a_choice_for_many_is_taken_back_with_one_button(log_in, school, kari, ola):
    # Given two youths, one of whom Ola followed up before today's choice
    first, second = make.case(school), make.case(school)
    client = log_in(kari)
    choose(client, first, person=ola)
    page = choose(client, first, second, person=kari)
    # When
    after = take_back(client, page)
    # Then
    assert "Angret for 2 ungdommer." in text_of(after)
    assert (now(first).counsellor_id, now(second).counsellor_id) == (ola.user_id, None)


def test_taking_back_leaves_what_somebody_has_changed_since(log_in, school, kari, ola):
    case = make.case(school, last_name="Endret")
    page = choose(log_in(kari), case, person=kari)
    with acting_as(ola):
        counsellors.assign_counsellor(actor=ola, youth_id=case.youth_id, counsellor_id=ola.user_id, version=None)
    after = take_back(log_in(kari), page)
    assert after.status_code == 409
    assert "Noen har valgt en annen ansvarlig person siden." in text_of(after)
    assert ola.name in text_of(after)
    assert now(case).counsellor_id == ola.user_id


def test_what_came_of_it_is_told_once(log_in, school, kari):
    client = log_in(kari)
    choose(client, make.case(school), person=kari)
    assert "fra i dag" not in text_of(client.get(LIST))


@pytest.mark.parametrize("role", [Role.NAV_RESPONSIBLE, Role.PROTECTED_HANDLER])
def test_roles_that_follow_nobody_up_have_no_boxes_and_are_stopped(log_in, school, role):
    case = make.case(school)
    client = log_in(make.actor(role, make.education_admin()))
    assert 'name="valgt"' not in text_of(client.get(LIST))
    assert client.post(CHOOSE, {"valgt": [opaque.encode(case.youth_id)], "person": "ingen"}).status_code == 403


class TestFilter:
    @pytest.fixture
    def cases(self, school, kari, ola):
        made = {name: make.case(school, last_name=name) for name in ("Karis", "Olas", "Ingens")}
        for name, person in (("Karis", kari), ("Olas", ola)):
            with acting_as(kari):
                counsellors.assign_counsellor(
                    actor=kari, youth_id=made[name].youth_id, counsellor_id=person.user_id, version=None
                )
        return made

    def found(self, client, **query) -> set[str]:
        page = client.get(LIST, query)
        rows = {row.name.split(",")[0] for row in page.context["rows"]}
        assert page.context["page_obj"].paginator.count == len(rows)
        return rows

    def test_the_list_is_narrowed_to_ones_own_and_to_those_nobody_has(self, log_in, cases, kari, ola):
        client = log_in(kari)
        assert self.found(client, ansvarlig=opaque.encode(kari.user_id)) == {"Karis"}
        assert self.found(client, ansvarlig=opaque.encode(ola.user_id)) == {"Olas"}
        assert self.found(client, ansvarlig="ingen") == {"Ingens"}

    def test_oneself_stands_first_among_the_choices(self, log_in, cases, ola):
        form = log_in(ola).get(LIST).context["form"]
        assert [str(label) for _value, label in form.fields["ansvarlig"].choices] == [
            "Alle", "Meg (Ola Lie)", "Kari Berg", "Ingen",
        ]  # fmt: skip

    def test_who_sees_several_units_finds_those_of_a_person_but_not_where_a_protected_youth_is(
        self, log_in, cases, school, kari
    ):
        hidden = make.case(school, last_name="Skjult", protection="confidential")
        with acting_as(kari):
            counsellors.assign_counsellor(
                actor=kari, youth_id=hidden.youth_id, counsellor_id=kari.user_id, version=None
            )
        uda = log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
        assert self.found(uda, ansvarlig=opaque.encode(kari.user_id)) == {"Karis"}
        stranger = make.actor(Role.COUNSELLOR, make.unit())
        assert self.found(log_in(stranger), ansvarlig=opaque.encode(kari.user_id)) == set()

    def test_somebody_who_has_left_can_be_filtered_on_and_not_chosen(self, log_in, cases, ola, kari):
        RoleAssignment.objects.filter(user_id=ola.user_id).update(last_day=make.TODAY - timedelta(days=1))
        client, key = log_in(kari), opaque.encode(ola.user_id)
        page = client.get(LIST, {"ansvarlig": key})
        assert [row.name for row in page.context["rows"]] == ["Olas, Amina"]
        assert ("En som ikke er ved enheten nå") in text_of(page)
        assert key not in dict(page.context["counsellor_form"].fields["person"].choices)


def test_those_ticked_are_offered_a_colleague_and_what_is_refused_is_told(log_in, school, kari, ola):
    client = log_in(kari)
    mine, free = make.case(school, last_name="Min"), make.case(school, last_name="Ledig")
    choose(client, mine, person=kari)
    keys = [opaque.encode(case.youth_id) for case in (mine, free)]
    versions = {f"versjon-{key}": now(case).version for key, case in zip(keys, (mine, free), strict=True)}
    given = {"valgt": keys, "person": opaque.encode(ola.user_id), "liste": "", **versions}
    page = text_of(client.post(f"{CHOOSE}tilby/", given, follow=True))
    assert "Ola Lie har fått tilbud om 1 ungdom." in page
    assert "Ingen svarer for ungdommen ennå." in page
    assert now(mine).counsellor_id == kari.user_id
    assert "Et slikt tilbud venter alt på svar." in text_of(client.post(f"{CHOOSE}tilby/", given, follow=True))
    for lacking in ({**given, "person": "ingen"}, {**given, "valgt": []}):
        assert client.post(f"{CHOOSE}tilby/", lacking).status_code == 422
