"""Who answers for a youth at the responsible unit: chosen there, kept as dated facts, taken back, let go by a move."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from fotfeste.access.models import RoleAssignment
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import CounsellorPeriod, Registration
from fotfeste.casework.services import consistency, counsellors, merging, registrations, responsibility
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid, NotAllowed
from tests import factories as make

pytestmark = pytest.mark.django_db

LATER = date(2026, 12, 1)


@pytest.fixture
def kari(school):
    return make.actor(Role.COUNSELLOR, school, name="Kari Berg")


@pytest.fixture
def ola(school):
    return make.actor(Role.COUNSELLOR, school, name="Ola Lie")


def choose(actor, case, person, *, version=None):
    with acting_as(actor):
        return counsellors.assign_counsellor(
            actor=actor, youth_id=case.youth_id, counsellor_id=person.user_id if person else None, version=version
        )


def undo(actor, period):
    with acting_as(actor):
        return counsellors.undo_choice(actor=actor, youth_id=period.youth_id, period_id=period.pk)


def live(case) -> list[tuple[int | None, date, date | None]]:
    with acting_as(make.system()):
        rows = CounsellorPeriod.objects.filter(youth_id=case.youth_id, superseded_at=None).order_by("first_day")
        return list(rows.values_list("counsellor_id", "first_day", "last_day"))


def shown(case) -> int | None:
    with acting_as(make.system()):
        return Registration.objects.get(pk=case.pk).counsellor_id


def problems() -> list[str]:
    with acting_as(make.system()):
        return [each.check for each in consistency.problems()]


def test_a_choice_is_a_dated_fact_and_stands_on_the_case(case, kari, ola):
    # Given
    choose(kari, case, kari)
    # When another is chosen later
    with clock.frozen(LATER):
        choose(ola, case, ola)
    # Then the days before are still the first one's
    assert live(case) == [
        (kari.user_id, make.TODAY, date(2026, 11, 30)),
        (ola.user_id, LATER, None),
    ]
    assert shown(case) == ola.user_id
    assert problems() == []


def test_what_was_known_before_a_choice_is_kept_with_who_chose(case, kari, ola):
    first = choose(kari, case, kari)
    with clock.frozen(LATER):
        second = choose(ola, case, ola)
    with acting_as(kari):
        first.refresh_from_db()
    assert first.superseded_at == second.recorded_at
    assert (first.last_day, second.replaces_id) == (None, first.pk)
    assert (first.chosen_by_id, second.chosen_by_id) == (kari.user_id, ola.user_id)


def test_of_two_choices_on_one_day_the_first_leaves_no_period(case, kari, ola):
    choose(kari, case, kari)
    choose(ola, case, ola)
    assert live(case) == [(ola.user_id, make.TODAY, None)]


def test_the_leader_can_choose_nobody_and_it_is_a_fact_too(case, school, kari):
    choose(kari, case, kari)
    with clock.frozen(LATER):
        with pytest.raises(NotAllowed, match="Tilby den til kollegaen"):
            choose(kari, case, None)
        choose(make.actor(Role.UNIT_LEADER, school), case, None)
    assert live(case) == [(kari.user_id, make.TODAY, date(2026, 11, 30)), (None, LATER, None)]
    assert shown(case) is None


def test_the_log_tells_who_chose_whom(case, kari, ola):
    choose(kari, case, ola)
    with acting_as(make.actor(Role.PRIVACY_OFFICER, make.education_admin())):
        entry = AuditEntry.objects.get(verb="counsellor.assigned")
    assert (entry.user_id, entry.youth_id) == (kari.user_id, case.youth_id)
    assert entry.details == {"to": ola.user_id, "from": None}


def test_a_leader_of_the_unit_may_choose(case, school, kari):
    choose(make.actor(Role.UNIT_LEADER, school), case, kari)
    assert shown(case) == kari.user_id


def test_what_somebody_answers_for_is_moved_at_once_by_the_leader_or_whoever_takes_it(case, school, kari, ola):
    choose(kari, case, kari)
    for giver in (kari, make.actor(Role.COUNSELLOR, school)):
        with pytest.raises(NotAllowed, match="Tilby den til kollegaen"):
            choose(giver, case, ola)
    choose(ola, case, ola)
    choose(make.actor(Role.UNIT_LEADER, school), case, kari)
    assert shown(case) == kari.user_id


def test_what_is_left_by_somebody_who_quit_is_given_to_a_colleague_at_once(case, school, kari, ola):
    choose(kari, case, kari)
    RoleAssignment.objects.filter(user_id=kari.user_id).update(last_day=make.TODAY - timedelta(1))
    choose(make.actor(Role.COUNSELLOR, school), case, ola)
    assert shown(case) == ola.user_id


def test_the_county_does_not_choose_among_a_schools_people(case, admin, kari):
    with pytest.raises(NotAllowed, match="Bare enheten som har ansvaret"):
        choose(admin, case, kari)
    assert shown(case) is None


def test_another_schools_counsellor_does_not_even_find_the_case(case, other_school, kari):
    with pytest.raises(Invalid, match="ikke tilgang"):
        choose(make.actor(Role.COUNSELLOR, other_school), case, kari)


@pytest.mark.parametrize("who", ["elsewhere", "leader", "left"])
def test_only_somebody_who_follows_up_at_the_unit_can_be_chosen(case, school, other_school, kari, who):
    # Given somebody at another school, a leader who follows nobody up, or somebody whose role has ended
    if who == "left":
        person = make.user("Gro Gått")
        make.assign(person, Role.COUNSELLOR, school, last_day=date(2026, 10, 31))
        chosen_id = person.pk
    else:
        at, role = (other_school, Role.COUNSELLOR) if who == "elsewhere" else (school, Role.UNIT_LEADER)
        chosen_id = make.actor(role, at, name="Gro Gått").user_id
    # When, then
    with acting_as(kari), pytest.raises(Invalid, match="Gro Gått følger ikke opp ungdommer ved enheten"):
        counsellors.assign_counsellor(actor=kari, youth_id=case.youth_id, counsellor_id=chosen_id, version=None)


def test_choosing_the_same_person_again_says_so(case, kari):
    choose(kari, case, kari)
    with pytest.raises(IllegalTransition, match="Kari Berg er allerede ansvarlig person"):
        choose(kari, case, kari)


def test_the_loser_of_a_race_sees_whom_the_other_chose(case, kari, ola):
    seen = case.version
    choose(kari, case, ola)
    with pytest.raises(EditConflict) as lost:
        choose(kari, case, kari, version=seen)
    assert lost.value.theirs["Ansvarlig person"] == "Ola Lie"
    assert lost.value.yours == {"Ansvarlig person": "Kari Berg"}


def test_of_many_each_is_judged_by_itself(case, school, other_school, kari):
    # Given one free, one already hers, one changed since it was shown, one of another school, one not registered
    free, hers, changed = case, make.case(school), make.case(school)
    choose(kari, hers, kari)
    foreign = make.case(other_school)
    items = [(free.youth_id, 1), (hers.youth_id, 2), (changed.youth_id, 0), (foreign.youth_id, 1)]
    # When
    with acting_as(kari):
        result = counsellors.assign_many(actor=kari, items=items, counsellor_id=kari.user_id)
    # Then
    assert [youth_id for youth_id, _period in result.done] == [free.youth_id]
    reasons = dict(result.refused)
    assert "allerede ansvarlig" in reasons[hers.youth_id]
    assert "Noen har endret saken" in reasons[changed.youth_id]
    assert "ikke tilgang" in reasons[foreign.youth_id]
    assert (shown(free), shown(changed), shown(foreign)) == (kari.user_id, None, None)


class TestUndo:
    def test_whoever_answered_before_answers_again_in_one_period(self, case, kari, ola):
        # Given
        choose(kari, case, kari)
        with clock.frozen(LATER):
            choice = choose(ola, case, ola)
            # When
            undo(kari, choice)
        # Then
        assert live(case) == [(kari.user_id, make.TODAY, None)]
        assert shown(case) == kari.user_id
        assert problems() == []

    def test_a_first_choice_undone_leaves_nobody(self, case, kari):
        undo(kari, choose(kari, case, kari))
        assert live(case) == [(None, make.TODAY, None)]
        assert shown(case) is None

    def test_nothing_is_undone_over_a_later_choice(self, case, kari, ola):
        choice = choose(kari, case, kari)
        choose(ola, case, ola)
        with pytest.raises(EditConflict, match="siden"):
            undo(kari, choice)
        assert shown(case) == ola.user_id

    def test_it_is_undone_once(self, case, kari):
        choice = choose(kari, case, kari)
        undo(kari, choice)
        with pytest.raises(EditConflict):
            undo(kari, choice)

    def test_the_day_after_it_is_too_late(self, case, kari):
        choice = choose(kari, case, kari)
        with clock.frozen(LATER), pytest.raises(IllegalTransition, match="for sent å angre"):
            undo(kari, choice)

    def test_another_unit_undoes_nothing(self, case, kari, other_school):
        choice = choose(kari, case, kari)
        with pytest.raises(Invalid, match="ikke tilgang"):
            undo(make.actor(Role.COUNSELLOR, other_school), choice)


class TestWhatEndsIt:
    def move(self, admin, case, holder, on):
        with acting_as(admin):
            responsibility.assign(
                actor=admin, youth_id=case.youth_id, holder_id=holder.pk, reason="Bor nærmere", version=None, on=on
            )

    def test_nobody_at_the_new_unit_answers_after_a_move(self, case, kari, admin, other_school):
        choose(kari, case, kari)
        with clock.frozen(LATER):
            self.move(admin, case, other_school, LATER)
        assert live(case) == [(kari.user_id, make.TODAY, date(2026, 11, 30)), (None, LATER, None)]
        assert (shown(case), problems()) == (None, [])

    def test_a_move_from_an_earlier_day_takes_the_choice_with_it(self, case, kari, admin, other_school):
        choose(kari, case, kari)
        self.move(admin, case, other_school, date(2026, 11, 10))
        assert live(case) == [(None, date(2026, 11, 10), None)]
        assert problems() == []

    def test_the_same_unit_by_decision_keeps_its_person(self, case, school, kari, admin):
        choose(kari, case, kari)
        self.move(admin, case, school, make.TODAY)
        assert (shown(case), problems()) == (kari.user_id, [])

    def test_it_ends_with_the_registration(self, case, kari, admin):
        choose(kari, case, kari)
        with clock.frozen(LATER), acting_as(admin):
            registrations.close_registration(
                actor=admin, registration_id=case.pk, last_day=date(2026, 11, 25), end_reason="completed", version=None
            )
        assert live(case) == [(kari.user_id, make.TODAY, date(2026, 11, 25)), (None, date(2026, 11, 26), None)]

    def test_a_merge_taken_back_gives_the_person_back(self, case, school, kari, admin):
        # Given a case with a person, taken up in another
        choose(kari, case, kari)
        kept = make.case(school, last_name="Beholdt")
        with clock.frozen(LATER), acting_as(admin):
            merge = merging.merge_youths(actor=admin, kept_id=kept.youth_id, absorbed_id=case.youth_id, reason="Samme")
        # When
        with clock.frozen(date(2026, 12, 2)), acting_as(admin):
            merging.undo_merge(actor=admin, merge_id=merge)
        # Then
        assert live(case) == [(kari.user_id, make.TODAY, None)]
        assert (shown(case), problems()) == (kari.user_id, [])


def test_two_people_never_answer_at_once(case, kari, ola):
    choose(kari, case, kari)
    with acting_as(make.system()), pytest.raises(IntegrityError), transaction.atomic():
        CounsellorPeriod.objects.create(
            youth_id=case.youth_id,
            counsellor_id=ola.user_id,
            unit_then=case.unit_id,
            first_day=LATER,
            ground="chosen",
            chosen_by_id=kari.user_id,
            recorded_at=clock.now(),
        )


def test_the_check_finds_a_case_that_shows_another_than_the_facts(case, kari, ola):
    choose(kari, case, kari)
    with acting_as(make.system()):
        Registration.objects.filter(pk=case.pk).update(counsellor_id=ola.user_id)
    assert "counsellor_elsewhere_than_facts" in problems()
