"""What is due goes when somebody else has approved it, all of it or nothing, and whoever must stay, stays."""

import json
from argparse import Namespace
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Q

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import actor_for, system_actor
from fotfeste.audit import services as audit
from fotfeste.audit.models import AuditEntry
from fotfeste.casework.models import JournalNote, Registration
from fotfeste.config.checks import run_all
from fotfeste.config.commands import dispose
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.law.retention import KEEP_CASE, KEEP_REACH
from fotfeste.organisations.services.readings import add_reading
from fotfeste.oversight.about_person import models_about_person, ways_to_youth
from fotfeste.oversight.disposal_telling import certificate_pdf, told
from fotfeste.oversight.models import Disposal, LegalHold
from fotfeste.oversight.services import disposals as services
from fotfeste.oversight.services.holds import place_hold
from fotfeste.people.models import ContactDetail, Youth
from tests import factories as make
from tests.attack.world import secret_case
from tests.oversight.conftest import text_of

pytestmark = pytest.mark.django_db

LEFT = date(2019, 6, 30)


@pytest.fixture
def proposer():
    return make.actor(Role.EDUCATION_ADMIN, make.education_admin(), name="Uda Prøve")


@pytest.fixture
def approver():
    return make.actor(Role.PRIVACY_OFFICER, make.education_admin(), name="Ombud Prøve")


@pytest.fixture(autouse=True)
def decided():
    """The county keeps a case for five years."""
    _choose(KEEP_CASE, "years_5")
    with clock.frozen(make.TODAY):
        yield


def _choose(reading, value, county_id=make.OSLO):
    make.county(county_id)
    admin = make.actor(Role.EDUCATION_ADMIN, make.education_admin(county_id))
    with acting_as(admin):
        add_reading(
            actor=admin, county_id=county_id, reading=reading, value=value, first_day=date(2020, 1, 1), reason="vedtak"
        )


def _former(school, *, born=date(1994, 3, 4), **youth_fields):
    """Make somebody whose service ended by age, with a registration that ended long ago."""
    registration = make.case(school, born=born, since=date(2018, 9, 1), **youth_fields)
    with acting_as(make.system(school.county_id)):
        Registration.objects.filter(pk=registration.pk).update(last_day=LEFT, end_reason="moved")
    return registration.youth


def _plan(on=make.TODAY):
    return {each.kind.id: each for each in services.plan_disposal(county_id=make.OSLO, on=on)}


def _propose(actor, kind="case"):
    digest = _plan()[kind].digest
    with acting_as(actor):
        return services.propose_disposal(actor=actor, county_id=make.OSLO, kind=kind, digest=digest)


def _approve(actor, proposal):
    with acting_as(actor):
        return services.approve_disposal(actor=actor, disposal_id=proposal.pk)


def _standing(*youth_ids) -> dict[str, int]:
    """Return how many rows there are about the youths, of each model that has some."""
    counted = {}
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))):
        for model in models_about_person():
            condition = Q()
            for way in ways_to_youth(model):
                condition |= Q(**{way: list(youth_ids)})
            if count := model._default_manager.filter(condition).count():
                counted[model._meta.label] = count
    return counted


def _told_to_go(youth):
    with acting_as(make.system()):
        ContactDetail.objects.create(
            youth=youth, kind="phone", value="99887766", source="prøve", recorded_at=clock.now()
        )


def test_nothing_is_due_before_the_county_has_decided():
    _former(make.unit())
    _choose(KEEP_CASE, "undecided")
    plan = _plan()
    assert [(each.decided, each.people) for each in plan.values()] == [(False, 0), (False, 0)]


def test_it_is_due_the_day_after_the_years_are_over_and_not_before():
    # The registration ended on 30 June 2019, after the year of 24: the five years are over on 30 June 2024
    _former(make.unit())
    assert _plan(date(2024, 6, 30))["case"].people == 0
    assert _plan(date(2024, 7, 1))["case"].people == 1


def test_contact_details_go_before_the_case_when_the_county_has_decided_so(proposer, approver):
    youth = _former(make.unit(), born=date(2001, 3, 4))
    _told_to_go(youth)
    _choose(KEEP_REACH, "at_once")
    before = _standing(youth.pk)
    assert {kind: each.people for kind, each in _plan().items()} == {"reach": 1, "case": 0}
    done = _approve(approver, _propose(proposer, "reach"))
    assert done.counts == {"people.ContactDetail": 1, "people.Guardian": 0, "people.Address": 0}
    after = _standing(youth.pk)
    assert after == {model: count for model, count in before.items() if model != "people.ContactDetail"}
    assert _plan()["reach"].people == 0


