"""What is approved goes, all of it or nothing, and a certificate says what went."""

import json
from argparse import Namespace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.selectors import system_actor
from fotfeste.audit import services as audit
from fotfeste.audit.models import AuditEntry
from fotfeste.config.checks import run_all
from fotfeste.config.commands import dispose
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.errors import NotAllowed
from fotfeste.law.retention import KEEP_CASE
from fotfeste.oversight.disposal_telling import certificate_pdf, told
from fotfeste.oversight.models import Disposal
from fotfeste.oversight.services import disposals as services
from tests import factories as make
from tests.oversight.conftest import text_of
from tests.oversight.disposal.cases import (
    approve,
    choose,
    former,
    hold,
    make_proposal,
    plan_now,
    rows_about,
)

pytestmark = pytest.mark.django_db


def test_when_it_stops_on_the_way_nothing_has_gone_and_the_proposal_waits(proposer, approver, monkeypatch):
    youth = former(make.unit())
    proposal, standing = make_proposal(proposer), rows_about(youth.pk)
    write = audit.record

    def stops(verb, **entry):
        if verb == "disposal.done":
            raise RuntimeError("strømmen gikk")
        write(verb, **entry)

    monkeypatch.setattr(services.audit, "record", stops)
    with pytest.raises(RuntimeError), transaction.atomic():
        approve(approver, proposal)
    assert {**standing, "oversight.Disposal": 1} == rows_about(youth.pk)
    with acting_as(approver):
        assert Disposal.objects.get().state == "proposed"
        assert not AuditEntry.objects.filter(verb__in=["disposal.approved", "disposal.done"]).exists()


def test_the_log_holds_and_everything_hangs_together_afterwards(proposer, approver):
    # Given a log that is sealed, with a look at somebody who is due
    school = make.unit()
    youth = former(school)
    with acting_as(proposer):
        audit.record_read(by=proposer.user_id, about=youth.pk, screen="casework:person")
    with acting_as(approver):
        before = AuditEntry.objects.filter(youth_id=youth.pk).count()
    assert before == 1
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_set_seal()")
    # When the person is disposed of
    approve(approver, make_proposal(proposer))
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
    youth = former(make.unit())
    proposal = make_proposal(proposer)
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
    youth = former(school, born=date(2004, 3, 4) if why == "young" else date(1994, 3, 4))
    if why == "registration":
        youth = make.case(school, born=date(1994, 3, 4)).youth
    if why == "hold":
        hold(youth)
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
    assert "people.Youth" in rows_about(youth.pk)


def test_a_certificate_says_what_went_by_which_rule_and_who_approved_and_names_nobody(proposer, approver):
    former(make.unit(), last_name="Ekornstad")
    done = approve(approver, make_proposal(proposer))
    said = " ".join(f"{label}: {value}" for label, value in told(done))
    for part in ("Saken", "Fem år", "arkivforskrifta § 3", "Uda Prøve", "Ombud Prøve"):
        assert part in said
    assert certificate_pdf(done).startswith(b"%PDF")
    with acting_as(approver), pytest.raises(DatabaseError), transaction.atomic():
        Disposal.objects.filter(pk=done.pk).update(rows=0)
    assert not any("Ekornstad" in str(value) for value in vars(done).values())


def test_the_command_counts_and_takes_nothing_away(capsys, proposer):
    youth = former(make.unit())
    assert dispose.run(Namespace(county="03", on=make.TODAY, json=True)) == 0
    said = json.loads(capsys.readouterr().out)
    case = next(each for each in said["kinds"] if each["kind"] == "case")
    assert (case["people"], case["value"], case["rows"]["people.Youth"]) == (1, "years_5", 1)
    assert dispose.run(Namespace(county="03", on=make.TODAY, json=False)) == 0
    assert "Saken: 1 forfalt." in capsys.readouterr().out
    assert rows_about(youth.pk)


def test_a_county_sees_and_disposes_of_its_own_only(proposer):
    make.county(32, "Akershus")
    there = make.unit(county_id=32)
    former(there)
    choose(KEEP_CASE, "years_5", county_id=32)
    assert plan_now()["case"].people == 0
    with acting_as(proposer), pytest.raises(NotAllowed):
        services.propose_disposal(actor=proposer, county_id=32, kind="case", digest="")


def test_two_people_do_it_on_the_screen(client, enter, proposer, approver):
    youth = former(make.unit(), last_name="Ekornstad")
    browser = enter(proposer)
    page = browser.get("/kassasjon/")
    assert "1 person er forfalt." in text_of(page)
    assert "Ekornstad" not in text_of(page)
    digest = plan_now()["case"].digest
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
    assert rows_about(youth.pk) == {}
    assert "venter på at du godkjenner" not in text_of(browser.get("/"))
    paper = browser.get(f"{address}bevis.pdf")
    assert paper["Content-Type"] == "application/pdf"


def test_only_those_who_decide_see_the_screen(enter):
    for role in Role:
        expected = 200 if role in {Role.EDUCATION_ADMIN, Role.PRIVACY_OFFICER} else 403
        assert enter(make.actor(role, make.education_admin())).get("/kassasjon/").status_code == expected
