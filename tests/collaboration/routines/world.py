"""
One youth with every unit around them, and the person of each unit who does what the routines ask.

Everything is done through the services, by whoever's turn it is, with the record the step asks for. ``turns`` says after
each act whose task it is, that this person has it with its form open, and that nobody of the others can do it.
"""

from contextlib import ExitStack
from datetime import date, datetime, timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from fotfeste.access.roles import Role
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.enums import Basis
from fotfeste.casework.models import Registration
from fotfeste.casework.services import contacts, feedback, residence, statuses
from fotfeste.collaboration import archives
from fotfeste.collaboration.enums import ActorBody, ActorPart, CallChannel, GuestKind, MeetingKind, TaskState, Trigger
from fotfeste.collaboration.models import FollowUpPlan, Guest, RoutineRun, StepRun, Task
from fotfeste.collaboration.selectors.tasks import tasks_about
from fotfeste.collaboration.services import answering, meetings, minutes, plan_course, plan_measures, plans, routines
from fotfeste.collaboration.services.actors import Marked, mark_actors
from fotfeste.collaboration.services.advancing import advance
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.mapping import write_mapping
from fotfeste.collaboration.services.minutes import Part
from fotfeste.collaboration.services.records import Sent, make_record
from fotfeste.collaboration.services.starting import start_by, start_for_registrations
from fotfeste.collaboration.states import STANDS_OPEN
from fotfeste.collaboration.views.task_lines import lines
from fotfeste.consent.enums import Answer, GivenHow, Purpose
from fotfeste.consent.services import releases
from fotfeste.kernel import clock
from fotfeste.kernel.errors import Invalid, NotAllowed
from fotfeste.organisations.enums import UnitKind
from fotfeste.people.services.addresses import Place
from tests import factories as make
from tests.at_once.race import browser_of
from tests.collaboration.test_mapping import SAID
from tests.collaboration.test_meetings import unit as called
from tests.collaboration.test_meetings import when
from tests.collaboration.test_plan import content, measure

ALL = (Topic.STATUS, Topic.CONTACT, Topic.MEETINGS, Topic.PLAN, Topic.MAPPING, Topic.NAV_STATE)
RELEASED = {"purpose": Purpose.COOPERATION, "how": GivenHow.PAPER, "last_day": make.TODAY + timedelta(90)}

ANSWERS = {
    MeetingKind.CLARIFICATION: {
        "wish": "Begynne som lærling",
        "common_understanding": "Vil ha praksis.",
        "rights_given": "yes",
        "other_actors": "Ingen flere nå",
        "plan_needed": "yes",
    },
    MeetingKind.EXIT: {
        "reasons": ["absence"],
        "wish": "Jobbe litt",
        "common_understanding": "Klarer ikke skolen nå.",
        "rights_given": "yes",
        "transition": "Bydelen ringer på mandag",
    },
    MeetingKind.THREE_WAY: {
        "topics": "Veien videre",
        "plan": "to_make",
        "common_understanding": "Vil jobbe først.",
        "who_does_what": "Nav finner praksis, skolen søker.",
        "follow_up_now": "Rådgiver",
    },
}
ANSWERS[MeetingKind.COOPERATION] = ANSWERS[MeetingKind.CLARIFICATION]

UNITS = {
    "school": (UnitKind.UPPER_SECONDARY, "Prøve videregående skole"),
    "department": (UnitKind.APPRENTICESHIP_DEPARTMENT, "Fagopplæring Prøve"),
    "adults": (UnitKind.ADULT_EDUCATION, "Voksenopplæring Prøve"),
    "centre": (UnitKind.SERVICE_CENTRE, "Servicesenteret Prøve"),
}
ROLES = {
    "school": Role.COUNSELLOR,
    "stranger": Role.COUNSELLOR,
    "district": Role.DISTRICT_CONTACT,
    "nav": Role.NAV_RESPONSIBLE,
    "adviser": Role.NAV_ADVISER,
    "uda": Role.EDUCATION_ADMIN,
    "department": Role.APPRENTICESHIP_ADVISER,
    "adults": Role.ADULT_EDUCATION_ADVISER,
    "centre": Role.ADULT_EDUCATION_ADVISER,
}