def test_all_that_stands_about_somebody_goes_with_the_case_and_nothing_about_another(proposer, approver):
    # Given one who is due, with a row of each kind, and one who is not
    school = make.unit(name="Hjemskolen")
    secret = secret_case(school)
    ids = [secret.registration.youth_id, *_ids_of_twin()]
    with acting_as(make.system()):
        Youth.objects.filter(pk__in=ids).update(born=date(1994, 3, 4), first_name="Endret")
        Registration.objects.filter(youth_id__in=ids).update(first_day=date(2018, 9, 1), last_day=LEFT)
    other = make.case(school, born=date(2008, 1, 2)).youth
    untouched = _standing(other.pk)
    assert len(_standing(*ids)) > 12
    # When it is proposed and approved
    done = _approve(approver, _propose(proposer))
    # Then nothing about the first stands, all about the other does, and the certificate counts what went
    assert _standing(*ids) == {}
    assert _standing(other.pk) == untouched
    assert done.counts["people.Youth"] == 2
    assert done.counts["casework.JournalNote"] == 1
    assert sum(done.counts.values()) == done.rows
    assert done.youth_ids == []


def _ids_of_twin():
    with acting_as(make.system()):
        return list(Youth.objects.filter(first_name="Kanarifugl").order_by("-pk").values_list("pk", flat=True)[:1])


def test_whoever_is_on_hold_or_registered_is_not_due_and_counted_apart():
    school = make.unit()
    held, registered = _former(school), make.case(school, born=date(1994, 3, 4)).youth
    _hold(held)
    plan = _plan()["case"]
    assert (plan.people, plan.held, plan.registered) == (0, 1, 1)
    assert registered.pk not in plan.youth_ids


def _hold(youth, last_day=None):
    with acting_as(system_actor("overseer", county_ids=(make.OSLO,))) as overseer:
        return LegalHold.objects.create(
            youth=youth,
            reason="Klagen er ikke avgjort",
            first_day=make.TODAY,
            last_day=last_day,
            placed_by_id=overseer.user_id,
            placed_at=clock.now(),
        )


def test_a_hold_that_is_over_keeps_nobody():
    youth = _former(make.unit())
    _hold(youth, last_day=make.TODAY)
    assert _plan()["case"].people == 0
    assert _plan(make.TODAY + timedelta(days=1))["case"].people == 1


def test_a_hold_on_a_merged_registration_keeps_the_whole_person():
    school = make.unit()
    kept, absorbed = _former(school), _former(school)
    with acting_as(make.system()):
        Youth.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    assert _plan()["case"].youth_ids == (kept.pk, absorbed.pk)
    _hold(absorbed)
    assert (_plan()["case"].people, _plan()["case"].held) == (0, 1)


def test_one_merged_with_somebody_written_as_younger_is_left_alone():
    school = make.unit()
    kept, absorbed = _former(school), make.youth(school, born=date(2008, 1, 2))
    with acting_as(make.system()):
        Youth.objects.filter(pk=absorbed.pk).update(merged_into=kept)
    assert _plan()["case"].people == 0


def test_the_one_who_proposed_cannot_approve(proposer):
    _former(make.unit())
    proposal = _propose(proposer)
    with pytest.raises(Invalid, match="En annen må godkjenne"):
        _approve(proposer, proposal)
    with acting_as(proposer), pytest.raises(DatabaseError), transaction.atomic():
        Disposal.objects.filter(pk=proposal.pk).update(
            state="approved", decided_by_id=proposer.user_id, decided_at=clock.now()
        )
    assert _plan()["case"].people == 1


def test_nobody_approves_in_another_persons_name(proposer, approver):
    _former(make.unit())
    proposal = _propose(proposer)
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
    _former(make.unit())
    proposal = _propose(proposer)
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
    youth = _former(school)
    proposal = _propose(proposer)
    # When something about the person changes
    with acting_as(make.system()) as worker:
        if change == "note":
            JournalNote.objects.create(
                youth=youth, text="nytt", written_on=make.TODAY, written_by_id=worker.user_id, recorded_at=clock.now()
            )
        elif change == "registration":
            Registration.objects.filter(youth=youth).update(last_day=None)
    if change == "hold":
        _hold(youth)
    standing = _standing(youth.pk)
    # Then it is refused, and all stands
    with pytest.raises(EditConflict):
        _approve(approver, proposal)
    assert _standing(youth.pk) == standing


@pytest.mark.parametrize("change", ["hold", "preserved", "longer"])
def test_what_is_decided_the_day_after_the_proposal_keeps_what_was_proposed(change, proposer, approver):
    # Given a proposal from the day before
    youth = _former(make.unit())
    proposal = _propose(proposer)
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
        standing = _standing(youth.pk)
        # Then it is refused in words, and all stands
        with pytest.raises(EditConflict):
            _approve(approver, proposal)
        assert _standing(youth.pk) == standing


