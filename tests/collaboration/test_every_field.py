"""Every field of the forms about one youth is filled in on its screen, kept, and shown by its name."""

from datetime import date, timedelta

import pytest
from django import forms
from django.urls import reverse

from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingKind
from fotfeste.collaboration.services.invitations import Called
from fotfeste.kernel import clock, formats
from tests.at_once.race import browser_of
from tests.collaboration.test_meetings import TEN, call, unit
from tests.collaboration.test_routine_engine import release

pytestmark = pytest.mark.django_db


def filled(form):
    """Fill in every field; return what is sent, and the words it is to be shown by."""
    sent, shown = {}, []
    for name, field in form.fields.items():
        choices = [(value, str(label)) for value, label in getattr(field, "choices", ()) if value]
        if isinstance(field.widget, forms.HiddenInput):
            value = form[name].value()
            sent[name] = "" if value is None else value
        elif isinstance(field, forms.BooleanField):
            sent[name] = "on"
        elif isinstance(field, forms.MultipleChoiceField):
            sent[name] = [value for value, _label in choices[:2]]
            shown.append(", ".join(label for _value, label in choices[:2]))
        elif isinstance(field, forms.DateField):
            sent[name] = "15.01.2027"
        elif choices:
            sent[name] = choices[0][0]
            shown.append(choices[0][1])
        else:
            sent[name] = f"Sagt om {name}"
            shown.append(f"Sagt om {name}")
    return sent, shown


@pytest.mark.proves("min-type", "min-date", "min-why-leaving", "min-offers", "min-nav-entitlement", "min-next-meeting")
@pytest.mark.proves(
    "form-exit-conversation", "exit-date", "exit-signout-date", "exit-reasons", "exit-wish", "exit-rights"
)
@pytest.mark.proves("exit-consequences", "exit-bodies", "exit-alternatives", "exit-could-stay-if", "exit-transition")
@pytest.mark.proves("form-three-way-conversation", "tw-date", "tw-participants", "tw-topics", "tw-who-does-what")
@pytest.mark.proves("tw-follow-up-now", "tw-follow-up-later", "tw-back-to-school", "exit-plan", "tw-plan")
def test_all_that_is_said_in_each_kind_of_meeting_stands_in_its_minutes(counsellor, case, district):
    release(counsellor, case, district, topics=(Topic.MEETINGS,))
    youth = Called(GuestKind.YOUTH, channel=CallChannel.PHONE)
    for kind in (MeetingKind.CLARIFICATION, MeetingKind.EXIT, MeetingKind.THREE_WAY):
        meeting = call(counsellor, case, unit(district), youth, kind=kind)
        at = {"youth_id": case.youth_id, "meeting_id": meeting.pk}
        with clock.frozen(TEN + timedelta(hours=1)):
            browser, page = browser_of(counsellor), reverse("collaboration:minutes", kwargs=at)
            form = browser.get(page).context["form"]
            sent, shown = filled(form)
            if "plan" in sent:  # nobody can rest on a plan that is not made
                assert "har ingen plan" in browser.post(page, sent | {"plan": "stands", "sign": "1"}).content.decode()
            assert browser.post(page, sent | {"sign": "1"}).status_code == 302
            told = browser.get(reverse("collaboration:meeting", kwargs=at)).content.decode()
        labels = [str(each.label) for each in form.own_fields() if not each.is_hidden]
        said = ["Bydel Prøve", "Ungdommen", str(kind.label), formats.moment(TEN), formats.day(date(2027, 1, 15))]
        assert [words for words in (*labels, *shown, *said) if words not in told] == []


@pytest.mark.proves("map-motivation", "map-other-area", "map-school", "map-work-experience", "map-language")
@pytest.mark.proves("map-strengths", "map-hinders-school")
def test_all_areas_of_the_mapping_are_written_and_read(counsellor, case):
    browser, at = browser_of(counsellor), {"youth_id": case.youth_id}
    page = reverse("collaboration:write_mapping", kwargs=at)
    sent, shown = filled(browser.get(page).context["form"])
    answer = browser.post(page, sent | {"held_on": "20.11.2026"})
    assert answer.status_code == 302
    told = browser.get(reverse("collaboration:mapping", kwargs=at)).content.decode()
    assert [words for words in shown if words not in told] == []
