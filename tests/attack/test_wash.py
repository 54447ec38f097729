"""A wash attacked: forged ids, another's wash, what is over, who becomes protected while it goes on, and SQL by hand."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.services.residence import set_protection
from fotfeste.collaboration.models import Task
from fotfeste.kernel import clock
from fotfeste.lists import jobs
from fotfeste.lists.models import WashAgreement, WashSession
from fotfeste.lists.selectors import wash as washes
from fotfeste.lists.services import wash as services
from fotfeste.lists.services.answers import answer_row
from fotfeste.lists.services.wash_owners import agree_owner
from tests import factories as make
from tests.at_once.race import browser_of
from tests.lists.otuk_world import STOVNER, World

pytestmark = pytest.mark.django_db
NOT_TAKEN, MOVED = "still_unknown", "moved"


@pytest.fixture(autouse=True)
def _today():
    with clock.frozen(make.TODAY):
        yield


class Washed:
    """A list of two in Alna and one in Stovner, the first of which Nav does not take care of and Nav is to go on with."""

    def __init__(self) -> None:
        self.world = world = World.made()
        self.first, self.second = world.unknown("Aas"), world.unknown("Bakke")
        self.elsewhere = world.unknown("Cappelen", district=STOVNER)
        self.made = world.freeze()
        with acting_as(world.alna_contact):
            self.session = services.open_wash(actor=world.alna_contact, made=self.made, district_id=world.alna.pk)
        self.answer(self.first, NOT_TAKEN)
        self.agree(self.first, "nav")

    def answer(self, case, category):
        with acting_as(self.world.nav):
            answer_row(
                actor=self.world.nav, made=self.made, unit_id=self.session.office_id, youth_id=case.youth_id,
                category=category, on=clock.today(),
            )  # fmt: skip

    def agree(self, case, owner):
        contact = self.world.alna_contact
        with acting_as(contact):
            return agree_owner(
                actor=contact, session_id=self.session.pk, youth_id=case.youth_id, owner=owner,
                due_on=clock.today() + timedelta(7),
            )  # fmt: skip

    def address(self, name="wash", unit=None, **more) -> str:
        kwargs = {"round_id": self.made.pk, "unit_id": (unit or self.world.alna).pk, **more}
        return reverse(f"lists:{name}", kwargs=kwargs)

    def protect(self, case):
        with acting_as(make.system()) as importer:
            set_protection(actor=importer, youth_id=case.youth_id, grade="strictly_confidential")


@pytest.fixture
def washed():
    return Washed()


def _is_told(washed, actor, name) -> list[str]:
    """Return the addresses of the wash, and of what comes of it, that say a name to somebody."""
    board = washed.world.nav_alna if actor is washed.world.nav else washed.world.alna
    asked = [
        washed.address(),
        washed.address() + "?vis=avtal",
        *(washed.address("wash_file", kind=kind) for kind in ("csv",)),
        washed.address("otuk_board", unit=board),
        reverse("collaboration:tasks"),
        reverse("collaboration:new_network_meeting") + "?ta-opp=listevask",
        reverse("home"),
    ]
    browser, telling = browser_of(actor), []
    for each in asked:
        answer = browser.get(each)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if name in body.decode("utf-8", "replace"):
            telling.append(each)
    return telling


def test_who_becomes_protected_in_a_wash_is_told_of_nowhere_and_holds_nothing_up(washed):
    world = washed.world
    assert _is_told(washed, world.alna_contact, "Aas,")
    washed.protect(washed.first)
    for actor in (world.alna_contact, world.nav):
        assert _is_told(washed, actor, "Aas,") == []
    # Nor are its rows read by hand once the list has let go of it, and the number says nothing of it
    jobs.withdraw_protected_youths()
    for actor in (world.alna_contact, world.nav):
        with acting_as(actor):
            assert not WashAgreement.objects.filter(youth_id=washed.first.youth_id).exists()
            assert not Task.objects.filter(youth_id=washed.first.youth_id).exists()
    with acting_as(world.alna_contact):
        found = washes.wash_of(WashSession.objects.get())
        assert (len(found.rows), found.answered, found.without_owner) == (1, 0, 0)
        services.close_wash(actor=world.alna_contact, session_id=washed.session.pk)
        assert WashSession.objects.get().unanswered == 1


@pytest.mark.parametrize(("owner", "state"), [("nav", "dropped"), ("district", "dropped"), ("administration", "open")])
def test_no_task_of_a_protected_youth_waits_for_a_unit_that_is_told_of_them_no_more(washed, owner, state):
    washed.answer(washed.second, MOVED)
    washed.agree(washed.second, owner)
    washed.protect(washed.second)
    for _time in range(2):
        jobs.withdraw_protected_youths()
    with acting_as(make.system()):
        assert Task.objects.get(youth_id=washed.second.youth_id).state == state
        assert Task.objects.get(youth_id=washed.first.youth_id).state == "open"


def test_a_look_changes_nothing_and_a_forged_id_tells_no_more_than_a_strange_one(washed):
    world = washed.world
    stranger_nav = make.actor(Role.NAV_RESPONSIBLE, world.stovner.nav_office)
    posts = [("wash_open", {}), ("wash_close", {}), ("wash_missing", {})]
    given = {"missing": 4, "version": 1, "owner": "nav", "due_on": "2026-12-07"}
    for actor in (world.alna_contact, world.nav, stranger_nav, world.admin):
        browser = browser_of(actor)
        for name, more in [*posts, ("wash_agree", {"youth_id": washed.second.youth_id})]:
            assert browser.get(washed.address(name, **more)).status_code in {403, 404, 405}
    with acting_as(world.alna_contact):
        assert WashSession.objects.get().closed_at is None
    # One who stands on another's list, nobody at all, and one on the list Nav has not answered about: the same refusal
    browser, said = browser_of(world.alna_contact), set()
    for youth_id in (washed.elsewhere.youth_id, 999_999_999, washed.second.youth_id):
        answer = browser.post(washed.address("wash_agree", youth_id=youth_id), {**given, "version": 0}, follow=True)
        said.add((answer.status_code, tuple(str(each) for each in answer.context.get("messages", ()))))
    assert len(said) == 1, said
    # A youth on the list, asked for by way of another district's wash, and a round that is not
    for wrong in (
        washed.address("wash_agree", unit=world.stovner, youth_id=washed.first.youth_id),
        reverse("lists:wash_close", kwargs={"round_id": 999_999, "unit_id": world.alna.pk}),
        washed.address("wash_close", unit=world.school),
        washed.address("wash_close", unit=world.nav_alna),
    ):
        assert browser.post(wrong, given).status_code == 404
    with acting_as(world.admin):
        assert WashAgreement.objects.count() == 1


def test_nothing_is_added_to_a_wash_that_is_over_by_replaying_what_was_sent(washed):
    world = washed.world
    with acting_as(world.alna_contact):
        services.close_wash(actor=world.alna_contact, session_id=washed.session.pk)
        before = WashSession.objects.values().get()
    sent = {"missing": 7, "version": 1, "owner": "district", "due_on": "2026-12-07", "category": MOVED}
    for actor in (world.alna_contact, world.nav):
        browser = browser_of(actor)
        for name, more in (
            ("wash_open", {}), ("wash_close", {}), ("wash_missing", {}), ("wash_agree", {"youth_id": washed.first.youth_id}),
        ):  # fmt: skip
            browser.post(washed.address(name, **more), sent)
        assert browser.get(washed.address("wash_file", kind="csv")).status_code in {403, 404}
    with acting_as(world.alna_contact):
        assert WashSession.objects.values().get() == before


def test_the_app_role_forges_neither_answer_nor_agreement_of_another_by_hand(washed):
    world = washed.world
    with acting_as(world.admin):
        row = WashAgreement.objects.get()
    stranger = make.actor(Role.NAV_RESPONSIBLE, world.stovner.nav_office)
    school = make.actor(Role.COUNSELLOR, make.unit(name="Annen skole"))
    for actor in (world.stovner_contact, stranger, school):
        with acting_as(actor):
            assert WashAgreement.objects.filter(pk=row.pk).update(due_on=clock.today()) == 0
            with pytest.raises(DatabaseError), transaction.atomic():
                WashAgreement.objects.create(
                    session_id=row.session_id, youth_id=washed.second.youth_id, district_id=row.district_id, owner="nav",
                    for_unit_id=actor.unit_id, due_on=row.due_on, task_id=row.task_id, agreed_by_id=actor.user_id,
                    agreed_at=clock.now(),
                )  # fmt: skip