def test_a_proposal_may_be_approved_a_later_day_though_others_have_become_due(proposer, approver):
    school = make.unit()
    youth, later = _former(school), _former(school)
    with acting_as(make.system()):
        Registration.objects.filter(youth=later).update(last_day=make.TODAY - timedelta(days=1826))
    proposal = _propose(proposer)
    assert proposal.youth_ids == [youth.pk]
    with clock.frozen(make.TODAY + timedelta(days=3)):
        assert _plan(clock.today())["case"].people == 2
        _approve(approver, proposal)
    assert _standing(youth.pk) == {}
    assert _standing(later.pk)


def test_somebody_who_decides_in_one_county_is_told_nothing_of_another_where_the_role_is_another(enter):
    _former(make.unit())
    person = make.user("To Fylker")
    make.assign(person, Role.EDUCATION_ADMIN, make.education_admin(46), first_day=date(2026, 1, 1))
    make.assign(person, Role.COUNSELLOR, make.unit(), first_day=date(2026, 1, 1))
    both = actor_for(user_id=person.pk, on=make.TODAY)
    page = text_of(enter(both).get("/kassasjon/"))
    assert "1 person er forfalt" not in page
    assert "Ingenting er forfalt så lenge det gjelder." in page
    with acting_as(both), pytest.raises(NotAllowed):
        services.propose_disposal(actor=both, county_id=make.OSLO, kind="case", digest=_plan()["case"].digest)


def test_a_decided_proposal_is_not_decided_again(proposer, approver):
    _former(make.unit())
    proposal = _propose(proposer)
    _approve(approver, proposal)
    for act in (services.approve_disposal, services.withdraw_disposal):
        with acting_as(approver), pytest.raises(EditConflict):
            act(actor=approver, disposal_id=proposal.pk)


def test_a_proposal_can_be_withdrawn_and_made_anew(proposer, approver):
    youth = _former(make.unit())
    proposal = _propose(proposer)
    with pytest.raises(Invalid, match="venter alt"):
        _propose(proposer)
    with acting_as(approver):
        services.withdraw_disposal(actor=approver, disposal_id=proposal.pk)
    assert _standing(youth.pk)
    _approve(approver, _propose(proposer))
    assert _standing(youth.pk) == {}


def test_when_it_stops_on_the_way_nothing_has_gone_and_the_proposal_waits(proposer, approver, monkeypatch):
    youth = _former(make.unit())
    proposal, standing = _propose(proposer), _standing(youth.pk)
    write = audit.record

    def stops(verb, **entry):
        if verb == "disposal.done":
            raise RuntimeError("strømmen gikk")
        write(verb, **entry)

    monkeypatch.setattr(services.audit, "record", stops)
    with pytest.raises(RuntimeError), transaction.atomic():
        _approve(approver, proposal)
    assert {**standing, "oversight.Disposal": 1} == _standing(youth.pk)
    with acting_as(approver):
        assert Disposal.objects.get().state == "proposed"
        assert not AuditEntry.objects.filter(verb__in=["disposal.approved", "disposal.done"]).exists()


def test_the_log_holds_and_everything_hangs_together_afterwards(proposer, approver):
    # Given a log that is sealed, with a look at somebody who is due
    school = make.unit()
    youth = _former(school)
    with acting_as(proposer):
        audit.record_read(by=proposer.user_id, about=youth.pk, screen="casework:person")
    with acting_as(approver):
        before = AuditEntry.objects.filter(youth_id=youth.pk).count()
    assert before == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_set_seal()")
    # When the person is disposed of
    _approve(approver, _propose(proposer))
    # Then the log stands as it was, its chain holds, and nothing else is wrong
    with acting_as(approver):
        assert AuditEntry.objects.filter(youth_id=youth.pk).count() == before
        done = AuditEntry.objects.get(verb="disposal.done")
    assert done.youth_id is None
    assert done.details["people"] == 1
    results = run_all(actor=system_actor("checker", county_ids=(make.OSLO,)))
    wrong = [(each.name, [problem.sentence for problem in each.problems]) for each in results if not each.ok]
    assert wrong == []


def test_the_database_disposes_of_nothing_for_anybody_but_the_disposer_and_only_what_is_approved(proposer, approver):
    youth = _former(make.unit())
    proposal = _propose(proposer)
    disposer = system_actor("disposer", county_ids=(make.OSLO,))
    for actor in (proposer, approver, make.system(), disposer):
        with acting_as(actor), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT oversight_dispose(%s)", [proposal.pk])
    with acting_as(disposer), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_youth WHERE id = %s", [youth.pk])
    with acting_as(disposer), pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT oversight_disposing('case')")


