"""Small records show routine steps done, and nobody is told more than the youth has agreed to."""

import pytest
from django.urls import reverse

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.models import Explanation, MembershipDecision
from fotfeste.collaboration.models import Record
from fotfeste.collaboration.record_kinds import record_kinds
from fotfeste.collaboration.selectors import records as selectors
from fotfeste.collaboration.selectors.evidence import known_kinds
from fotfeste.collaboration.services import answering, records, routines
from fotfeste.collaboration.services.records import Sent
from fotfeste.kernel import clock
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from fotfeste.spec.routines import routines as every_routine
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_routine_engine import release, row_of, steps

pytestmark = pytest.mark.django_db

NO_NAME = "Kan en elev på 17 år få arbeidstrening ved siden av skolen?"


def write(actor, case, kind, *, said, sent=None):
    with acting_as(actor):
        return records.make_record(actor=actor, youth_id=case.youth_id, kind=kind, on=make.TODAY, said=said, sent=sent)


def ask(actor, case, nav, *, said=NO_NAME, without_name=True):
    return write(actor, case, "nav-question", said={"question": said}, sent=Sent(nav.pk, without_name))


def test_every_kind_of_record_that_is_not_another_parts_can_be_made_and_is_found():
    given = {kind for each in record_kinds().values() for kind in (*each.gives, *sum(each.gives_when.values(), ()))}
    assert given <= known_kinds()
    asked = {kind for routine in every_routine().values() for step in routine.steps for kind in step.gives}
    assert {"information-entry", "referral", "handover-decision", "nav-clarification", "task"} <= asked & known_kinds()


@pytest.mark.proves(
    "rut-not-ot-s01",
    "rut-not-ot-s02",
    "rut-not-ot-s03",
    "rut-not-ot-s04",
    "rut-not-ot-s05",
    "form-guide-to-nav",
    "gn-reason",
    "gn-informed",
    "gn-helped-register",
    "gn-office",
    "gn-date",
)
def test_somebody_outside_the_target_group_is_guided_to_nav_and_each_step_is_recorded(counsellor, case, nav):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-not-ot")
    write(counsellor, case, "target-group-decision", said={"reason": "completed"})
    write(counsellor, case, "guide-to-nav-entry", said={"reason": "completed", "informed": True, "office": nav.pk})
    write(counsellor, case, "registration-assistance", said={"helped": "registered", "office": nav.pk})
    write(counsellor, case, "need-assessment-outcome", said={"outcome": "need"})
    after = steps(case)
    assert [after[f"not-ot-s0{n}"] for n in range(1, 6)] == ["done", "done", "done", "done", "waits"]
    write(counsellor, case, "adviser-assignment", said={"office": nav.pk, "name": "Kari Prøve"})
    assert steps(case)["not-ot-s05"] == "done"


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"reason": "completed"},
        {"reason": "rik", "informed": True},
        {"reason": "completed", "informed": True, "x": 1},
    ],
)
def test_a_record_that_lacks_something_or_says_what_it_cannot_is_refused(counsellor, case, said):
    with pytest.raises(Invalid):
        write(counsellor, case, "guide-to-nav-entry", said=said)


@pytest.mark.proves(
    "amb-40",
    "form-nav-clarification",
    "nc-anonymous",
    "nc-question",
    "nc-asked",
    "nc-answer",
    "nc-answered",
    "nc-next",
    "rut-at-risk-s03",
    "rut-at-risk-s04",
)
def test_nav_is_asked_without_a_name_and_answers_without_learning_who_it_is(
    counsellor, case, school, nav, nav_responsible
):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-at-risk")
    for step in ("at-risk-s01", "at-risk-s02"):
        with acting_as(counsellor):
            routines.skip_step(actor=counsellor, step_run_id=row_of(step).pk, reason="Prøve")
    asked = ask(counsellor, case, nav)
    # When Nav looks, also when the youth stands on its list
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.FEEDBACK)
    with acting_as(nav_responsible):
        assert not Record.objects.exists()
        (shown,) = selectors.questions(actor=nav_responsible)
        assert (shown.text, shown.from_unit) == (NO_NAME, school.name)
        answering.answer_record(
            actor=nav_responsible, record_id=asked.pk, answer="must_register", text="Meld dere på nav.no", version=1
        )
        assert not Record.objects.exists()
        assert selectors.questions(actor=nav_responsible) == []
    # Then the school has the answer, and the steps are done
    with acting_as(counsellor):
        asked.refresh_from_db()
    assert (asked.answer, asked.answer_text) == ("must_register", "Meld dere på nav.no")
    assert (steps(case)["at-risk-s03"], steps(case)["at-risk-s04"]) == ("done", "done")


