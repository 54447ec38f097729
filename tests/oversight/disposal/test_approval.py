"""One proposes and another approves, and what has changed since is not disposed of."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for
from fotfeste.casework.models import JournalNote, Registration
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.law.retention import KEEP_CASE
from fotfeste.organisations.services.readings import add_reading
from fotfeste.oversight.models import Disposal
from fotfeste.oversight.services import disposals as services
from fotfeste.oversight.services.holds import place_hold
from tests import factories as make
from tests.oversight.conftest import text_of
from tests.oversight.disposal.cases import approve, former, hold, make_proposal, plan_now, rows_about

pytestmark = pytest.mark.django_db


def test_the_one_who_proposed_cannot_approve(proposer):
    former(make.unit())
    proposal = make_proposal(proposer)
    with pytest.raises(Invalid, match="En annen må godkjenne"):
        approve(proposer, proposal)
    with acting_as(proposer), pytest.raises(DatabaseError), transaction.atomic():
        Disposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by_id=proposer.user_id, decided_at=clock.now()
        )
    assert plan_now()["case"].people == 1


def test_nobody_approves_in_another_persons_name(proposer, approver):
    former(make.unit())
    proposal = make_proposal(proposer)
    with acting_as(proposer), pytest.raises(DatabaseError), transaction.atomic():
        Disposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by_id=approver.user_id, decided_at=clock.now()
        )
    with acting_as(approver), pytest.raises(DatabaseError), transaction.atomic():
        Disposal.objects.create(
            county_id=make.OSLO, kind="reach", on=make.TODAY, digest="x", people=0, rows=0,
            proposed_by_id=proposer.user_id, proposed_at=clock.now(),
        )  # fmt: skip


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.EDUCATION_ADMIN, Role.PRIVACY_OFFICER}))
def test_other_roles_neither_propose_nor_approve_nor_see(role, proposer):
    former(make.unit())
    proposal = make_proposal(proposer)
    actor = make.actor(Role(role), make.education_admin())
    with acting_as(actor):
        with pytest.raises(NotAllowed):
            services.propose_disposal(actor=actor, county_id=make.OSLO, kind="reach", digest="")
        with pytest.raises((NotAllowed, Invalid)):
            services.approve_disposal(actor=actor, disposal_id=proposal.pk)


@pytest.mark.parametrize("change", ["note", "hold", "registration"])
def test_what_is_no_longer_as_it_was_proposed_is_not_disposed_of(change, proposer, approver):
    # Given a proposal
    school = make.unit()
    youth = former(school)
    proposal = make_proposal(proposer)
    # When something about the person changes
    with acting_as(make.system()) as worker:
        if change == "note":
            JournalNote.objects.create(
                youth=youth, text="nytt", written_on=make.TODAY, written_by_id=worker.user_id, recorded_at=clock.now()
            )
        elif change == "registration":
            Registration.objects.filter(youth=youth).update(last_day=None)
    if change == "hold":
        hold(youth)
    standing = rows_about(youth.pk)
    # Then it is refused, and all stands
    with pytest.raises(EditConflict):
        approve(approver, proposal)
    assert rows_about(youth.pk) == standing


@pytest.mark.parametrize("change", ["hold", "preserved", "longer"])
def test_what_is_decided_the_day_after_the_proposal_keeps_what_was_proposed(change, proposer, approver):
    # Given a proposal from the day before
    youth = former(make.unit())
    proposal = make_proposal(proposer)
    with clock.frozen(make.TODAY + timedelta(days=1)):
        # When somebody is put on hold, or the county decides otherwise, from the day after
        if change == "hold":
            with acting_as(approver):
                place_hold(
                    actor=approver, national_id=youth.national_id, reason="Klagen er ikke avgjort", last_day=None
                )
        else:
            with acting_as(proposer):
                add_reading(
                    actor=proposer,
                    county_id=make.OSLO,
                    reading=KEEP_CASE,
                    value="preserved" if change == "preserved" else "years_25",
                    first_day=clock.today(),
                    reason="nytt vedtak",
                )
        standing = rows_about(youth.pk)
        # Then it is refused in words, and all stands
        with pytest.raises(EditConflict):
            approve(approver, proposal)
        assert rows_about(youth.pk) == standing


def test_a_proposal_may_be_approved_a_later_day_though_others_have_become_due(proposer, approver):
    school = make.unit()
    youth, later = former(school), former(school)
    with acting_as(make.system()):
        Registration.objects.filter(youth=later).update(last_day=make.TODAY - timedelta(days=1826))
    proposal = make_proposal(proposer)
    assert proposal.youth_ids == [youth.pk]
    with clock.frozen(make.TODAY + timedelta(days=3)):
        assert plan_now(clock.today())["case"].people == 2
        approve(approver, proposal)
    assert rows_about(youth.pk) == {}
    assert rows_about(later.pk)


def test_somebody_who_decides_in_one_county_is_told_nothing_of_another_where_the_role_is_another(enter):
    former(make.unit())
    person = make.user("To Fylker")
    make.assign(person, Role.EDUCATION_ADMIN, make.education_admin(46), first_day=date(2026, 1, 1))
    make.assign(person, Role.COUNSELLOR, make.unit(), first_day=date(2026, 1, 1))
    both = actor_for(user_id=person.pk, on=make.TODAY)
    page = text_of(enter(both).get("/kassasjon/"))
    assert "1 person er forfalt" not in page
    assert "Ingenting er forfalt så lenge det gjelder." in page
    with acting_as(both), pytest.raises(NotAllowed):
        services.propose_disposal(actor=both, county_id=make.OSLO, kind="case", digest=plan_now()["case"].digest)


def test_a_decided_proposal_is_not_decided_again(proposer, approver):
    former(make.unit())
    proposal = make_proposal(proposer)
    approve(approver, proposal)
    for act in (services.approve_disposal, services.withdraw_disposal):
        with acting_as(approver), pytest.raises(EditConflict):
            act(actor=approver, disposal_id=proposal.pk)


def test_a_proposal_can_be_withdrawn_and_made_anew(proposer, approver):
    youth = former(make.unit())
    proposal = make_proposal(proposer)
    with pytest.raises(Invalid, match="venter alt"):
        make_proposal(proposer)
    with acting_as(approver):
        services.withdraw_disposal(actor=approver, disposal_id=proposal.pk)
    assert rows_about(youth.pk)
    approve(approver, make_proposal(proposer))
    assert rows_about(youth.pk) == {}
