"""What each event of the year has the people of a county do, by what they have in their own hands."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.annualwheel.recorded import BY_COUNTY, BY_UNITS
from fotfeste.annualwheel.selectors.records import units_recording
from fotfeste.annualwheel.services.records import record_done
from fotfeste.casework.models import Registration
from fotfeste.casework.selectors.feedback import waiting_feedback
from fotfeste.casework.services import contacts as attempts
from fotfeste.casework.services import statuses
from fotfeste.casework.services.feedback import Said
from fotfeste.casework.services.handling import Chosen, accept_all
from fotfeste.casework.services.status_acts import NewStatus, StillHolds
from fotfeste.collaboration.enums import CallChannel, GuestKind, MeetingKind
from fotfeste.collaboration.models import FollowUpPlan, Guest
from fotfeste.collaboration.services import meetings, minutes, plan_course, plans
from fotfeste.collaboration.services.invitations import Called
from fotfeste.collaboration.services.meetings import When
from fotfeste.collaboration.services.minutes import Part
from fotfeste.collaboration.services.plan_content import PlanContent
from fotfeste.consent.enums import Answer, GivenHow, Purpose
from fotfeste.consent.services import releases
from fotfeste.consent.services.releases import Body, Given
from fotfeste.correspondence.enums import LetterKind, MailingState
from fotfeste.correspondence.models import Mailing
from fotfeste.correspondence.services import mailings
from fotfeste.integrations.selectors import private_school_reports
from fotfeste.integrations.services.private_schools import record_nothing
from fotfeste.kernel import clock
from fotfeste.law.wheel_changes import OWN
from fotfeste.law.wheel_days import REGISTRATIONS, days_of
from fotfeste.lists.selectors import otuk
from fotfeste.lists.selectors.wash import asked_in, wash_of
from fotfeste.lists.services import wash
from fotfeste.lists.services.answers import answer_rows
from fotfeste.lists.services.closing import close_list
from fotfeste.lists.services.wash_owners import agree_owners
from fotfeste.organisations.models import NamedContact
from fotfeste.organisations.services.contacts import acknowledge_contact, confirm_contact, mark_published
from fotfeste.reporting.enums import ReportKind
from fotfeste.reporting.services.agreement import AgreementContent, write_agreement_meeting
from fotfeste.reporting.services.reports import freeze_report
from tests import factories as make
from tests.annualwheel.year_world import Oslo

Act = Callable[[Oslo, date], None]
_ANSWERS = (("followed_up", ""), ("in_activity", "OTAR"), ("still_unknown", ""), ("reached", ""))


def _preventive(oslo: Oslo, day: date) -> None:
    told = {"school_org": oslo.lower.org_number, "permission_on": day - timedelta(days=60)}
    oslo.take_in("preventive", oslo.new(0.05), to_school_org=lambda one: oslo.school_of(one).org_number, **told)


def _without_place(oslo: Oslo, day: date) -> None:
    oslo.outside += (new := oslo.new(0.35))
    oslo.take_in("without-place", new, school_year="2026–27", reason_code_raw="OSNP")


def _non_applicants(oslo: Oslo, day: date) -> None:
    oslo.take_in("non-applicants", oslo.new(0.15), school_year="2026–27", reason_code_raw="OSON")


def _leavers(oslo: Oslo, day: date) -> None:
    friday = day - timedelta(days=day.weekday() + 3)
    spell = {"enrolment_kind": "elev", "programme": "STUSP1----", "level": "VG1", "end_reason": "Trivdes ikke"}
    oslo.outside += (new := oslo.new(0.45 / 52))
    oslo.take_in("leavers", new, starts_on=friday - timedelta(days=40), ends_on=friday, **spell)


def _register_of_vigo(oslo: Oslo, day: date) -> None:
    """Read what the schools have written in VIGO: what most of them do, which is another thing from time to time."""
    doing = "OTAP" if day.month in {11, 12, 1, 3, 4} else "OTAR"
    oslo.take_in_register({number: "OTUK" if oslo.is_unknown(number) else doing for number in oslo.outside})


def _private_reports(oslo: Oslo, day: date) -> None:
    """Read one school's report, and write down that the others have nobody."""
    first, *_rest = oslo.private
    spell = {"programme": "STUSP1----", "starts_on": date(2026, 8, 17)}
    oslo.take_in("private-school", oslo.new(0.01), school_org=first.org_number, **spell)
    with acting_as(oslo.admin, on=day):
        for school in private_school_reports(county_id=make.OSLO, on=day):
            if not school.has_answered:
                record_nothing(actor=oslo.admin, county_id=make.OSLO, unit_id=school.unit_id, told_on=day, on=day)


def _register(oslo: Oslo, day: date) -> None:
    """Let each school reach one in four of those it knows nothing of, and confirm what was said before the last deadline."""
    year = [one.due for one in days_of(REGISTRATIONS, around=day)]
    before = max(due for due in year if due < day)
    for school in oslo.schools:
        with oslo.working(school.pk) as actor:
            wanted = {}
            for number, row in enumerate(Registration.objects.filter(unit_id=school.pk, last_day=None).order_by("pk")):
                if row.status_code == "OTUK" and number % 4 == 0 and row.first_day <= day:
                    attempts.register_attempt(actor=actor, youth_id=row.youth_id, on=day, **_ANSWERED)
                    wanted[row.pk] = NewStatus("OTOV", day, statuses.Ground())
                elif row.status_since <= before:
                    wanted[row.pk] = StillHolds()
            statuses.act_on_cases(actor=actor, wanted=wanted).all_or_none()