def test_a_question_without_a_name_cannot_hold_the_name_and_one_with_it_needs_the_release(
    counsellor, case, district, nav, nav_responsible
):
    for text in (f"Gjelder {case.youth.first_name}.", "Født 01.02.2008, hva nå?"):
        with pytest.raises(Invalid, match="uten navn"):
            ask(counsellor, case, nav, said=text)
    with pytest.raises(Invalid, match="ikke samtykket"):
        ask(counsellor, case, nav, without_name=False)
    release(counsellor, case, nav, topics=(Topic.NAV_STATE,))
    ask(counsellor, case, nav, without_name=False)
    with acting_as(nav_responsible):
        assert Record.objects.get().youth_id == case.youth_id
        assert selectors.questions(actor=nav_responsible) == []


def test_another_unit_sees_what_it_wrote_itself_and_never_what_others_wrote(
    counsellor, case, district_contact, district
):
    release(counsellor, case, district)
    write(counsellor, case, "offer", said={"offer": ["measure"], "answer": "thinks"})
    write(district_contact, case, "contribution-line", said={"can": "can"})
    with acting_as(district_contact):
        assert [each.kind for each in Record.objects.all()] == ["contribution-line"]
    with acting_as(counsellor):
        assert Record.objects.count() == 2


def test_only_the_unit_asked_may_answer_and_only_once(counsellor, case, nav, nav_responsible, district_contact):
    asked = ask(counsellor, case, nav)
    given = {"record_id": asked.pk, "answer": "has_right", "version": 1}
    with acting_as(district_contact), pytest.raises(Invalid):
        answering.answer_record(actor=district_contact, **given)
    with acting_as(counsellor), pytest.raises(NotAllowed):
        answering.answer_record(actor=counsellor, **given)
    with acting_as(nav_responsible):
        answering.answer_record(actor=nav_responsible, **given)
    with acting_as(counsellor), pytest.raises(EditConflict):
        answering.revoke_record(actor=counsellor, record_id=asked.pk, version=1)


@pytest.mark.proves("rut-not-ot-s01")
def test_whom_the_rules_hold_to_belong_is_not_told_away_before_somebody_says_that_they_have_looked(counsellor, case):
    address = reverse("collaboration:record", kwargs={"youth_id": case.youth_id, "kind": "target-group-decision"})
    browser = browser_of(counsellor)
    assert "against" not in browser.get(address).context["form"].fields
    with acting_as(make.system()):
        why = Explanation.objects.first() or Explanation.objects.create(digest="p" * 64, kind="membership", body={})
        MembershipDecision.objects.filter(youth_id=case.youth_id).update(is_current=False)
        MembershipDecision.objects.create(
            youth_id=case.youth_id, decided_on=make.TODAY, statutory="in_ot", local="in_ot", explanation=why,
            recorded_at=clock.now(),
        )  # fmt: skip
    with pytest.raises(Invalid, match="Reglene sier at ungdommen hører til OT"):
        write(counsellor, case, "target-group-decision", said={"reason": "completed"})
    sent = {"on": make.TODAY.strftime("%d.%m.%Y"), "reason": "completed"}
    asked = browser.post(address, sent)
    assert set(asked.context["form"].errors) == {"against"}
    assert browser.post(address, {**sent, "against": "on"}).status_code == 302
    with acting_as(counsellor):
        assert Record.objects.get().said == {"reason": "completed", "against": True}
