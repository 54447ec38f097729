"""Calling a meeting, or writing down a talk that was held; both begin with what is known and may be used."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_http_methods

from fotfeste.access.permissions import Permission
from fotfeste.access.screens import ActorRequest, requires
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import Channel
from fotfeste.casework.selectors.contact_for_law import last_answered
from fotfeste.casework.selectors.whereabouts import is_protected
from fotfeste.casework.views.saving import Screen
from fotfeste.collaboration.enums import CallChannel, MeetingKind
from fotfeste.collaboration.forms.meeting_times import OtherTimesForm
from fotfeste.collaboration.forms.meetings import CallForm, HeldForm, Offered
from fotfeste.collaboration.selectors.actors import PARTY, actors_of
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.collaboration.services import meetings
from fotfeste.collaboration.texting import texting
from fotfeste.collaboration.views.meeting_words import callable_kinds, offered_to, tells_unit
from fotfeste.kernel import clock, formats, opaque
from fotfeste.law.working_days import next_working_day
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people
from fotfeste.people.enums import ContactKind
from fotfeste.people.selectors import age_on

#: A meeting is proposed so far ahead, on a working day, at the time most are free.
_AHEAD, _AT = timedelta(days=7), time(10)
_REACHED_BY = {
    Channel.CALL: CallChannel.PHONE,
    Channel.SMS: CallChannel.SMS,
    Channel.EMAIL: CallChannel.EMAIL,
    Channel.LETTER: CallChannel.LETTER,
}
_TOGETHER = lazy("Hvordan situasjonen er nå, og hva hver av oss kan bidra med.")
#: What a meeting of each kind is to settle, unless the one who calls says otherwise.
_PURPOSES = {
    MeetingKind.EXIT: lazy("Hva ungdommen ønsker videre, og hvem som følger opp."),
    MeetingKind.INTAKE: lazy("Faglig ståsted, og behovet for opplæring."),
}


@requires(Permission.MEETING_CALL)
@require_http_methods(["GET", "POST"])
def call(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Call a meeting. Each body says what covers that it takes part, or that nothing does."""
    screen = Screen(request, youth_id, _("Kall inn til møte"))
    kinds = _kinds_or_404(screen)
    kind = _first(request, kinds)
    initial = {
        "day": next_working_day(screen.today + _AHEAD),
        "time": _AT,
        "purpose": _PURPOSES.get(MeetingKind(kind), _TOGETHER),
    }
    given = _given(screen, kinds, {"kind": kind, **initial})
    given["initial"]["units"] = _on_the_map(screen, given["offered"])
    form = CallForm(request.POST or None, **given)
    others = OtherTimesForm(request.POST or None, initial={})
    if form.is_bound and all([form.is_valid(), others.is_valid()]):
        given = {"kind": MeetingKind(form.cleaned_data["kind"]), "when": form.when(), "called": form.called()}
        given["other_times"] = others.times()
        if screen.saves(form, meetings.call_meeting, youth_id=youth_id, **given):
            messages.success(request, _("Innkallingen er sendt."))
            return redirect("collaboration:meeting", youth_id=youth_id, meeting_id=screen.result.pk)
    if others.is_bound and not others.is_valid() and not form.errors:
        form.add_error(None, _("Rett de andre tidene du foreslår."))
    shown = {"kind": kind, "others": others, "submit": _("Kall inn")}
    return screen.show("collaboration/call_meeting.html", form, topic=Topic.MEETINGS, **shown)


