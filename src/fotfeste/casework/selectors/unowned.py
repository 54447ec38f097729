"""Who nobody answers for: open registrations without a unit or a named person, and messages nobody has answered."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from fotfeste.access import selectors as access
from fotfeste.casework.enums import FeedbackState
from fotfeste.casework.models import CounsellorPeriod, Feedback, Registration, Responsibility, StatusEvent
from fotfeste.casework.selectors.worklist import UNKNOWN, open_registrations
from fotfeste.kernel import clock


def counties_with_registrations() -> set[int]:
    """Return the counties in which somebody is registered today."""
    rows = open_registrations().filter(county_id__isnull=False).order_by()
    return {county_id for county_id in rows.values_list("county_id", flat=True).distinct() if county_id is not None}


def without_unit(*, county_id: int) -> QuerySet[Registration]:
    """Return the open registrations of a county for which no unit answers; that two do, the database refuses."""
    held = Responsibility.objects.filter(youth_id=OuterRef("youth_id"), last_day=None)
    return _of_county(county_id).filter(~Exists(held))


def without_person(*, county_id: int, on: date, named_at: Iterable[int]) -> QuerySet[Registration]:
    """
    Return the open registrations of a county for which nobody is named on a day.

    The one chosen at the unit counts as long as they hold a role there; before anybody is chosen, the person named for
    the unit answers.

    :param named_at: the units where somebody is named.
    """
    at_work = access.roles_at(on=on, county_ids=[county_id]).filter(
        user_id=OuterRef("counsellor_id"), unit_id=OuterRef("unit_id")
    )
    nobody = Q(counsellor=None) & ~Q(unit_id__in=list(named_at))
    gone = Q(counsellor__isnull=False) & ~Exists(at_work.order_by())
    return _of_county(county_id).filter(nobody | gone)


def is_vacant(vacated: Iterable[int]) -> Q:
    """
    Return the condition, on an open registration, that it is written down from which day nobody answers for it.

    :param vacated: the units whose named person left on a day that is known.
    """
    vacant = CounsellorPeriod.objects.filter(
        youth_id=OuterRef("youth_id"), counsellor=None, last_day=None, superseded_at=None
    )
    return Q(counsellor=None) & (Q(unit_id__in=list(vacated)) | Q(Exists(vacant)))


def unknown_then(*, county_id: int, on: date, known_at: datetime) -> QuerySet[Registration]:
    """Return the open registrations that are unknown, and were so on a day as it was known at a moment."""
    known = StatusEvent.objects.filter(
        youth_id=OuterRef("youth_id"),
        registration_id=OuterRef("pk"),
        code=UNKNOWN,
        last_day=None,
        superseded_at=None,
        first_day__lte=on,
        recorded_at__lte=known_at,
        county_then=county_id,
    )
    rows = _of_county(county_id).filter(status_code=UNKNOWN, is_preventive=False)
    return rows.filter(Exists(known))


def unanswered_feedback(*, county_id: int, before: date) -> QuerySet[Feedback]:
    """Return the messages that were sent, or sent back with a question, before a day and wait for an answer."""
    midnight = datetime.combine(before, time(), tzinfo=clock.OSLO)
    waits = Q(state=FeedbackState.NEW, sent_at__lt=midnight)
    asked = Q(state=FeedbackState.RETURNED, handled_at__lt=midnight)
    rows = Feedback.objects.filter(waits | asked, county_id=county_id)
    return rows.order_by(F("sent_at"), "pk")


def _of_county(county_id: int) -> QuerySet[Registration]:
    return open_registrations().filter(county_id=county_id).order_by("pk")
