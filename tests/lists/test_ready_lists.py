"""The lists made ready: what each finds and for whom, what is new since last time, and filters shared at a unit."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.urls import reverse

from fotfeste.access.models import RoleAssignment, User
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.casework.models import Registration, Responsibility
from fotfeste.casework.selectors.worklist import WorklistFilter
from fotfeste.collaboration.models import FollowUpPlan, Record
from fotfeste.consent.models import Release
from fotfeste.kernel import clock
from fotfeste.lists.models import OtukRound, OtukRow, SavedFilter
from fotfeste.lists.selectors import ready, worklist
from fotfeste.lists.services.filters import save_filter, share_filter
from fotfeste.organisations.enums import UnitKind
from tests import factories as make

pytestmark = pytest.mark.django_db

LIST, LISTS = "/ungdommer/", "/ungdommer/lister/"


@pytest.fixture
def school():
    return make.unit(name="Prøve videregående skole")


@pytest.fixture
def counsellor(school):
    return make.actor(Role.COUNSELLOR, school)


def plan(case: Registration, *, last_day: date, ended: bool = False) -> None:
    by = make.user().pk
    with acting_as(make.system()):
        FollowUpPlan.objects.create(
            youth_id=case.youth_id,
            coordinator_id=by,
            coordinator_unit_id=case.unit_id,
            first_day=make.TODAY - timedelta(90),
            last_day=last_day,
            review_on=make.TODAY - timedelta(30),
            main_goal="education",
            information_flow="Vi ringes.",
            made_by_id=by,
            made_at=clock.now(),
            **({"ended_on": make.TODAY, "ended_at": clock.now(), "ended_by_id": by, "result": "x"} if ended else {}),
        )


def record(case: Registration, to, kind: str, answer: str = "") -> None:
    by = make.user().pk
    with acting_as(make.system()):
        Record.objects.create(
            youth_id=case.youth_id,
            kind=kind,
            on=make.TODAY,
            by_unit_id=case.unit_id,
            made_by_id=by,
            made_at=clock.now(),
            to_unit=to,
            answer=answer,
            answered_at=clock.now() if answer else None,
        )


def release(case: Registration, *, last_day: date, renews: Release | None = None) -> Release:
    by = make.user().pk
    with acting_as(make.system()):
        return Release.objects.create(
            youth_id=case.youth_id,
            purpose="cooperation",
            answer="yes",
            how="in_meeting",
            first_day=make.TODAY - timedelta(60),
            last_day=last_day,
            age_then=18,
            text_version="1",
            language="nb",
            renews=renews,
            recorded_by_id=by,
            recorded_at_unit_id=case.unit_id,
            recorded_at=clock.now(),
        )


def found(actor, name: str) -> set[str]:
    with acting_as(actor):
        chosen = WorklistFilter(ready=name)
        rows = worklist.rows(actor=actor, chosen=chosen, today=make.TODAY, start=0, count=50)
        counts = worklist.counts(actor=actor, chosen=chosen, today=make.TODAY)
        assert counts.total == len(rows)
        since = ready.last_look(user_id=actor.user_id)
        assert ready.count_ready(actor=actor, today=make.TODAY, since=since).get(name, 0) == len(rows)
    return {row.last_name for row in rows}


def test_each_list_finds_those_it_says_it_counts_and_no_others(school, counsellor):
    # Given some of whom something is so, and others of whom it nearly is
    soon, later = make.TODAY + timedelta(20), make.TODAY + timedelta(80)
    nav = make.unit(UnitKind.NAV_OFFICE)
    cases = {name: make.case(school, last_name=name) for name in ("Går", "Snart", "Avsluttet", "Ingen", "Fjor")}
    plan(cases["Går"], last_day=later)
    plan(cases["Snart"], last_day=soon)
    plan(cases["Avsluttet"], last_day=soon, ended=True)
    record(cases["Går"], nav, "nav-referral")
    record(cases["Snart"], nav, "nav-referral", answer="accepted")
    record(cases["Ingen"], make.unit(UnitKind.DISTRICT), "handover")
    release(cases["Går"], last_day=soon)
    release(cases["Ingen"], last_day=later)
    release(cases["Snart"], last_day=later, renews=release(cases["Snart"], last_day=soon))
    by = make.user().pk
    with acting_as(make.system()):
        Registration.objects.create(
            youth_id=cases["Fjor"].youth_id,
            school_year=cases["Fjor"].school_year - 1,
            reason="quit_school",
            first_day=date(2025, 9, 1),
            last_day=date(2026, 8, 1),
            end_reason="carried_over",
            source="test",
            recorded_at=clock.now(),
            status_code="OTUK",
            status_since=date(2025, 9, 1),
            status_confirmed_on=date(2025, 9, 1),
        )
        Registration.objects.filter(pk=cases["Går"].pk).update(counsellor_id=by)
    # When the counsellor opens each list, then
    assert found(counsellor, "no_plan") == {"Avsluttet", "Ingen", "Fjor"}
    assert found(counsellor, "plan_ends") == {"Snart"}
    assert found(counsellor, "waiting_nav") == {"Går"}
    assert found(counsellor, "handover_open") == {"Ingen"}
    assert found(counsellor, "consent_ends") == {"Går"}
    assert found(counsellor, "two_years") == {"Fjor"}
    assert found(counsellor, "no_person") == {"Snart", "Avsluttet", "Ingen", "Fjor"}
    # And somebody who may not see plans is told nothing of who has none
    leader = make.actor(Role.UNIT_LEADER, school)
    assert found(leader, "no_plan") == set()
    assert "no_plan" not in ready.offered(leader)
    assert found(make.actor(Role.COUNSELLOR, make.unit()), "no_person") == set()


def test_who_is_unknown_and_on_no_round_since_is_found_by_whoever_knows_the_rounds(school):
    # Given two who have been unknown as long; one stands on a list made since
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin())
    on_list, off_list = make.case(school, last_name="Med"), make.case(school, last_name="Uten")
    district = make.unit(UnitKind.DISTRICT)
    with acting_as(make.system()):
        for case, on in ((on_list, date(2026, 11, 20)), (off_list, date(2026, 9, 1))):
            made = OtukRound.objects.create(
                county_id=make.OSLO, on=on, known_at=clock.now(), respond_by=on, frozen_by_id=admin.user_id
            )
            OtukRow.objects.create(youth_id=case.youth_id, round=made, district=district, number=1, fields={})
    # Then
    assert found(admin, "not_on_round") == {"Uten"}
    assert "not_on_round" not in ready.offered(make.actor(Role.COUNSELLOR, school))


def test_what_has_come_since_the_list_was_last_looked_through_is_new_until_it_is_looked_through_again(
    log_in, school, counsellor
):
    # Given one long there, one registered today, and one another unit has handed over today
    long_ago = datetime(2026, 9, 12, 12, tzinfo=clock.OSLO)
    make.case(school, last_name="Lenge", recorded_at=long_ago)
    make.case(school, last_name="Ny")
    taken = make.case(school, last_name="Overtatt", recorded_at=long_ago)
    with acting_as(make.system()):
        Responsibility.objects.filter(youth_id=taken.youth_id).update(recorded_at=clock.now())
    # When
    client = log_in(counsellor)
    page = client.get(LISTS)
    shown = client.get(page.context["new"].url).context["rows"]
    # Then
    assert page.context["new"].count == 2
    assert {row.name for row in shown} == {"Ny, Amina", "Overtatt, Amina"}
    client.post(reverse("lists:look_through"))
    again = client.get(LISTS)
    assert again.context["new"].count == 0
    assert "Sist sett" in again.content.decode()
    assert log_in(make.actor(Role.COUNSELLOR, school)).get(LISTS).context["new"].count == 2


def test_the_page_says_what_each_list_counts_opens_it_and_asks_as_often_however_many_there_are(
    log_in, school, counsellor, django_assert_max_num_queries
):
    make.case(school, last_name="Vår")
    client = log_in(counsellor)
    client.get(LISTS)
    for _number in range(5):
        make.case(school)
    with django_assert_max_num_queries(20):
        page = client.get(LISTS)
    text = page.content.decode()
    assert "Ingen oppfølgingsplan er i gang." in text
    for row in (row for _title, rows in page.context["groups"] for row in rows):
        opened = client.get(row.url)
        assert (row.label, opened.context["page_obj"].paginator.count) == (row.label, row.count)
    narrowed = client.get(f"{LIST}?utvalg=no_plan&hurtig=unknown")
    assert "Uten plan." in narrowed.content.decode()
    assert 'name="utvalg" value="no_plan"' in narrowed.content.decode()


def test_a_leader_sees_how_many_each_has_and_shares_out_those_who_have_nobody(log_in, school):
    # Given two counsellors, one with a youth, and two youths nobody answers for
    kari, ali = make.user("Kari Vei"), make.user("Ali Vei")
    for each in (kari, ali):
        make.assign(each, Role.COUNSELLOR, school)
    cases = [make.case(school) for _number in range(3)]
    with acting_as(make.system()):
        Registration.objects.filter(pk=cases[0].pk).update(counsellor_id=kari.pk)
    client = log_in(make.actor(Role.UNIT_LEADER, school))
    # When
    page = client.get(LISTS)
    # Then
    assert [(each.name, each.count) for each in page.context["loads"]] == [("Ali Vei", 0), ("Kari Vei", 1)]
    assert page.context["without"].count == 2
    offered = client.get(page.context["without"].url)
    assert len(offered.context["rows"]) == 2
    assert "Kari Vei – har 1" in offered.content.decode()
    assert "Ali Vei – har 0" in offered.content.decode()


class TestSharedFilters:
    def save(self, client) -> None:
        client.post("/ungdommer/filter/", {"name": "Lenge ukjent", "valg": "ukjent=30"})

    def seen_by(self, actor) -> list[str]:
        with acting_as(actor):
            return [each.name for each in SavedFilter.objects.all()]

    def test_a_filter_is_seen_by_the_unit_while_it_is_shared_and_never_by_another(self, log_in, school, counsellor):
        # Given one's own filter, seen by nobody else
        colleague, other = make.actor(Role.COUNSELLOR, school), make.actor(Role.COUNSELLOR, make.unit())
        make.case(school)
        client = log_in(counsellor)
        self.save(client)
        [kept] = client.get(LISTS).context["kept"]
        assert self.seen_by(colleague) == []
        share = reverse("lists:share_filter", kwargs={"filter_id": kept.filter_id})
        # When it is shared
        client.post(share)
        assert client.get(LISTS).context["kept"][0].shared_with == school.name
        # Then the colleague uses it and may neither delete nor stop sharing it
        [shown] = log_in(colleague).get(LISTS).context["kept"]
        assert (shown.by, shown.count, shown.may_delete) == (counsellor.name, 1, False)
        client.post(share, {"slutt": "ja"})
        client.post(reverse("lists:delete_filter", kwargs={"filter_id": kept.filter_id}))
        assert self.seen_by(colleague) == ["Lenge ukjent"]
        assert self.seen_by(other) == []
        # And once it is no longer shared, it is the owner's alone
        log_in(counsellor).post(share, {"slutt": "ja"})
        assert (self.seen_by(colleague), self.seen_by(counsellor)) == ([], ["Lenge ukjent"])

    def test_whoever_leads_the_unit_takes_a_shared_filter_away(self, log_in, school, counsellor):
        make.case(school)
        client = log_in(counsellor)
        self.save(client)
        [kept] = client.get(LISTS).context["kept"]
        client.post(reverse("lists:share_filter", kwargs={"filter_id": kept.filter_id}))
        leader = make.actor(Role.UNIT_LEADER, school)
        log_in(leader).post(reverse("lists:delete_filter", kwargs={"filter_id": kept.filter_id}))
        assert self.seen_by(counsellor) == []

    def test_the_database_lets_no_colleague_take_or_delete_a_shared_filter(self, school, counsellor):
        with acting_as(counsellor):
            kept = save_filter(actor=counsellor, name="Lenge ukjent", query={"hurtig": "unknown"})
            share_filter(actor=counsellor, filter_id=kept.pk)
        mine = SavedFilter.objects.filter(pk=kept.pk)
        colleague, leader = make.actor(Role.COUNSELLOR, school), make.actor(Role.UNIT_LEADER, school)
        leads_another = make.actor(Role.UNIT_LEADER, make.unit())
        make.assign(User.objects.get(pk=leads_another.user_id), Role.COUNSELLOR, school)
        for actor in (colleague, leads_another):
            with acting_as(actor):
                assert mine.delete()[0] == 0
        for actor in (colleague, leader):
            with acting_as(actor), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                mine.update(user_id=actor.user_id)
            with acting_as(actor), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                mine.update(query={})
        with acting_as(leader):
            assert mine.delete()[0] == 1

    def test_what_is_kept_after_leaving_a_unit_no_longer_reaches_it(self, log_in, school, counsellor):
        # Given a filter shared at the school by somebody who then works elsewhere
        colleague = make.actor(Role.COUNSELLOR, school)
        with acting_as(counsellor):
            kept = save_filter(actor=counsellor, name="Lenge ukjent", query={"hurtig": "unknown"})
            share_filter(actor=counsellor, filter_id=kept.pk)
        assert self.seen_by(colleague) == ["Lenge ukjent"]
        moved = replace(make.actor(Role.COUNSELLOR, make.unit()), user_id=counsellor.user_id)
        RoleAssignment.objects.filter(user_id=counsellor.user_id).update(last_day=make.TODAY - timedelta(days=1))
        with acting_as(moved):
            # Then it cannot be shared there from elsewhere
            with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
                SavedFilter.objects.filter(pk=kept.pk).update(shared_with=school)
            # And what is kept under the same name is the owner's alone
            save_filter(actor=moved, name="Lenge ukjent", query={"hurtig": "never_contacted"})
        assert self.seen_by(colleague) == []