@requires(Permission.MEETING_CALL)
@require_http_methods(["GET", "POST"])
def held(request: ActorRequest, youth_id: int) -> HttpResponse:
    """Write down a talk that was held without a call, and go straight to its minutes."""
    screen = Screen(request, youth_id, _("Registrer en samtale som er holdt"))
    kinds = _kinds_or_404(screen)
    began = clock.now().astimezone(clock.OSLO) - timedelta(hours=1)
    initial = {"day": began.date(), "time": _quarter(began), "minutes_long": 30, "youth_there": True}
    form = HeldForm(request.POST or None, **_given(screen, kinds, {"kind": _first(request, kinds), **initial}))
    if form.is_bound and form.is_valid():
        given = {"kind": MeetingKind(form.cleaned_data["kind"]), "when": form.when(), "there": form.called()}
        if screen.saves(form, meetings.record_held, youth_id=youth_id, **given):
            messages.success(request, _("Samtalen er registrert. Skriv referatet."))
            return redirect("collaboration:minutes", youth_id=youth_id, meeting_id=screen.result.pk)
    return screen.show(
        "collaboration/record_meeting.html", form, topic=Topic.MEETINGS, submit=_("Videre til referatet")
    )


def _kinds_or_404(screen: Screen) -> list[tuple[str, str]]:
    kinds = callable_kinds(screen.actor, screen.youth, screen.today)
    if not kinds:
        raise Http404
    return kinds


def _first(request: ActorRequest, kinds: list[tuple[str, str]]) -> str:
    """Return the kind that was asked for, else the first of those that may be called."""
    asked = request.GET.get("type", "")
    return asked if asked in dict(kinds) else kinds[0][0]


def _given(screen: Screen, kinds: list[tuple[str, str]], initial: dict[str, Any]) -> dict[str, Any]:
    """Return what either form is made from: who may be called, and what is known of where and how."""
    youth, person = screen.youth, people.same_person_ids(youth_id=screen.youth.pk)
    is_minor = age_on(born=youth.born, day=screen.today) < 18
    known = list(people.contact_details_of(youth_ids=person, on=screen.today))
    phones = [each.value for each in known if each.kind == ContactKind.PHONE]
    emails = [each.value for each in known if each.kind == ContactKind.EMAIL]
    guardians = list(people.guardians_of(youth_ids=person, on=screen.today)) if is_minor else []
    host = units.unit_or_none(unit_id=screen.actor.unit_id or 0)
    return {
        "kinds": kinds,
        "offered": offered_to(screen.actor, youth, screen.today),
        "release_url": reverse("casework:record_release", kwargs={"youth_id": youth.pk}),
        "is_minor": is_minor,
        "phones": ", ".join(map(formats.phone, phones)),
        "guardians": "; ".join(" ".join(filter(None, (each.name, each.phone))) for each in guardians),
        "initial": {
            "place": host.name if host is not None else "",
            "youth_channel": _channel(screen, phones, emails),
            "youth_email": next(iter(emails), ""),
            "guardian": guardians[0].name[:120] if guardians else "",
            **initial,
        },
    }


def _on_the_map(screen: Screen, offered: Offered) -> list[str]:
    """
    Return the units that may be called and stand on the map as with or to be invited: they are ticked from the start.

    None where the reader is not told which units are around the youth.
    """
    youth = screen.youth
    if not tells_unit(youth, screen.actor):
        return []
    around = Surroundings(youth_id=youth.pk, unit_id=youth.unit_id, county_id=youth.county_id, on=screen.today)
    found = actors_of(person=people.same_person_ids(youth_id=youth.pk), around=around, bodies=PARTY)
    there = {each.unit.pk for each in found if each.is_drawn and each.unit is not None}
    return [opaque.encode(pk) for pk, _words, is_covered in offered.units if is_covered and pk in there]


def _channel(screen: Screen, phones: list[str], emails: list[str]) -> CallChannel:
    """Return how the youth is called: as they last answered, where that can be used, else as they can be reached."""
    usable = {CallChannel.LETTER}
    if phones:
        usable.add(CallChannel.PHONE)
    if phones and texting().is_ready and not is_protected(screen.youth.protection):
        usable.add(CallChannel.SMS)
    if emails:
        usable.add(CallChannel.EMAIL)
    answered = last_answered(youth_id=screen.youth.pk)
    liked = _REACHED_BY.get(answered) if answered is not None else None
    if liked in usable:
        return liked
    return next((each for each in (CallChannel.PHONE, CallChannel.EMAIL) if each in usable), CallChannel.PHONE)


def _quarter(moment: datetime) -> time:
    return time(moment.hour, moment.minute // 15 * 15)