_ANSWERED = {"channel": "call", "result": "answered", "answered_by": "youth"}


def _wash(oslo: Oslo, day: date) -> None:
    """Go through each district's list with Nav, answer for everybody on it, and close it."""
    made = otuk.current_round(county_id=make.OSLO)
    for district in oslo.districts:
        with oslo.working(district.pk) as contact:
            if not otuk.counts_of(made=made).get(district.pk, (0, 0))[0]:
                continue
            session = wash.open_wash(actor=contact, made=made, district_id=district.pk)
        with oslo.working(district.nav_office_id) as nav:
            asked = asked_in(session)
            said = {each.youth_id: ("followed_up", "still_unknown")[n % 2] for n, each in enumerate(asked)}
            wash.record_answers(actor=nav, session_id=session.pk, answers=said)
            wash.say_missing(actor=nav, session_id=session.pk, number=0)
        with oslo.working(district.pk) as contact:
            _share_out(contact, session, day)
            wash.close_wash(actor=contact, session_id=session.pk)
            _answer(contact, made, district.pk, day)
            close_list(actor=contact, made=made, unit_id=district.pk)


def _share_out(contact, session, day: date) -> None:
    due_on = day + timedelta(days=14)
    lacking = {row.youth_id: 0 for row in wash_of(session).rows if row.asks_owner}
    agree_owners(actor=contact, session_id=session.pk, versions=lacking, owner="district", due_on=due_on).all_or_none()


def _answer(contact, made, district_id: int, day: date) -> None:
    """Say the same of those it is the same with, as they are chosen on the board."""
    rows = otuk.board(made=made, unit_id=district_id)
    for number, (category, code) in enumerate(_ANSWERS):
        chosen = rows[number :: len(_ANSWERS)]
        said = {
            row.youth_id: Said(category=category, activity_code=code, on=day, version=row.version) for row in chosen
        }
        answer_rows(actor=contact, made=made, unit_id=district_id, said=said).all_or_none()


def use_answers(oslo: Oslo, day: date) -> None:
    """Let the administration use every message that waits."""
    with acting_as(oslo.admin, on=day):
        waiting = {each.pk: Chosen(each.version) for each in waiting_feedback(county_id=make.OSLO)}
        accept_all(actor=oslo.admin, chosen=waiting).all_or_none()


def _report(*kinds: ReportKind) -> Act:
    def act(oslo: Oslo, day: date) -> None:
        with acting_as(oslo.admin, on=day):
            for kind in kinds:
                freeze_report(actor=oslo.admin, report=kind, county_id=make.OSLO, on=day)

    return act


def _agree(oslo: Oslo, day: date) -> None:
    said = {"duties": {"avt-uda-otuk-lists": "kept"}, "findings": "Det går bra.", "revise": False}
    content = AgreementContent(held_on=day, called_by_id=oslo.admin.unit_id or 0, present=["nav", "ude"], **said)
    with acting_as(oslo.admin, on=day):
        write_agreement_meeting(actor=oslo.admin, county_id=make.OSLO, content=content)


def _record(event_id: str) -> Act:
    """Return the act of writing down that an event is done: each unit of itself, or the administration for the county."""

    def act(oslo: Oslo, day: date) -> None:
        said = {"county_id": make.OSLO, "event_id": event_id, "on": day, "who": "Kari", "shown_by": "Referat"}
        unit_ids = [pk for pk, _name in units_recording(county_id=make.OSLO, event_id=event_id, on=day)]
        for unit_id in unit_ids or [None]:
            actor = oslo.at[unit_id] if unit_id else oslo.admin
            with acting_as(actor, on=day):
                record_done(actor=actor, unit_id=unit_id, **said)

    return act


def _letters(oslo: Oslo, day: date) -> None:
    with acting_as(oslo.admin, on=day):
        asks = {"letter_day": day, "school_year": 2026, "reply_by": day + timedelta(days=20)}
        kind = LetterKind.NON_APPLICANT.value
        mailings.prepare_mailing(actor=oslo.admin, county_id=make.OSLO, kind=kind, **asks)
    approve_letters(oslo, day)


def approve_letters(oslo: Oslo, day: date) -> None:
    """Let another at the administration approve what waits for it."""
    with acting_as(oslo.approver, on=day):
        for each in list(Mailing.objects.filter(state=MailingState.PREPARED)):
            mailings.approve_mailing(actor=oslo.approver, mailing_id=each.pk, version=each.version)


def _confirm_contacts(oslo: Oslo, day: date) -> None:
    offices = [each.nav_office_id for each in oslo.districts]
    with acting_as(oslo.admin, on=day):
        for each in list(NamedContact.objects.filter(unit_id__in=offices, last_day=None)):
            confirm_contact(actor=oslo.admin, contact_id=each.pk, on=day)


