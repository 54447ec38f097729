"""A record that is wrong is corrected or withdrawn by whoever wrote it, and what rested on it is open again."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.models import Record, RoutineRun, StepRun
from fotfeste.collaboration.services import correcting, notes, routines
from fotfeste.collaboration.services.correcting import Right
from fotfeste.collaboration.services.records import Sent
from fotfeste.kernel.errors import EditConflict, Invalid, NotAllowed
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_records import write
from tests.collaboration.test_routine_engine import steps

pytestmark = pytest.mark.django_db

SAID = {"about": ["offers"], "how": "talk"}
RIGHT = Right(make.TODAY, {"about": ["offers"], "how": "phone"})


def correct(actor, row, right=RIGHT, reason="Det var på telefon", **given):
    with acting_as(actor):
        return correcting.correct_record(actor=actor, record_id=row.pk, right=right, reason=reason, **given)


def rounds(step):
    with acting_as(make.system()):
        rows = StepRun.objects.filter(step=step).order_by("round")
        return [(row.state, row.record) for row in rows]


@pytest.mark.proves("rut-rule-iterative")
def test_a_step_that_rested_on_a_mistake_is_open_again_until_what_is_right_is_there(counsellor, case, school):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-more-training")
    first = write(counsellor, case, "information-entry", said=SAID)
    step = "rut-more-training-s01"
    assert rounds(step) == [("done", f"record:{first.pk}")]
    colleague = make.actor(Role.COUNSELLOR, school)
    with pytest.raises(NotAllowed, match="den som skrev"):
        correct(colleague, first)
    for wrong, given in {"var feil": {"reason": " "}, "Fyll ut": {"right": Right(make.TODAY, {"how": "talk"})}}.items():
        with pytest.raises(Invalid, match=wrong):
            correct(counsellor, first, **given)
    # When it is corrected, the step is done anew by what is right, and the old one is kept with the reason
    second = correct(counsellor, first, version=1)
    assert rounds(step) == [("done", f"record:{first.pk}"), ("done", f"record:{second.pk}")]
    with acting_as(counsellor):
        first.refresh_from_db()
        assert (first.answer, first.answer_text, first.said) == ("corrected", "Det var på telefon", SAID)
        assert (second.corrects_id, second.said["how"]) == (first.pk, "phone")
    with pytest.raises(EditConflict) as conflict:
        correct(counsellor, first, version=1)
    assert conflict.value.theirs["Hvordan"] == "Telefon"
    # When the leader withdraws it, nothing shows that the step is done
    leader = make.actor(Role.UNIT_LEADER, school)
    correct(leader, second, right=None, reason="Gjaldt en annen elev")
    assert [state for state, _record in rounds(step)] == ["done", "done", "open"]
    assert steps(case)["more-training-s01"] == "open"
    shown = browser_of(counsellor).get(reverse("collaboration:cooperation", kwargs={"youth_id": case.youth_id}))
    text = shown.content.decode()
    assert all(
        each in text for each in ("<s>Informasjon gitt</s>", "Gjaldt en annen elev", "Rettet", "Trukket tilbake")
    )


def test_a_routine_that_ended_by_the_mistake_goes_on_and_what_was_sent_is_not_corrected(
    counsellor, case, nav, nav_responsible
):
    with acting_as(counsellor):
        routines.start_routine(actor=counsellor, youth_id=case.youth_id, routine_id="rut-more-training")
    row = write(counsellor, case, "information-entry", said=SAID)
    with acting_as(make.system()):
        RoutineRun.objects.update(
            ended_on=make.TODAY, ended_at=row.made_at, ended_by=counsellor.user_id, end_reason="done"
        )
    correct(counsellor, row, right=None)
    with acting_as(make.system()):
        assert RoutineRun.objects.get().ended_on is None
    assert steps(case)["more-training-s01"] == "open"
    make.grant(case.youth, nav, Topic.IDENTITY, Topic.FEEDBACK)
    sent = write(nav_responsible, case, "nav-referral", said={"why": ["outside"]}, sent=Sent(told_on=make.TODAY))
    with pytest.raises(Invalid, match="rettes ikke"):
        correct(nav_responsible, sent)


def test_whoever_wrote_it_corrects_it_in_the_form_it_was_written_in(counsellor, case):
    row = write(counsellor, case, "information-entry", said=SAID)
    browser, where = browser_of(counsellor), {"youth_id": case.youth_id, "record_id": row.pk}
    page = reverse("collaboration:correct_record", kwargs=where)
    form = browser.get(page).context["form"]
    assert (form.initial["how"], form.initial["about"]) == ("talk", ["offers"])
    values = {"on": "23.11.2026", "about": ["rights"], "how": "letter", "version": 1, "act": "correct"}
    assert browser.post(page, values).status_code == 422
    assert browser.post(page, {**values, "why_wrong": "Feil avkrysning"}).status_code == 302
    with acting_as(counsellor):
        assert Record.objects.get(corrects=row).said == {"about": ["rights"], "how": "letter"}
        note = notes.write_shared_note(actor=counsellor, youth_id=case.youth_id, text="Møttes", written_on=make.TODAY)
        notes.correct_shared_note(actor=counsellor, note_id=note.pk, text="Møttes ikke")
    # The timeline says that it was corrected, and withdrawn only of what was withdrawn
    person = reverse("casework:person", kwargs={"youth_id": case.youth_id})
    shown = browser.get(person).content.decode()
    assert [t for t in ("Informasjon gitt (rettet senere)", "Delt notat (rettet senere)") if t not in shown] == []
    assert "(trukket tilbake)" not in shown
    correct(counsellor, write(counsellor, case, "enquiry", said={"who": "youth", "how": "talk"}), right=None)
    assert "Henvendelse (trukket tilbake)" in browser.get(person).content.decode()
