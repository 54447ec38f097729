"""What is done from the worklist: one-step contact attempts and saved filters."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.casework.models import ContactAttempt, Registration
from fotfeste.casework.selectors.worklist import WorklistFilter
from fotfeste.collaboration.models import Task
from fotfeste.kernel import opaque
from fotfeste.lists.models import SavedFilter
from fotfeste.lists.selectors import worklist
from tests import factories as make

pytestmark = pytest.mark.django_db

LIST = "/ungdommer/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


def stands(registration: Registration, **columns: object) -> None:
    """Let a case stand in some way, as the services would have written it."""
    with acting_as(make.system()):
        Registration.objects.filter(pk=registration.pk).update(**columns)


def press(client, case, what: str, **more):
    address = reverse("lists:quick_contact", kwargs={"youth_id": case.youth_id})
    return client.post(address, {"hva": what, "liste": "hurtig=unknown"}, **more)


def attempts(case) -> list[ContactAttempt]:
    with acting_as(make.system()):
        return list(ContactAttempt.objects.filter(youth_id=case.youth_id, superseded_at=None))


@pytest.mark.parametrize(
    ("what", "channel", "result", "is_contact", "says"),
    [
        ("svarte", "call", "answered", True, "Nådd 23.11.2026"),
        ("ikke-svar", "call", "no_answer", False, "1 forsøk, 23.11.2026"),
        ("sms", "sms", "sent", False, "1 forsøk, 23.11.2026"),
        ("mott", "meeting", "answered", True, "Nådd 23.11.2026"),
    ],
)
def test_one_press_registers_the_attempt_and_gives_the_row_as_it_is_now(
    log_in, school, counsellor, what, channel, result, is_contact, says
):
    case = make.case(school)
    page = press(log_in(counsellor), case, what, headers=HTMX).content.decode()
    made = attempts(case)
    assert [(a.channel, a.result, a.is_contact, a.on) for a in made] == [(channel, result, is_contact, make.TODAY)]
    assert says in page
    assert "Angre" in page
    assert ("Nådd – sett status" in page) is is_contact


def test_a_press_is_undone_and_the_row_is_as_it_was(log_in, school, counsellor):
    case = make.case(school)
    client = log_in(counsellor)
    press(client, case, "ikke-svar", headers=HTMX)
    undo = reverse("lists:undo_contact", kwargs={"attempt_id": attempts(case)[0].pk})
    page = client.post(undo, headers=HTMX).content.decode()
    assert attempts(case) == []
    assert "Ikke forsøkt" in page


def test_without_javascript_one_comes_back_to_the_same_list(log_in, school, counsellor):
    case = make.case(school)
    response = press(log_in(counsellor), case, "sms", follow=True)
    assert response.redirect_chain[-1][0] == f"{LIST}?hurtig=unknown"
    assert "Forsøk registrert." in response.content.decode()


def test_an_address_that_is_not_a_choice_is_not_followed_back(log_in, school, counsellor):
    case = make.case(school)
    address = reverse("lists:quick_contact", kwargs={"youth_id": case.youth_id})
    given = {"hva": "sms", "liste": "navn=Amina&next=https://example.org/"}
    assert log_in(counsellor).post(address, given).headers["Location"] == LIST


def test_another_units_counsellor_registers_nothing(log_in, school):
    case = make.case(school)
    response = press(log_in(make.actor(Role.COUNSELLOR, make.unit())), case, "svarte", headers=HTMX)
    assert response.status_code == 404
    assert attempts(case) == []


def test_a_leader_sees_the_list_without_buttons_and_is_stopped(log_in, school):
    case = make.case(school)
    client = log_in(make.actor(Role.UNIT_LEADER, school))
    assert "Ikke svar" not in client.get(LIST).content.decode()
    assert press(client, case, "svarte").status_code == 403


def test_a_counsellor_who_leads_another_school_has_buttons_only_at_the_own(log_in, school):
    # Given somebody who is counsellor here and leader there
    there = make.unit()
    own, other = make.case(school, last_name="Her"), make.case(there, last_name="Der")
    person = make.user()
    make.assign(person, Role.COUNSELLOR, school)
    make.assign(person, Role.UNIT_LEADER, there)
    # When the list is opened
    both = actor_for(user_id=person.pk, on=make.TODAY)
    client = log_in(both)
    rows = {row.youth_id: row.may_register for row in client.get(LIST).context["rows"]}
    # Then
    assert rows == {own.youth_id: True, other.youth_id: False}


def test_what_no_button_says_is_not_found(log_in, school, counsellor):
    assert press(log_in(counsellor), make.case(school), "ringte-kanskje").status_code == 404


def kept_filters(actor) -> list[SavedFilter]:
    with acting_as(actor):
        return list(SavedFilter.objects.all())


class TestSavedFilters:
    def save(self, client, name: str = "Lenge ukjent", valg: str = "ukjent=30&sort=name"):
        return client.post("/ungdommer/filter/", {"name": name, "valg": valg}, follow=True)

    def test_a_saved_filter_shows_how_many_it_finds_and_opens_them(self, log_in, school, counsellor):
        make.case(school, since=make.TODAY - timedelta(days=60))
        make.case(school, since=make.TODAY)
        client = log_in(counsellor)
        self.save(client)
        chip = client.get(LIST).context["saved"][0]
        assert (chip.label, chip.count) == ("Lenge ukjent", 1)
        assert client.get(chip.url).context["page_obj"].paginator.count == 1

    @pytest.mark.parametrize(
        ("valg", "finds"),
        [
            ("status=OTAR", {"Arbeid"}),
            ("status=gruppe-3", {"Arbeid"}),
            ("ukjent=30", {"Lenge"}),
            ("kontakt=7", {"Lenge", "Ny", "Arbeid", "Bydel"}),
            ("enhet=SKOLE", {"Lenge", "Ny", "Arbeid", "Nådd"}),
            ("bydel=030112", {"Bydel"}),
            ("arsak=not_applied", {"Ny"}),
            ("alder=19", {"Arbeid"}),
            ("bekreft=ja", {"Arbeid"}),
            ("hurtig=only_attempts", {"Lenge"}),
            ("hurtig=unknown&bydel=030112&kontakt=30", {"Bydel"}),
            ("ansvarlig=ingen&hurtig=new", {"Ny"}),
        ],
    )
    def test_every_choice_is_saved_counted_and_opened_again_in_its_order(self, log_in, school, valg, finds):
        # Given youths of which each choice finds some, and the administration's list
        self.various(school)
        make.case(make.education_admin(), last_name="Kø", reason="moved_in", born=date(2003, 1, 1))
        client = log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
        query = valg.replace("SKOLE", opaque.encode(school.pk))
        # When the choices are kept under a name, with an order
        self.save(client, "Mitt", f"{query}&sort=-name")
        chip = client.get(LIST).context["saved"][0]
        # Then the count is what the list shows, in that order, and the filter stands as the one in use
        page = client.get(chip.url)
        names = [row.name.split(",")[0] for row in page.context["rows"] if row.name != "Kø, Amina"]
        assert set(names) == finds
        assert chip.count == page.context["page_obj"].paginator.count
        assert page.context["sort"].text == "-name"
        assert page.context["saved"][0].is_on

    def various(self, school) -> None:
        today = make.TODAY
        tried = make.case(school, last_name="Lenge", since=today - timedelta(days=60))
        stands(tried, attempts=3, last_attempt_on=today)
        make.case(school, last_name="Ny", since=today - timedelta(days=3), reason="not_applied")
        working = make.case(
            school, last_name="Arbeid", status="OTAR", since=today - timedelta(days=90), born=date(2007, 1, 2)
        )
        stands(working, status_confirm_by=today - timedelta(days=1))
        reached = make.case(school, last_name="Nådd", since=today - timedelta(days=20))
        day = today - timedelta(days=5)
        stands(reached, first_contact_on=day, last_contact_on=day, attempts=1)
        stands(make.case(make.unit(), last_name="Bydel", since=today - timedelta(days=25)), district_code="030112")

    def test_a_saved_filter_goes_on_over_the_pages(self, log_in, school, counsellor):
        for _number in range(53):
            make.case(school)
        make.case(school, status="OTAR")
        client = log_in(counsellor)
        self.save(client, valg="hurtig=unknown&sort=name")
        chip = client.get(LIST).context["saved"][0]
        second = client.get(f"{chip.url}&side=2")
        assert chip.count == second.context["page_obj"].paginator.count == 53
        assert len(second.context["rows"]) == 3
        assert second.context["saved"][0].is_on
        assert "hurtig=unknown&amp;sort=name&amp;side=1" in second.content.decode()

    def test_a_filter_on_a_unit_that_has_nobody_left_finds_nobody(self, log_in, school):
        # Given a filter on a school whose last youth has since moved
        case = make.case(school)
        make.case(make.unit(), last_name="Annen")
        client = log_in(make.actor(Role.EDUCATION_ADMIN, make.education_admin()))
        self.save(client, "Skolen", f"enhet={opaque.encode(school.pk)}")
        stands(case, last_day=make.TODAY)
        # When the list is opened, then the filter has not turned into everybody
        chip = client.get(LIST).context["saved"][0]
        page = client.get(chip.url)
        assert (chip.count, page.context["rows"]) == (0, [])
        assert "Prøve videregående skole" in page.content.decode()
        assert "Ingen passer til valgene" in page.content.decode()

    def test_the_choices_are_kept_and_nothing_else(self, log_in, school, counsellor):
        make.case(school)
        self.save(log_in(counsellor), valg="ukjent=30&navn=Amina&q=Amina&side=4&alder=Amina")
        assert [each.query for each in kept_filters(counsellor)] == [{"ukjent": "30"}]

    def test_saving_again_under_the_same_name_replaces_it(self, log_in, school, counsellor):
        make.case(school)
        client = log_in(counsellor)
        self.save(client)
        self.save(client, valg="hurtig=new")
        assert [each.query for each in kept_filters(counsellor)] == [{"hurtig": "new"}]

    @pytest.mark.parametrize(
        ("name", "valg", "says"),
        [
            ("", "ukjent=30", "Må fylles ut"),
            ("Alt", "", "Velg noe å filtrere på"),
            ("x" * 61, "ukjent=30", "For langt"),
        ],
    )
    def test_what_is_missing_is_said_and_nothing_is_saved(self, log_in, school, counsellor, name, valg, says):
        make.case(school)
        response = self.save(log_in(counsellor), name, valg)
        assert response.status_code == 422
        assert kept_filters(counsellor) == []
        if valg:
            assert says in response.content.decode()

    def test_a_filter_is_ones_own_to_delete(self, log_in, school, counsellor):
        make.case(school)
        client = log_in(counsellor)
        self.save(client)
        address = reverse("lists:delete_filter", kwargs={"filter_id": kept_filters(counsellor)[0].pk})
        page = log_in(make.actor(Role.COUNSELLOR, school)).post(address, follow=True).content.decode()
        assert "finnes ikke lenger" in page
        assert kept_filters(counsellor)
        log_in(counsellor).post(address)
        assert kept_filters(counsellor) == []

    def test_there_is_room_for_a_dozen(self, log_in, school, counsellor):
        make.case(school)
        client = log_in(counsellor)
        for number in range(12):
            self.save(client, f"Filter {number}")
        assert "12 lagrede filtre" in self.save(client, "Ett til").content.decode()


class TestMany:
    def test_what_was_sent_to_many_is_registered_for_each_by_itself_and_who_was_refused_is_told(
        self, log_in, school, counsellor
    ):
        # Given two of one's own, one registered from tomorrow on, and one of another unit
        mine = [make.case(school, last_name=name) for name in ("En", "To")]
        later = make.case(school, last_name="Senere", since=make.TODAY + timedelta(days=1))
        other = make.case(make.unit(), last_name="Annen")
        ticked = [opaque.encode(case.youth_id) for case in (*mine, later, other)]
        client = log_in(counsellor)
        # When a letter is registered for all of them
        address = reverse("lists:register_many")
        page = client.post(address, {"valgt": ticked, "sent": "brev", "liste": "hurtig=unknown"}, follow=True)
        # Then
        assert page.redirect_chain[-1][0] == f"{LIST}?hurtig=unknown"
        assert [[(a.channel, a.result, a.is_contact) for a in attempts(case)] for case in mine] == [
            [("letter", "sent", False)]
        ] * 2
        assert [attempts(case) for case in (later, other)] == [[], []]
        assert page.context["attempts"].done == 2
        names = [name for name, _why in page.context["attempts"].refused]
        assert sorted(names) == ["", "Senere, Amina"]
        # And nothing ticked, or nothing chosen, is said in the list
        empty = client.post(address, {"sent": ""})
        assert (empty.status_code, "Velg minst én ungdom" in empty.content.decode()) == (422, True)

    def test_a_reminder_is_told_of_before_it_says_too_much_and_becomes_a_task_for_whoever_answers(
        self, log_in, school, counsellor
    ):
        # Given a leader, one youth a counsellor answers for, one nobody does, and one of another unit
        mine, nobodys, other = make.case(school), make.case(school), make.case(make.unit())
        stands(mine, counsellor_id=counsellor.user_id)
        client = log_in(make.actor(Role.UNIT_LEADER, school))
        address = reverse("lists:remind")
        ticked = {"valgt": [opaque.encode(case.youth_id) for case in (mine, nobodys, other)], "liste": "hurtig=unknown"}
        # When the form is opened and sent with something others should not see
        assert client.post(address, ticked).status_code == 200
        given = {**ticked, "what": "Ring om depresjon", "due_on": "01.12.2026", "to": "counsellor"}
        warned = client.post(address, given)
        assert (warned.status_code, "«depresjon» (helse)" in warned.content.decode()) == (422, True)
        page = client.post(address, {**given, "what": "Ring hjem før jul"}, follow=True)
        # Then each has a task of its own, the one of another unit is refused, and the list tells when it is due
        with acting_as(counsellor):
            made = set(Task.objects.values_list("youth_id", "what", "due_on", "for_user_id"))
        said = ("Ring hjem før jul", date(2026, 12, 1))
        assert made == {(mine.youth_id, *said, counsellor.user_id), (nobodys.youth_id, *said, None)}
        assert (page.context["attempts"].done, len(page.context["attempts"].refused)) == (2, 1)
        with acting_as(counsellor):
            chosen, day = WorklistFilter(ready="reminder_due"), date(2026, 12, 1)
            due = [worklist.counts(actor=counsellor, chosen=chosen, today=on).total for on in (make.TODAY, day)]
        assert due == [0, 2]
        # And the text and the day stand on the row where the list is about that, and where the column is chosen
        table = log_in(counsellor).get(f"{LIST}?kolonner=reminder").content.decode().split("<table")[1]
        assert ("Ring hjem før jul" in table, "1.12.2026" in table) == (True, True)
        assert "Ring hjem før jul" not in client.get(LIST).content.decode().split("<table")[1]
        step = {"hva": "sms", "liste": "utvalg=reminder_due"}
        address = reverse("lists:quick_contact", kwargs={"youth_id": mine.youth_id})
        assert "Ring hjem før jul" in client.post(address, step, headers=HTMX).content.decode()
