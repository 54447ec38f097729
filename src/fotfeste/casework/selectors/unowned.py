"""Who nobody answers for: open registrations without a unit or a named person, and messages nobody has answered."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from fotfeste.access import selectors as access
from fotfeste.casework.enums import FeedbackState
from fotfeste.casework.models import CounsellorPeriod, Feedback, Registration, Responsibility, StatusEvent
from fotfeste.casework.selectors.worklist import UNKNOWN, open_registrations
from fotfeste.kernel.written import Day, Moment, Number
from fotfeste.organisations.selectors.contacts import is_named_at, was_named_at


def counties_with_registrations() -> set[int]:
    """Return the counties in which somebody is registered today."""
    rows = open_registrations().filter(county_id__isnull=False).order_by()
    return {county_id for county_id in rows.values_list("county_id", flat=True).distinct() if county_id is not None}


def without_unit(*, county_id: Number) -> QuerySet[Registration]:
    """Return the open registrations of a county for which no unit answers; that two do, the database refuses."""
    held = Responsibility.objects.filter(youth_id=OuterRef("youth_id"), last_day=None)
    return _of_county(county_id).filter(~Exists(held))


def without_person(*, county_id: Number, on: Day) -> QuerySet[Registration]:
    """
    Return the open registrations of a county for which nobody is named on a day.

    The one chosen at the unit counts as long as they hold a role there; before anybody is chosen, the person named for
    the unit answers.
    """
    nobody = Q(counsellor=None) & ~Q(is_named_at(unit="unit_id", on=on))
    gone = Q(counsellor__isnull=False) & ~Q(access.holds_role(user="counsellor_id", unit="unit_id", on=on))
    return _of_county(county_id).filter(nobody | gone)


def is_vacant(on: Day) -> Q:
    """
    Return the condition, on an open registration for which nobody is named on a day, that it is written down from when.

    That is when the unit's named person left on a day that is known, or when nobody has been chosen since a day.
    """
    vacant = CounsellorPeriod.objects.filter(
        youth_id=OuterRef("youth_id"), counsellor=None, last_day=None, superseded_at=None
    )
    return Q(counsellor=None) & (Q(was_named_at(unit="unit_id", on=on)) | Q(Exists(vacant)))


def unknown_then(*, county_id: Number, on: Day, known_at: Moment) -> QuerySet[Registration]:
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


def unanswered_feedback(*, county_id: Number, before: Moment) -> QuerySet[Feedback]:
    """Return the messages that were sent, or sent back with a question, before a moment and wait for an answer."""
    waits = Q(state=FeedbackState.NEW, sent_at__lt=before)
    asked = Q(state=FeedbackState.RETURNED, handled_at__lt=before)
    rows = Feedback.objects.filter(waits | asked, county_id=county_id)
    return rows.order_by(F("sent_at"), "pk")


def _of_county(county_id: Number) -> QuerySet[Registration]:
    return open_registrations().filter(county_id=county_id).order_by("pk")
