"""What units that were asked about youths have answered."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from fotfeste.casework.enums import FeedbackCategory, FeedbackState
from fotfeste.casework.models import Feedback
from fotfeste.spec import implements

_STANDS = (FeedbackState.NEW, FeedbackState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Answer:
    """
    The newest answer of a unit about a youth.

    :ivar stands: whether it answers the question; one sent back with a question does not.
    """

    feedback_id: int
    youth_id: int
    unit_id: int
    category: FeedbackCategory
    activity_code: str
    on: date
    told_by: str
    next_step: str
    next_owner: str
    state: FeedbackState
    question: str
    sent_at: datetime
    sent_by: str

    @property
    def stands(self) -> bool:
        """Return whether the unit has answered."""
        return self.state in _STANDS

    @property
    @implements("fb-clarified")
    def is_clarified(self) -> bool:
        """Return whether the unit says that it knows: anything but that the youth is still unknown."""
        return self.stands and self.category is not FeedbackCategory.STILL_UNKNOWN

    @property
    def is_taken_back(self) -> bool:
        """Return whether the unit has taken it back, or said something else instead."""
        return self.state == FeedbackState.WITHDRAWN


def standing_answers(*, since: datetime, before: datetime | None) -> QuerySet[Feedback]:
    """Return the messages sent in a time that answer what was asked then, for counting whom is answered about."""
    rows = Feedback.objects.filter(state__in=_STANDS, sent_at__gte=since).order_by()
    return rows if before is None else rows.filter(sent_at__lt=before)


def sent_answers(*, since: datetime, before: datetime | None) -> QuerySet[Feedback]:
    """Return every message sent in a time, for counting when somebody was first answered about."""
    rows = Feedback.objects.filter(sent_at__gte=since).order_by()
    return rows if before is None else rows.filter(sent_at__lt=before)


def newest_answers(
    *, youth_ids: Iterable[int], unit_ids: Iterable[int], since: datetime | None = None, before: datetime | None = None
) -> dict[tuple[int, int], Answer]:
    """
    Return each unit's newest answer about each youth, by (youth, unit), among those the actor may see.

    One that was taken back is none.
    """
    rows = Feedback.objects.filter(youth_id__in=list(youth_ids), from_unit_id__in=list(unit_ids))
    if since is not None:
        rows = rows.filter(sent_at__gte=since)
    if before is not None:
        rows = rows.filter(sent_at__lt=before)
    rows = rows.exclude(state=FeedbackState.WITHDRAWN).select_related("sent_by").order_by("sent_at", "pk")
    return {(row.youth_id, row.from_unit_id): _answer(row) for row in rows}


def answers_by_id(*, feedback_ids: Iterable[int]) -> dict[int, Answer]:
    """Return the messages among some that the actor may see, taken back or not, by id."""
    rows = Feedback.objects.select_related("sent_by").filter(pk__in=list(feedback_ids))
    return {row.pk: _answer(row) for row in rows}


def _answer(row: Feedback) -> Answer:
    return Answer(
        feedback_id=row.pk,
        youth_id=row.youth_id,
        unit_id=row.from_unit_id,
        category=FeedbackCategory(row.category),
        activity_code=row.activity_code,
        on=row.on,
        told_by=row.told_by,
        next_step=row.next_step,
        next_owner=row.next_owner,
        state=FeedbackState(row.state),
        question=row.question,
        sent_at=row.sent_at,
        sent_by=row.sent_by.name,
    )