class World:
    """
    One youth at ``owner``, living in the district, with a case since September.

    :ivar units: the unit of each person, by the name of the person.
    :ivar people: who acts, by name; those of ``besides`` and of the owner, and always the district, Nav and a stranger.
    """

    def __init__(self, clocks: ExitStack, owner: str = "school", *besides: str, reason: str = "quit_school") -> None:
        self._clocks = clocks
        nav = make.unit(UnitKind.NAV_OFFICE, name="Nav Prøve")
        district = make.unit(
            UnitKind.DISTRICT, name="Bydel Prøve", code="039901", takes_responsibility=True, nav_office=nav
        )
        self.units = {"district": district, "nav": nav, "adviser": nav, "stranger": make.unit()}
        self.units["uda"] = make.education_admin()
        for name in (owner, *besides):
            kind, called_it = UNITS[name]
            self.units[name] = make.unit(kind, name=called_it, takes_responsibility=True)
        self.people = {name: make.actor(ROLES[name], unit) for name, unit in self.units.items()}
        self.case = make.case(
            self.units[owner], reason=reason, recorded_at=datetime(2026, 9, 12, 12, tzinfo=clock.OSLO)
        )
        self.youth_id = self.case.youth_id
        self.lives_in(district)

    def lives_in(self, district):
        """Say in which district the youth lives."""
        with acting_as(make.system()):
            Registration.objects.filter(pk=self.case.pk).update(district_code=district.code)

    def moves_to(self, district, who="school"):
        """Let the youth move: whoever answers for them writes the new address."""
        place = Place(
            street="Nyveien 1", postcode="0001", city="Oslo", municipality="0301", district_code=district.code
        )
        with acting_as(self.people[who]) as actor:
            residence.set_address(
                actor=actor,
                youth_id=self.youth_id,
                kind="registered",
                place=place,
                first_day=clock.today(),
                source="youth",
                seen_id=None,
            )

    def page(self, who, name="cooperation"):
        """Return what somebody is shown on a tab of the youth; the number of the refusal when it is closed to them."""
        there = browser_of(self.people[who]).get(reverse(f"collaboration:{name}", kwargs={"youth_id": self.youth_id}))
        return there.content.decode() if there.status_code == 200 else there.status_code

    def front_page(self, who):
        """Return the page of the youth that somebody is shown."""
        return browser_of(self.people[who]).get(reverse("casework:person", args=[self.youth_id])).content.decode()

    def wait(self, days=1, hours=0):
        """Let time go."""
        later = clock.now() + timedelta(days=days, hours=hours)
        self._clocks.enter_context(clock.frozen(later))

    # ------------------------------------------------------------------ what starts and moves a routine

    def registered(self):
        """Let the job start what the registration is the trigger of."""
        with acting_as(make.system()) as worker:
            start_for_registrations(county_id=make.OSLO, by_id=worker.user_id, on=date(2026, 10, 1))

    def start(self, who, routine):
        with acting_as(self.people[who]) as actor:
            return routines.start_routine(actor=actor, youth_id=self.youth_id, routine_id=routine)

    def skip(self, who, step, reason="Ikke aktuelt"):
        with acting_as(self.people[who]) as actor:
            return routines.skip_step(actor=actor, step_run_id=self.row(step).pk, reason=reason)

    def repeat(self, who, step):
        with acting_as(self.people[who]) as actor:
            return routines.repeat_step(actor=actor, step_run_id=self.row(step).pk)

    def choose(self, who, step, to):
        with acting_as(self.people[who]) as actor:
            routines.choose_way(actor=actor, step_run_id=self.row(step).pk, to=to)

    # ------------------------------------------------------------------ the records that steps ask for

    def contact(self, who, *, answered=True):
        how = {"result": "answered", "answered_by": "youth"} if answered else {"result": "no_answer"}
        with acting_as(self.people[who]) as actor:
            return contacts.register_attempt(
                actor=actor, youth_id=self.youth_id, on=clock.today(), channel="call", **how
            )

    def status(self, who, code="OTAR"):
        with acting_as(self.people[who]) as actor:
            self.case.refresh_from_db()
            ground = statuses.Ground(basis=Basis.CONTACT, text="Har jobb")
            return statuses.set_status(
                actor=actor,
                registration_id=self.case.pk,
                code=code,
                on=clock.today(),
                ground=ground,
                version=self.case.version,
            )

    def map(self, who, **said):
        with acting_as(self.people[who]) as actor:
            told = {**SAID, "held_on": clock.today(), **said}
            return write_mapping(actor=actor, youth_id=self.youth_id, **told)

    def mark(self, who, *invite):
        # Only whoever answers for the youth may tell of child welfare and the correctional service.
        every = ActorBody if self.units[who] == self.owner() else (ActorBody.SCHOOL, ActorBody.NAV)
        marks = {body: Marked(ActorPart.NOT_RELEVANT) for body in every}
        marks |= {ActorBody.SCHOOL: Marked(ActorPart.INVOLVED)} | {body: Marked(ActorPart.INVITE) for body in invite}
        with acting_as(self.people[who]) as actor:
            return mark_actors(actor=actor, youth_id=self.youth_id, marks=marks)

    def release(self, who, *to, answer=Answer.YES):
        bodies = tuple(releases.Body(topics=frozenset(ALL), unit_id=self.units[each].pk) for each in to)
        given = releases.Given(**RELEASED, answer=answer, bodies=bodies, first_day=clock.today())
        with acting_as(self.people[who]) as actor:
            return releases.record_release(actor=actor, youth_id=self.youth_id, given=given)

    def withdraw(self, who, given):
        with acting_as(self.people[who]) as actor:
            releases.withdraw_release(actor=actor, release_id=given.pk)

    def write(self, by, kind, to=None, /, *, told=False, without_name=False, **said):
        sent = Sent(self.units[to].pk if to else None, without_name, clock.today() if told else None)
        with acting_as(self.people[by]) as actor:
            return make_record(actor=actor, youth_id=self.youth_id, kind=kind, on=clock.today(), said=said, sent=sent)

    def answer(self, who, record, given, text=""):
        with acting_as(self.people[who]) as actor:
            answering.answer_record(actor=actor, record_id=record.pk, answer=given, text=text)

    def call(self, who, kind=MeetingKind.CLARIFICATION, *bodies):
        with acting_as(self.people[who]) as actor:
            youth = Called(GuestKind.YOUTH, channel=CallChannel.PHONE)
            bodies = [youth, *(called(self.units[each]) for each in bodies)]
            starts = when(starts_at=clock.now() + timedelta(days=2))
            return meetings.call_meeting(actor=actor, youth_id=self.youth_id, kind=kind, when=starts, called=bodies)

    def prepare(self, who, meeting):
        with acting_as(self.people[who]) as actor:
            meetings.prepare_meeting(actor=actor, meeting_id=meeting.pk, text="Veien tilbake")

    def hold(self, who, meeting, **answers):
        """Let the day of the meeting come, and sign its minutes: everybody was there and says what they can do."""
        self.wait(days=3)
        with acting_as(make.system()):
            guests = list(Guest.objects.filter(meeting=meeting))
        said = Part(was_there=True, contributes="yes", contribution="Losteam")
        parts = {guest.pk: said for guest in guests}
        with acting_as(self.people[who]) as actor:
            return minutes.sign_minutes(
                actor=actor,
                meeting_id=meeting.pk,
                answers=ANSWERS[MeetingKind(meeting.kind)] | answers,
                parts=parts,
                names=dict.fromkeys(parts, "Deltaker"),
            )

    def file(self, folder):
        """Let the worker file the minutes that are signed."""
        keeper = {"adapter": f"{archives.__name__}.FolderArchive", "folder": str(folder)}
        asked = ProcrastinateJob.objects.filter(task_name="collaboration.file_minutes")
        with override_settings(PUPIL_ARCHIVE=keeper):
            for arguments in list(asked.values_list("args", flat=True)):
                app.tasks["collaboration.file_minutes"](**arguments)

    def plan(self, who, **changed):
        with acting_as(self.people[who]) as actor:
            today = clock.today()
            days = {"first_day": today, "last_day": today + timedelta(60), "review_on": today + timedelta(30)}
            told = content(actor, **{**days, **changed})
            return plans.make_plan(actor=actor, youth_id=self.youth_id, content=told, agrees="yes")

    def edit_plan(self, who, **changed):
        with acting_as(self.people[who]) as actor:
            plan = FollowUpPlan.objects.get(youth_id=self.youth_id, ended_on=None)
            days = {"first_day": plan.first_day, "last_day": plan.last_day, "review_on": plan.review_on}
            plans.edit_plan(actor=actor, plan_id=plan.pk, content=content(actor, **{**days, **changed}))

    def measure(self, who, plan):
        with acting_as(self.people[who]) as actor:
            told = measure(self.units[who], first_day=plan.first_day, last_day=plan.last_day)
            return plan_measures.add_measure(actor=actor, plan_id=plan.pk, content=told)

    def review(self, who, finding="on_track"):
        with acting_as(self.people[who]) as actor:
            plan = FollowUpPlan.objects.get(youth_id=self.youth_id, ended_on=None)
            return plan_course.review_plan(
                actor=actor,
                plan_id=plan.pk,
                on=clock.today(),
                finding=finding,
                text="Snakket sammen",
                next_on=plan.last_day,
            )

    def put_on_the_list(self):
        """Let the youth come on the list of the district and of its Nav office."""
        for name in ("district", "nav"):
            make.grant(self.case.youth, self.units[name], Topic.IDENTITY, Topic.LIST_ROW, Topic.FEEDBACK)
        with acting_as(make.system()) as worker:
            start_by(
                trigger=Trigger.LISTED,
                youth_id=self.youth_id,
                source="otuk-round:1",
                by_id=worker.user_id,
                on=clock.today(),
            )

    def report(self, who, category):
        with acting_as(self.people[who]) as actor:
            feedback.send_feedback(actor=actor, youth_id=self.youth_id, category=category, on=clock.today())

    # ------------------------------------------------------------------ how it stands

    def row(self, step):
        with acting_as(make.system()):
            return StepRun.objects.filter(youth_id=self.youth_id, step=f"rut-{step}").latest("round")

    def states(self):
        """Return how the last round of each step stands, by the end of its id."""
        with acting_as(make.system()):
            rows = StepRun.objects.filter(youth_id=self.youth_id).order_by("round", "pk")
            return {row.step.removeprefix("rut-"): str(row.state) for row in rows}

    def turns(self, **of):
        """
        Hold that these steps, and no others, are somebody's turn: each person's by name. Choosing the way on is no step.

        The person has the task in the unit's list, with a form the person may open; nobody else around the youth has it
        or can go past the step, save the unit that answers for the youth. What was done last has moved all it should: to
        look for everything that is recorded, and not only for what the act can show, moves nothing more.
        """
        self._is_moved_as_far_as_it_goes()
        expected = {step.replace("_", "-"): who for step, who in of.items()}
        with acting_as(make.system()):
            found = Task.objects.filter(youth_id=self.youth_id, state=TaskState.OPEN)
            found = found.filter(step_run__state__in=STANDS_OPEN).select_related("for_unit")
            there = {row.what.removeprefix("rut-"): row for row in found}
        names = {step: row.for_unit.name for step, row in there.items()}
        assert names == {step: self.units[who].name for step, who in expected.items()}, self.states()
        for step, who in expected.items():
            self._is_done_by(who, there[step])
            for other, actor in self.people.items():
                if self.units[other] not in (self.units[who], self.owner()) and other != "uda":
                    self._is_not_done_by(actor, there[step])

    def _is_moved_as_far_as_it_goes(self):
        with acting_as(make.system()) as worker:
            before = self._rows()
            advance(youth_id=self.youth_id, by_id=worker.user_id)
            assert self._rows() == before

    def _rows(self):
        rows = StepRun.objects.filter(youth_id=self.youth_id).order_by("pk")
        return list(rows.values_list("step", "round", "state", "record", "for_unit_id", "went_to", "run__ended_on"))

    def owner(self):
        """Return the unit that answers for the youth now."""
        with acting_as(make.system()):
            self.case.youth.refresh_from_db()
            return self.case.youth.unit

    def _is_done_by(self, who, task):
        with acting_as(self.people[who]) as actor:
            line = next(
                each
                for each in lines(tasks_about(youth_id=self.youth_id, today=clock.today()), actor=actor)
                if each.task_id == task.pk
            )
        assert line.may, f"{who} may not do {task.what}"
        assert line.form_url, f"{who} has no form for {task.what}"

    def _is_not_done_by(self, actor, task):
        with acting_as(actor):
            assert not Task.objects.filter(pk=task.pk).exists()
            with pytest.raises((Invalid, NotAllowed)):
                routines.skip_step(actor=actor, step_run_id=task.step_run_id, reason="Ikke min")

    def ended(self, routine):
        """Return why a routine ended; empty while it is under way."""
        with acting_as(make.system()):
            return str(RoutineRun.objects.filter(youth_id=self.youth_id, routine=routine).latest("pk").end_reason)

    def under_way(self):
        """Return the routines that are under way."""
        with acting_as(make.system()):
            rows = RoutineRun.objects.filter(youth_id=self.youth_id, ended_on=None)
            return set(rows.values_list("routine", flat=True))
