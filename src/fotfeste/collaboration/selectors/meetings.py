"""Meetings about youths, as far as the actor may see them, and who may be called to one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from fotfeste.access import selectors as access
from fotfeste.access.scope import acting_as
from fotfeste.access.topics import Topic
from fotfeste.casework.selectors.worklist import open_registrations
from fotfeste.collaboration.enums import GuestKind, MailState, MeetingKind, MeetingState
from fotfeste.collaboration.models import Guest, Meeting, MeetingMail, ProposalState, ProposedTime
from fotfeste.collaboration.selectors.exits import is_leaver, last_day_at_school
from fotfeste.collaboration.selectors.parties import Surroundings
from fotfeste.consent import selectors as consents
from fotfeste.consent.selectors import Cover
from fotfeste.kernel import clock
from fotfeste.kernel.together import Rows
from fotfeste.law.facts import EnrolmentEnd
from fotfeste.organisations.selectors import units
from fotfeste.people import selectors as people
from fotfeste.people.selectors.for_law import read_end
from fotfeste.spec import implements

#: The two bodies meet half an hour before a three-way conversation. Source: 004 § 3.1.
BEFORE_THREE_WAY = timedelta(minutes=30)
#: The unit answers for the youth and needs nobody's leave.
RESPONSIBLE = "responsible"
#: Stands for the unit that answers, for those who may not be told which it is.
UNNAMED = 0
_LEFT = frozenset({EnrolmentEnd.QUIT, EnrolmentEnd.EXPELLED, EnrolmentEnd.CONTRACT_TERMINATED})


def meetings_of(*, youth_id: int) -> list[Meeting]:
    """Return the meetings about a youth, the latest first."""
    return list(_with_guests(Meeting.objects.filter(youth_id=youth_id)).order_by("-starts_at", "-pk"))


def meeting_or_none(*, youth_id: int, meeting_id: int) -> Meeting | None:
    """Return one meeting about a youth, or None when there is none the actor may see."""
    return _with_guests(Meeting.objects.filter(pk=meeting_id, youth_id=youth_id)).first()


def coming_meetings(*, unit_ids: Iterable[int], today: date) -> list[Meeting]:
    """Return the meetings ahead that some units called or are called to, the nearest first."""
    mine, start = list(unit_ids), datetime.combine(today, time(), tzinfo=clock.OSLO)
    called_to = Guest.objects.filter(body_id__in=mine, removed_at=None).values("meeting_id")
    rows = Meeting.objects.filter(Q(called_by_unit_id__in=mine) | Q(pk__in=called_to), starts_at__gte=start)
    return list(_with_guests(rows.exclude(state=MeetingState.CANCELLED)).order_by("starts_at", "pk"))


def without_minutes(*, unit_ids: Iterable[int]) -> list[Meeting]:
    """Return the meetings some units called, that are over and have no signed minutes yet, the oldest first."""
    rows = Meeting.objects.filter(called_by_unit_id__in=list(unit_ids), state=MeetingState.CALLED)
    return list(_with_guests(rows.filter(starts_at__lt=clock.now())).order_by("starts_at", "pk"))


def unfinished_meetings(*, youth_ids: Iterable[int]) -> list[Meeting]:
    """Return the meetings about some youths that are ahead, or lack their signed minutes, the earliest first."""
    rows = Meeting.objects.filter(youth_id__in=list(youth_ids), state=MeetingState.CALLED)
    return list(rows.order_by("starts_at", "pk"))


def _with_guests(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    guests = Guest.objects.filter(removed_at=None).select_related("body").order_by("pk")
    found = Prefetch("guests", queryset=guests, to_attr="called")
    proposed = ProposedTime.objects.filter(state=ProposalState.OPEN).order_by("starts_at")
    times = Prefetch("proposed_times", queryset=proposed, to_attr="still_proposed")
    return rows.select_related("called_by_unit", "called_by", "youth").prefetch_related(found, times)


def guests_of(meeting: Meeting) -> list[Guest]:
    """Return who is called to a meeting, those who take part for a body first."""
    called = getattr(meeting, "called", None)
    if called is None:
        called = list(meeting.guests.filter(removed_at=None).select_related("body").order_by("pk"))
    return sorted(called, key=lambda each: each.kind == GuestKind.YOUTH)


def calls_youth(meeting: Meeting) -> bool:
    """Say whether the youth is called to a meeting."""
    return any(each.kind == GuestKind.YOUTH for each in guests_of(meeting))


def is_guest(*, meeting: Meeting, guest_id: int) -> bool:
    """Say whether somebody is or was called to a meeting."""
    return Guest.objects.filter(pk=guest_id, meeting=meeting).exists()


def bodies_of(meeting: Meeting) -> list[Guest]:
    """Return the bodies called to a meeting: the units and the partners."""
    return [each for each in guests_of(meeting) if each.kind in {GuestKind.UNIT, GuestKind.PARTNER}]


def prepares_at(meeting: Meeting) -> datetime | None:
    """Return when the two bodies meet to prepare; only a three-way conversation has that."""
    return meeting.starts_at - BEFORE_THREE_WAY if meeting.kind == MeetingKind.THREE_WAY else None


#: What the person page reads along with the case.
MEETINGS = Rows(Meeting, "t.youth_id = ANY (%(youth_ids)s)", "t.starts_at DESC, t.id DESC", related=("called_by",))


@dataclass(frozen=True, slots=True)
class Invitable:
    """A unit that could be called, and what covers that it is; None when nothing does. ``unit`` is None: UNNAMED."""

    unit: Any
    cover: Cover | None


def invitable_near(*, youth: Any, host_id: int, on: date, tells_unit: bool) -> list[Invitable]:
    """
    Return the units that can be called, each with what covers it, and the district and Nav though nothing does.

    No other unit can be called: the youth or a rule must have let it in.

    :param tells_unit: whether it may be told where the youth is; if not, the unit that answers has no name, and of
        those around only the host's own Nav office is offered, which tells nothing.
    """
    around = Surroundings(youth_id=youth.pk, unit_id=youth.unit_id, county_id=youth.county_id, on=on)
    released = consents.covered_units(youth_id=youth.pk, topics=[Topic.MEETINGS], on=on)
    opened = {each.unit_id for each in access.grants_about(youth_id=youth.pk, on=on) if each.unit_id is not None}
    found = {pk: units.unit_or_none(unit_id=pk) for pk in sorted(released)}
    for pk in sorted(opened - released):
        unit = units.unit_or_none(unit_id=pk)
        if unit is not None and unit_cover(youth=youth, unit=unit, on=on) is not None:
            found[pk] = unit
    host = units.unit_or_none(unit_id=host_id)
    own = (host.nav_office if host is not None else None,)
    for each in (around.responsible, around.district, around.nav_office) if tells_unit else own:
        if each is not None:
            found.setdefault(each.pk, each)
    if not tells_unit:
        found.pop(youth.unit_id, None)
    unnamed = [] if tells_unit else [Invitable(None, Cover())]
    return unnamed + [
        Invitable(unit, unit_cover(youth=youth, unit=unit, on=on))
        for pk, unit in found.items()
        if pk != host_id and unit is not None and unit.county_id == youth.county_id
    ]


def unit_cover(*, youth: Any, unit: Any, on: date, as_another: bool = False) -> Cover | None:
    """
    Return what covers that a unit takes part in meetings about a youth; the one that answers needs nothing.

    It is looked up as a job would: a unit the youth has let in calls meetings too, and sees no release but those it
    has taken down itself.

    :param as_another: as if the unit did not answer for the youth, so that the answer does not tell that it does.
    """
    if unit.pk == youth.unit_id and not as_another:
        return Cover()
    with acting_as(access.system_actor("scheduler", county_ids=(youth.county_id,)), on=on):
        return consents.cover_for(youth_id=youth.pk, unit_id=unit.pk, unit_kind=unit.kind, topic=Topic.MEETINGS, on=on)


def cover_source(cover: Cover) -> str:
    """Return what is kept of a cover."""
    if cover.release is not None:
        return cover.release.source
    return cover.rule.id if cover.rule is not None else RESPONSIBLE


def is_covered(guest: Guest, *, on: date) -> bool:
    """Say whether somebody who was called may still take part: a body only while the youth or a rule lets it."""
    if guest.kind == GuestKind.PARTNER:
        topic = Topic.MEETINGS
        return consents.partner_cover(youth_id=guest.youth_id, partner=guest.partner, topic=topic, on=on) is not None
    if guest.kind != GuestKind.UNIT:
        return True
    return unit_cover(youth=guest.meeting.youth, unit=guest.body, on=on) is not None


def sent_to(meeting: Meeting) -> dict[int, MeetingMail]:
    """Return the last message to each who was called, by the id of the guest."""
    return {row.guest_id: row for row in MeetingMail.objects.filter(guest__meeting=meeting).order_by("pk")}


def called_ahead(*, youth_ids: Iterable[int] | None = None) -> list[Guest]:
    """Return the bodies called to meetings ahead, of some youths or all the actor sees, with what they were sent."""
    rows = Guest.objects.filter(
        kind__in=[GuestKind.UNIT, GuestKind.PARTNER],
        removed_at=None,
        meeting__state=MeetingState.CALLED,
        meeting__starts_at__gt=clock.now(),
    )
    if youth_ids is not None:
        rows = rows.filter(youth_id__in=list(youth_ids))
    sent = MeetingMail.objects.exclude(state=MailState.FAILED).order_by("pk")
    found = Prefetch("mails", queryset=sent, to_attr="sent")
    return list(rows.select_related("meeting__youth", "body").prefetch_related(found).order_by("pk"))


def signed_out_on(*, youth_id: int) -> date | None:
    """Return the last day a youth was a pupil or apprentice before quitting; None for one who has not quit."""
    rows = list(people.enrolments_of(youth_ids=people.same_person_ids(youth_id=youth_id)))
    case = open_registrations().filter(youth_id=youth_id).first()
    if case is not None and is_leaver(case):
        return last_day_at_school(first_day=case.first_day, enrolments=rows)
    return next((row.last_day for row in rows if row.last_day is not None and read_end(row.end_reason) in _LEFT), None)


@implements("exit-before-signout")
def is_before_signout(meeting: Meeting, *, signout: date | None) -> bool | None:
    """Say whether an exit conversation is before the pupil is signed out; None for the other kinds of meeting."""
    if meeting.kind not in {MeetingKind.EXIT, MeetingKind.CLARIFICATION}:
        return None
    return signout is None or meeting.starts_at.astimezone(clock.OSLO).date() <= signout
