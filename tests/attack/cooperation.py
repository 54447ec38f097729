"""What working together sends out, asked about a youth under protection: calendar mail, SMS, minutes and plan on paper."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import typst
from django.conf import settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste.access.actor import Actor
from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingKind
from fotfeste.collaboration.models import Guest, Meeting, MeetingMail, SharedAttachment
from fotfeste.collaboration.services import meetings, minutes, notes, plans
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.plan_content import PlanContent
from fotfeste.consent.enums import Answer, GivenHow, Guardians, Purpose
from fotfeste.consent.services import releases
from fotfeste.consent.services.releases import Body, Given
from fotfeste.kernel import clock, opaque
from fotfeste.kernel.checked_files import CheckedFile
from fotfeste.organisations.enums import UnitKind
from fotfeste.organisations.models import Unit
from fotfeste.people.models import ContactDetail
from tests import factories as make
from tests.attack.hidden import SCHOOL, Asker


@contextmanager
def what_papers_hold() -> Iterator[list[Any]]:
    """Give what is put into each paper that is made meanwhile."""
    filled: list[Any] = []
    compile_ = typst.compile
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            typst, "compile", lambda *given, **named: filled.append(named["sys_inputs"]) or compile_(*given, **named)
        )
        yield filled


def meeting_mail(ask: Asker) -> str:
    """Call a meeting where the youth goes to school, let the worker send it, and show it to Nav, who is called to it."""
    made, _counsellor, responsible = _meeting(ask)
    with acting_as(make.system()):
        waiting = list(MeetingMail.objects.values_list("pk", flat=True))
    for pk in waiting:
        app.tasks["collaboration.send_meeting_mail"](mail_id=pk)
    (sent,) = ask.sent
    calendar = sent.attachments[0].get_payload(decode=True).decode()
    assert "DTSTART" in calendar
    here = f"/ungdom/{opaque.encode(made.youth_id)}/moter/"
    pages = (here, f"{here}{opaque.encode(made.pk)}/", "/moter/")
    shown = "".join(ask.page(responsible, page) for page in pages)
    assert "Avklaringsmøte" in shown
    return ask.mails() + calendar + shown


def text_message(ask: Asker) -> str:
    """Call such a youth by SMS, at a number of their own, and return what is sent: nothing."""
    counsellor = make.actor(Role.COUNSELLOR, ask.hidden.school, name="Ola Prøve")
    youth = ask.hidden.registration.youth
    with acting_as(make.system()):
        ContactDetail.objects.create(
            youth=youth, kind="phone", value="+4791234567", source="ungdommen", recorded_at=clock.now()
        )
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(settings.TEXTING, "folder", str(ask.folder))
        with acting_as(counsellor):
            meetings.call_meeting(
                actor=counsellor, youth_id=youth.pk, kind=MeetingKind.CLARIFICATION,
                when=meetings.When(datetime(2026, 12, 3, 10, tzinfo=clock.OSLO), 60, SCHOOL, "", "Plan"),
                called=[Called(GuestKind.YOUTH, channel=CallChannel.SMS)],
            )  # fmt: skip
        with acting_as(make.system()):
            waiting = list(MeetingMail.objects.values_list("pk", flat=True))
        for pk in waiting:
            app.tasks["collaboration.send_meeting_mail"](mail_id=pk)
    assert (waiting, list(ask.folder.iterdir())) == ([], [])
    return ask.files()


def signed_minutes(ask: Asker) -> str:
    """Sign the minutes of such a meeting, let the worker file them, and let Nav read them and have them on paper."""
    made, counsellor, responsible = _meeting(ask, ask.hidden.district)
    after = clock.frozen(made.starts_at + timedelta(hours=1))
    with what_papers_hold() as filled, pytest.MonkeyPatch.context() as patch, after:
        patch.setitem(settings.PUPIL_ARCHIVE, "folder", str(ask.folder))
        with acting_as(counsellor):
            guests = list(Guest.objects.filter(meeting=made))
            minutes.sign_minutes(
                actor=counsellor,
                meeting_id=made.pk,
                answers={
                    "wish": "Praksis", "common_understanding": "Vil videre", "rights_given": "yes", "other_actors": "Ingen",
                    "plan_needed": "no",
                },
                parts={each.pk: minutes.Part(was_there=True, contributes="cannot") for each in guests},
                names={each.pk: each.body.name if each.body else "Ungdommen" for each in guests},
            )  # fmt: skip
        for row in ProcrastinateJob.objects.filter(task_name="collaboration.file_minutes"):
            app.tasks["collaboration.file_minutes"](**row.args)
        here = f"/ungdom/{opaque.encode(made.youth_id)}/moter/{opaque.encode(made.pk)}/"
        shown = ask.page(responsible, here) + ask.page(responsible, f"{here}referat/papir/")
    assert "Praksis" in shown
    assert "%PDF" in shown
    assert "Skjultesen" in ask.files()
    return shown + str(filled) + ask.files()


def _meeting(ask: Asker, *besides: Unit) -> tuple[Meeting, Actor, Actor]:
    """Call a meeting with Nav, by the leave of the youth; return it, who called it and who is called."""
    nav = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
    counsellor = make.actor(Role.COUNSELLOR, ask.hidden.school, name="Ola Prøve")
    responsible = make.actor(Role.NAV_RESPONSIBLE, nav)
    youth_id = ask.hidden.registration.youth_id
    bodies = tuple(Body(topics=frozenset({Topic.MEETINGS}), unit_id=each.pk) for each in (nav, *besides))
    given = Given(
        purpose=Purpose.COOPERATION, answer=Answer.YES, how=GivenHow.PAPER, bodies=bodies, first_day=make.TODAY,
        last_day=make.TODAY + timedelta(60), guardians=Guardians.AGREED,
    )  # fmt: skip
    start = datetime(2026, 12, 3, 10, tzinfo=clock.OSLO)
    called = (
        *(Called(GuestKind.UNIT, unit_id=each.pk) for each in (nav, *besides)),
        Called(GuestKind.YOUTH, email="ungdom@example.org", channel=CallChannel.EMAIL),
    )
    with acting_as(counsellor):
        releases.record_release(actor=counsellor, youth_id=youth_id, given=given)
        made = meetings.call_meeting(
            actor=counsellor, youth_id=youth_id, kind=MeetingKind.CLARIFICATION,
            when=meetings.When(start, 60, SCHOOL, f"https://video.example.org/{SCHOOL}", "Plan"), called=called,
        )  # fmt: skip
    return made, counsellor, responsible


def plan_paper(ask: Asker) -> str:
    """Make a plan at the school with a transition and a measure of its own, and return what is put into the paper."""
    counsellor = make.actor(Role.COUNSELLOR, ask.hidden.school, name="Ola Prøve")
    body, youth_id = str(counsellor.unit_id), ask.hidden.registration.youth_id
    with acting_as(counsellor):
        plan = plans.make_plan(
            actor=counsellor,
            youth_id=youth_id,
            content=PlanContent(
                coordinator_id=counsellor.user_id,
                coordinator_unit_id=ask.hidden.school.pk,
                first_day=date(2026, 11, 23),
                last_day=date(2027, 2, 1),
                review_on=date(2027, 1, 10),
                main_goal="education",
                information_flow="Ukentlig.",
                goals=[{"key": "g1", "goal": "Tilbake", "term": "short", "seen_by": ""}],
                roles=[{"key": "", "body": body, "person": "", "role": "Følger opp"}],
                transitions=[{"key": "", "what": "Til arbeid", "body": body, "on": ""}],
            ),
        )
    here = f"/ungdom/{opaque.encode(youth_id)}/plan/{opaque.encode(plan.pk)}/papir/"
    with what_papers_hold() as filled:
        paper = ask.page(counsellor, here)
    assert "%PDF" in paper
    assert "Skjultesen" in str(filled)
    return str(filled) + paper


def attachment(ask: Asker) -> str:
    """Share a note with a file about such a youth, and let Nav, which is let into the plan, see and fetch it."""
    office = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
    youth_id = ask.hidden.registration.youth_id
    counsellor = make.actor(Role.COUNSELLOR, ask.hidden.school, name="Ola Prøve")
    given = Given(
        purpose=Purpose.COOPERATION, answer=Answer.YES, how=GivenHow.PAPER, first_day=make.TODAY,
        bodies=(Body(topics=frozenset({Topic.PLAN}), unit_id=office.pk),), last_day=make.TODAY + timedelta(60),
        guardians=Guardians.AGREED,
    )  # fmt: skip
    with acting_as(counsellor):
        releases.record_release(actor=counsellor, youth_id=youth_id, given=given)
        files = [CheckedFile("Søknad.pdf", b"%PDF-1.4 %%EOF", "application/pdf")]
        notes.write_shared_note(actor=counsellor, youth_id=youth_id, text="Søknaden.", attachments=files)
        row = SharedAttachment.objects.get()
    adviser = make.actor(Role.NAV_ADVISER, office)
    here = f"/ungdom/{opaque.encode(youth_id)}/delte-notater/"
    said = ask.page(adviser, here) + ask.page(adviser, f"{here}vedlegg/{opaque.encode(row.pk)}/")
    assert ("Søknad.pdf" in said, "%PDF-1.4 %%EOF" in said) == (True, True)
    return said
