"""Minutes are written as a draft, signed when what must be said is said, and handed to those the youth lets know."""

import pytest
from django.urls import reverse

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.collaboration.enums import MeetingState, StepState
from fotfeste.collaboration.models import Guest, Meeting, Minutes, MinutesCopy, MinutesVersion
from fotfeste.collaboration.selectors.meetings import without_minutes
from fotfeste.collaboration.selectors.staircase import stairs_of
from fotfeste.collaboration.services import minutes, routines
from fotfeste.collaboration.services.minutes import Part
from fotfeste.consent.services import releases
from fotfeste.kernel.errors import EditConflict, IllegalTransition, Invalid
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import call, unit
from tests.collaboration.test_routine_engine import row_of, start, steps

pytestmark = pytest.mark.django_db

ANSWERS = {
    "wish": "Begynne som lærling",
    "common_understanding": "Vil ha praksis, trenger hjelp med reisevei.",
    "rights_given": "yes",
    "other_actors": "PPT vurdert, ikke aktuelt nå",
    "plan_needed": "yes",
    "takeover": "no",
}


def parts(meeting, **said):
    with acting_as(make.system()):
        guest = Guest.objects.get(meeting=meeting)
    return {guest.pk: Part(**{"was_there": True, "contributes": "yes", "contribution": "Losteam", **said})}


def sign(actor, meeting, *, answers=ANSWERS, version=None, **said):
    given = parts(meeting, **said)
    with acting_as(actor):
        return minutes.sign_minutes(
            actor=actor,
            meeting_id=meeting.pk,
            answers=answers,
            parts=given,
            names=dict.fromkeys(given, "Bydel Prøve"),
            version=version,
        )


@pytest.mark.proves("form-clarification-minutes", "min-present", "min-common-understanding", "min-contributions")
@pytest.mark.proves("min-wish", "min-rights-given", "min-other-actors", "min-plan-needed", "min-takeover", "min-author")
@pytest.mark.proves("cp-s2-meeting-held", "cp-s2-contributions", "principle-common-understanding")
def test_signing_holds_the_meeting_does_the_step_and_gives_the_district_a_copy_until_the_release_is_taken_back(
    counsellor, case, district, district_contact, released, held
):
    start(counsellor, case)
    for step in ("at-risk-s01", "at-risk-s03", "at-risk-s05"):
        with acting_as(counsellor):
            routines.skip_step(actor=counsellor, step_run_id=row_of(step).pk, reason="Prøve")
    with acting_as(counsellor):
        assert without_minutes(unit_ids=counsellor.unit_ids) == [held]
    signed = sign(counsellor, held)
    assert (signed.number, signed.answers["wish"]) == (1, "Begynne som lærling")
    assert steps(case)["at-risk-s06"] is StepState.DONE
    with acting_as(counsellor):
        assert without_minutes(unit_ids=counsellor.unit_ids) == []
        second = stairs_of(youth_id=case.youth_id, on=make.TODAY)[1]
        assert {point.id for point, is_there in second.points if is_there} >= {
            "cp-s2-meeting-held",
            "cp-s2-contributions",
        }
    page = reverse("collaboration:meeting", kwargs={"youth_id": case.youth_id, "meeting_id": held.pk})
    shown = browser_of(district_contact).get(page).content.decode()
    assert "Vil ha praksis, trenger hjelp med reisevei." in shown
    with acting_as(district_contact):
        assert not MinutesVersion.objects.exists()
    with acting_as(counsellor):
        releases.withdraw_release(actor=counsellor, release_id=released.pk)
    assert browser_of(district_contact).get(page).status_code == 404
    with acting_as(district_contact):
        assert not MinutesCopy.objects.exists()


def test_a_draft_is_the_units_own_and_says_nothing_to_those_who_were_called(counsellor, district_contact, held):
    with acting_as(counsellor):
        minutes.save_minutes(actor=counsellor, meeting_id=held.pk, answers={"wish": "Uklart"}, parts={}, version=0)
        assert Meeting.objects.get().state == MeetingState.CALLED
    with acting_as(district_contact):
        assert not Minutes.objects.exists()


def test_what_lacks_is_named_and_nothing_is_signed(counsellor, held):
    with pytest.raises(Invalid, match="Felles forståelse av situasjonen"):
        sign(counsellor, held, answers={"wish": "Uklart"})
    with pytest.raises(Invalid, match="til stede"):
        sign(counsellor, held, was_there=False)
    with pytest.raises(Invalid, match="Bydel Prøve"):
        sign(counsellor, held, contributes="", contribution="")
    with acting_as(counsellor):
        assert (MinutesVersion.objects.count(), Minutes.objects.count()) == (0, 0)


def test_who_writes_last_is_shown_both_and_a_corrected_version_is_the_next_one(counsellor, school, held):
    colleague = make.actor(Role.COUNSELLOR, school)
    sign(counsellor, held)
    with pytest.raises(EditConflict) as conflict:
        sign(colleague, held, answers={**ANSWERS, "wish": "Tilbake til skolen"}, version=0)
    label = "Hva ungdommen ønsker videre"
    assert (conflict.value.theirs[label], conflict.value.yours[label]) == ("Begynne som lærling", "Tilbake til skolen")
    again = sign(colleague, held, answers={**ANSWERS, "wish": "Tilbake til skolen"}, version=1)
    assert again.number == 2


def test_minutes_are_not_written_before_the_meeting_begins(counsellor, case, district, released):
    meeting = call(counsellor, case, unit(district))
    with acting_as(counsellor), pytest.raises(IllegalTransition, match="når møtet har begynt"):
        minutes.save_minutes(actor=counsellor, meeting_id=meeting.pk, answers={}, parts={}, version=0)


def test_the_form_saves_a_draft_shows_it_again_and_signs(counsellor, case, held):
    browser = browser_of(counsellor)
    page = reverse("collaboration:minutes", kwargs={"youth_id": case.youth_id, "meeting_id": held.pk})
    form = browser.get(page).context["form"]
    told = {"version": form["version"].value(), "wish": "Begynne som lærling"}
    assert browser.post(page, told).status_code == 302
    again = browser.get(page).context["form"]
    assert (again["wish"].value(), again["version"].value()) == ("Begynne som lærling", 1)
    refused = browser.post(page, {**told, "version": 1, "sign": "1"})
    assert refused.status_code == 422
    assert "Felles forståelse av situasjonen" in refused.content.decode()
    guest = next(iter(again.guests))
    filled = {**ANSWERS, "version": 1, "sign": "1", f"was_there_{guest}": "on", f"contributes_{guest}": "cannot"}
    assert browser.post(page, filled).status_code == 302
    shown = browser.get(reverse("collaboration:meeting", kwargs={"youth_id": case.youth_id, "meeting_id": held.pk}))
    assert "Kan ikke bidra" in shown.content.decode()