@pytest.mark.parametrize("why", ["hold", "registration", "young"])
def test_the_database_itself_lets_whoever_must_stay_stay_whatever_is_approved(why, proposer, approver):
    # Given an approved proposal that by some fault names somebody who must stay
    school = make.unit()
    youth = _former(school, born=date(2004, 3, 4) if why == "young" else date(1994, 3, 4))
    if why == "registration":
        youth = make.case(school, born=date(1994, 3, 4)).youth
    if why == "hold":
        _hold(youth)
    with acting_as(proposer):
        faulty = Disposal.objects.create(
            county_id=make.OSLO, kind="case", on=make.TODAY, youth_ids=[youth.pk], digest="x", people=1, rows=1,
            proposed_by_id=proposer.user_id, proposed_at=clock.now(),
        )  # fmt: skip
    with acting_as(approver):
        Disposal.objects.filter(pk=faulty.pk).update(
            state="approved", decided_by_id=approver.user_id, decided_at=clock.now()
        )
    # When it is carried out
    with (
        acting_as(system_actor("disposer", county_ids=(make.OSLO,))),
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT oversight_dispose(%s)", [faulty.pk])
    # Then nothing has gone
    assert "people.Youth" in _standing(youth.pk)


def test_a_certificate_says_what_went_by_which_rule_and_who_approved_and_names_nobody(proposer, approver):
    _former(make.unit(), last_name="Ekornstad")
    done = _approve(approver, _propose(proposer))
    said = " ".join(f"{label}: {value}" for label, value in told(done))
    for part in ("Saken", "Fem år", "arkivforskrifta § 3", "Uda Prøve", "Ombud Prøve"):
        assert part in said
    assert certificate_pdf(done).startswith(b"%PDF")
    with acting_as(approver), pytest.raises(DatabaseError), transaction.atomic():
        Disposal.objects.filter(pk=done.pk).update(rows=0)
    assert not any("Ekornstad" in str(value) for value in vars(done).values())


def test_the_command_counts_and_takes_nothing_away(capsys, proposer):
    youth = _former(make.unit())
    assert dispose.run(Namespace(county="03", on=make.TODAY, json=True)) == 0
    said = json.loads(capsys.readouterr().out)
    case = next(each for each in said["kinds"] if each["kind"] == "case")
    assert (case["people"], case["value"], case["rows"]["people.Youth"]) == (1, "years_5", 1)
    assert dispose.run(Namespace(county="03", on=make.TODAY, json=False)) == 0
    assert "Saken: 1 forfalt." in capsys.readouterr().out
    assert _standing(youth.pk)


def test_a_county_sees_and_disposes_of_its_own_only(proposer):
    make.county(32, "Akershus")
    there = make.unit(county_id=32)
    _former(there)
    _choose(KEEP_CASE, "years_5", county_id=32)
    assert _plan()["case"].people == 0
    with acting_as(proposer), pytest.raises(NotAllowed):
        services.propose_disposal(actor=proposer, county_id=32, kind="case", digest="")


def test_two_people_do_it_on_the_screen(client, enter, proposer, approver):
    youth = _former(make.unit(), last_name="Ekornstad")
    browser = enter(proposer)
    page = browser.get("/kassasjon/")
    assert "1 person er forfalt." in text_of(page)
    assert "Ekornstad" not in text_of(page)
    digest = _plan()["case"].digest
    proposed = browser.post("/kassasjon/foresla/case/", {"digest": digest}, follow=True)
    assert "Ekornstad" in text_of(proposed)
    assert "En annen må godkjenne" in text_of(proposed)
    assert "venter på at du godkjenner" not in text_of(browser.get("/"))
    with acting_as(approver):
        address = f"/kassasjon/{opaque.encode(Disposal.objects.get().pk)}/"
    # The privacy officer, who sees no cases, sees how many and approves
    browser = enter(approver)
    assert "1 forslag om kassasjon venter på at du godkjenner det." in text_of(browser.get("/"))
    seen = text_of(browser.get(address))
    assert "Ekornstad" not in seen
    assert "1 er ikke åpen for deg." in seen
    done = browser.post(f"{address}godkjenn/", follow=True)
    assert "1 person gikk ut" in text_of(done)
    assert _standing(youth.pk) == {}
    assert "venter på at du godkjenner" not in text_of(browser.get("/"))
    paper = browser.get(f"{address}bevis.pdf")
    assert paper["Content-Type"] == "application/pdf"


def test_only_those_who_decide_see_the_screen(enter):
    for role in Role:
        expected = 200 if role in {Role.EDUCATION_ADMIN, Role.PRIVACY_OFFICER} else 403
        assert enter(make.actor(role, make.education_admin())).get("/kassasjon/").status_code == expected
