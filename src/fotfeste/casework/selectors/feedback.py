"""Messages from districts, Nav and others: those that wait, those that were handled, and one's own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from fotfeste.access.actor import Actor
from fotfeste.casework.enums import FeedbackState
from fotfeste.casework.models import Feedback, Registration

_HANDLED = (FeedbackState.ACCEPTED, FeedbackState.RETURNED, FeedbackState.REJECTED)


@dataclass(frozen=True, slots=True)
class Message:
    """A message with its youth, and the open registration it speaks of; None when the youth is no longer registered."""

    feedback: Feedback
    youth: Any
    registration: Registration | None


def waiting_feedback(*, county_id: int) -> QuerySet[Feedback]:
    """Return the messages nobody has handled, those that have waited longest first."""
    return _of_county(county_id).filter(state=FeedbackState.NEW).order_by("sent_at", "pk")


def handled_feedback(*, county_id: int) -> QuerySet[Feedback]:
    """Return the messages that became a status, were sent back or rejected, the latest first."""
    return _of_county(county_id).filter(state__in=_HANDLED).order_by("-handled_at", "-pk")


def own_feedback(*, actor: Actor) -> QuerySet[Feedback]:
    """Return what the actor's units have sent: questions back first, then what waits, then the rest, latest first."""
    rows = Feedback.objects.filter(from_unit_id__in=list(actor.unit_ids)).exclude(state=FeedbackState.WITHDRAWN)
    return rows.select_related("youth", "from_unit").order_by("-sent_at", "-pk")


def questions_back(*, actor: Actor) -> int:
    """Return how many messages of the actor's units were sent back with a question and await an answer."""
    return Feedback.objects.filter(from_unit_id__in=list(actor.unit_ids), state=FeedbackState.RETURNED).count()


def feedback_about(*, unit_id: int, since: date) -> QuerySet[Feedback]:
    """Return what others have reported about a unit's own youths since a day, the latest first."""
    rows = Feedback.objects.filter(unit_id=unit_id, sent_at__date__gte=since).exclude(from_unit_id=unit_id)
    rows = rows.filter(state__in=(FeedbackState.NEW, FeedbackState.ACCEPTED))
    return rows.select_related("youth", "from_unit").order_by("-sent_at", "-pk")


def waiting_reports(*, youth_ids: Iterable[int]) -> QuerySet[Feedback]:
    """Return what the units responsible for some youths have reported that nobody has handled, oldest first."""
    rows = Feedback.objects.filter(youth_id__in=list(youth_ids), state=FeedbackState.NEW, from_unit_id=F("unit_id"))
    return rows.select_related("youth", "from_unit").order_by("sent_at", "pk")


def with_registrations(messages: Iterable[Feedback]) -> list[Message]:
    """Return messages with the open registrations of their youths, in one query more."""
    found = list(messages)
    registrations: Mapping[int, Registration] = {
        row.youth_id: row
        for row in Registration.objects.filter(youth_id__in=[each.youth_id for each in found], last_day=None)
    }
    return [Message(each, each.youth, registrations.get(each.youth_id)) for each in found]


def _of_county(county_id: int) -> QuerySet[Feedback]:
    return Feedback.objects.filter(county_id=county_id).select_related("youth", "from_unit")


def youths_of(*, feedback_ids: Iterable[int]) -> dict[int, int]:
    """Return the youth each message is about, by message."""
    return dict(Feedback.objects.filter(pk__in=list(feedback_ids)).values_list("pk", "youth_id"))