def replace_contact(oslo: Oslo, day: date) -> None:
    """Let a district have another contact, who is put on its page and seen by the administration."""
    district = oslo.districts[0]
    with acting_as(oslo.admin, on=day):
        old = NamedContact.objects.get(unit_id=district.pk, last_day=None)
        new = oslo.name(district, day, replaces_id=old.pk)
        mark_published(actor=oslo.admin, contact_id=new, on=day)
        acknowledge_contact(actor=oslo.admin, contact_id=new, at=clock.now())


def _clarify(oslo: Oslo, day: date) -> None:
    """Hold a meeting with a youth, to which the youth lets the district come, and sign its minutes."""
    district, school = oslo.districts[0], oslo.schools[0]
    with oslo.working(school.pk) as actor:
        youth_id = Registration.objects.filter(unit_id=school.pk, last_day=None).order_by("pk").first().youth_id
        body = Body(topics=frozenset({Topic.MEETINGS}), unit_id=district.pk)
        period = {"first_day": day, "last_day": day + timedelta(days=20)}
        given = Given(purpose=Purpose.COOPERATION, answer=Answer.YES, how=GivenHow.PAPER, bodies=(body,), **period)
        releases.record_release(actor=actor, youth_id=youth_id, given=given)
        at = datetime.combine(day, time(13), tzinfo=clock.OSLO)
        when = When(starts_at=at, minutes_long=45, place="Rom 204", video_url="", purpose="Hva bydelen kan")
        called = (Called(GuestKind.UNIT, unit_id=district.pk), Called(GuestKind.YOUTH, channel=CallChannel.PHONE))
        kind = MeetingKind.CLARIFICATION
        meeting = meetings.call_meeting(actor=actor, youth_id=youth_id, kind=kind, when=when, called=called)
    with clock.frozen(at + timedelta(hours=1)), oslo.working(school.pk) as actor:
        guests = list(Guest.objects.filter(meeting=meeting).values_list("pk", flat=True))
        part = Part(was_there=True, contributes="yes", contribution="Losteam")
        minutes.sign_minutes(
            actor=actor, meeting_id=meeting.pk, answers=_SAID, parts=dict.fromkeys(guests, part),
            names=dict.fromkeys(guests, "Deltaker"), version=None,
        )  # fmt: skip


_SAID = {
    "wish": "Begynne som lærling", "common_understanding": "Vil ha praksis.", "rights_given": "yes",
    "other_actors": "Ikke aktuelt nå", "plan_needed": "yes", "takeover": "no",
}  # fmt: skip


def plan(oslo: Oslo, day: date) -> None:
    """Make a plan with a youth, for four weeks."""
    school = oslo.schools[0]
    with oslo.working(school.pk) as actor:
        youth_id = Registration.objects.filter(unit_id=school.pk, last_day=None).order_by("pk").first().youth_id
        content = PlanContent(
            coordinator_id=actor.user_id,
            coordinator_unit_id=school.pk,
            first_day=day,
            last_day=day + PLAN,
            review_on=day + timedelta(days=14),
            main_goal="education",
            information_flow="Rådgiver ringer hver fredag.",
            goals=[{"key": "g1", "goal": "Jeg vil bli rørlegger", "term": "long", "seen_by": "Har søkt Vg2"}],
            roles=[{"key": "", "body": str(school.pk), "person": "Kari", "role": "Følger opp på skolen"}],
            no_transitions=True,
        )
        plans.make_plan(actor=actor, youth_id=youth_id, content=content, agrees="yes")


def end_plan(oslo: Oslo, day: date) -> None:
    """End the plan on its last day."""
    with oslo.working(oslo.schools[0].pk) as actor:
        plan_id = FollowUpPlan.objects.get(ended_on=None).pk
        plan_course.end_plan(actor=actor, plan_id=plan_id, on=day, result="reached")


PLAN = timedelta(days=28)
#: What is done of each event that has a day. Lists make themselves, and those too old leave by themselves.
ACTS: dict[str, Act] = {
    "dl-prevented-pupils": _preventive,
    "dl-no-place-transfer": _without_place,
    "dl-nonapplicant-transfer": _non_applicants,
    "dl-weekly-leavers": _leavers,
    "dl-transfer-continuous": _register_of_vigo,
    "dl-private-school-report": _private_reports,
    **dict.fromkeys(REGISTRATIONS, _register),
    "dl-list-review": _wash,
    "dl-national-report-nov": _report(ReportKind.NATIONAL_NOV),
    "dl-national-report-jun": _report(ReportKind.NATIONAL_JUN),
    **dict.fromkeys(("dl-internal-report-nov", "dl-internal-report-jun"), _report(ReportKind.INTERNAL)),
    "dl-yearly-agreement-meeting": _agree,
    "dl-nonapplicant-letter": _letters,
    "dl-nav-contact-list": _confirm_contacts,
    "dl-clarification-continuous": _clarify,
    **{each: _record(each) for each in (*BY_UNITS, *BY_COUNTY) if each != OWN},
}
