"""What has become of a case: what it was, what it became, who recorded it, when and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from fotfeste.access import selectors as access
from fotfeste.casework.models import Responsibility, StatusEvent
from fotfeste.casework.selectors.person_page import PersonPage
from fotfeste.casework.selectors.status_changes import StatusChange, status_changes
from fotfeste.casework.selectors.timeline import Happening, timeline
from fotfeste.people import selectors as people
from fotfeste.people.selectors import IdentityChange


class ChangeKind(StrEnum):
    """What has changed."""

    STATUS = "status"
    UNIT = "unit"
    PERSON = "person"
    REGISTERED = "registered"
    CLOSED = "closed"
    IDENTITY = "identity"
    MERGED = "merged"
    UNMERGED = "unmerged"
    WITHDRAWN = "withdrawn"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class Change:
    """
    One thing that was recorded, and what stood there before.

    :ivar at: when it was recorded.
    :ivar before: what it was; None when nothing was there. ``after`` is what it became.
    :ivar first_day: the days it is about, with ``last_day``.
    :ivar row: the row that says why.
    """

    kind: ChangeKind
    at: datetime
    row: Any
    before: Any = None
    after: Any = None
    first_day: date | None = None
    last_day: date | None = None
    by_id: int | None = None


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """
    Everything ever recorded about a case.

    :ivar changes: the latest recorded first.
    :ivar identity: what has changed about who the youth is, as far as the actor may know; also among ``changes``.
    """

    statuses: tuple[StatusEvent, ...]
    responsibilities: tuple[Responsibility, ...]
    identity: tuple[IdentityChange, ...]
    changes: tuple[Change, ...]
    user_names: Mapping[int, str]
    youths: Mapping[int, Any]


#: What was recorded and has no before: told as the timeline tells it.
_PLAIN = frozenset(
    {
        Happening.CONTACT,
        Happening.NOTE,
        Happening.FEEDBACK,
        Happening.CONFIRMED,
        Happening.ENROLLED,
        Happening.LEFT_SCHOOL,
    }
)


def case_history(page: PersonPage) -> CaseHistory:
    """Return everything ever recorded about the case of a person page, with what each recording changed."""
    ids = list(page.person_ids)
    statuses = tuple(StatusEvent.objects.filter(youth_id__in=ids).order_by("recorded_at", "pk"))
    held = tuple(
        Responsibility.objects.filter(youth_id__in=ids)
        .select_related("explanation", "holder")
        .order_by("recorded_at", "pk")
    )
    identity = tuple(people.identity_changes(youth_ids=ids))
    merges = people.merges_about(youth_ids=ids)
    changes = [
        *_of_status(page, ids, statuses),
        *_of_unit(ids, held),
        *_of_person(page),
        *_of_registration(page),
        *(Change(ChangeKind.IDENTITY, each.at, each, each.before, each.after, by_id=each.by_id) for each in identity),
        *_of_merges(merges),
        *_plain(page),
    ]
    changes.sort(key=lambda change: change.at, reverse=True)
    done_by = {change.by_id for change in changes if change.by_id} - set(page.user_names)
    merged = {youth_id for merge in merges for youth_id in (merge.kept_id, merge.absorbed_id)}
    return CaseHistory(
        statuses=statuses,
        responsibilities=held,
        identity=identity,
        changes=tuple(changes),
        user_names={**page.user_names, **(access.user_names(done_by) if done_by else {})},
        youths=people.youths_by_id(merged) if merged else {},
    )


def _of_status(page: PersonPage, ids: list[int], statuses: tuple[StatusEvent, ...]) -> Iterator[Change]:
    closings = [row for row in page.registrations if row.last_day is not None]
    for youth_id in ids:
        for each in status_changes(row for row in statuses if row.youth_id == youth_id):
            closing = _closing_of(each, closings, youth_id)
            if closing is not None:
                continue  # the end of the registration is told itself
            row = each.after or each.before
            by_id = each.after.set_by_id if each.after else None
            yield Change(ChangeKind.STATUS, each.at, row, each.before, each.after, each.first_day, each.last_day, by_id)


def _closing_of(change: StatusChange, closings: list[Any], youth_id: int) -> Any:
    """Return the registration whose end is all that the change says."""
    if change.after is not None or change.last_day is not None:
        return None
    return next((row for row in closings if row.youth_id == youth_id and row.last_day < change.first_day), None)


def _of_unit(ids: list[int], held: tuple[Responsibility, ...]) -> Iterator[Change]:
    for youth_id in ids:
        mine = [row for row in held if row.youth_id == youth_id]
        for row, earlier in zip(mine, [None, *mine], strict=False):
            goes_on = earlier is not None and (
                earlier.superseded_at is not None
                or (earlier.last_day is not None and (row.first_day - earlier.last_day).days == 1)
            )
            before = earlier if goes_on else None
            if before is not None and (before.holder_id, before.ground) == (row.holder_id, row.ground):
                continue  # the same unit answers from an earlier day
            yield Change(ChangeKind.UNIT, row.recorded_at, row, before, row, row.first_day, None, row.decided_by_id)


def _of_person(page: PersonPage) -> Iterator[Change]:
    rows = {row.pk: row for row in page.counsellor_periods}
    for row in page.counsellor_periods:
        before = rows.get(row.replaces_id or 0)
        # A row with a last day is what was left of one whose choice is told itself.
        if row.last_day is None:
            yield Change(ChangeKind.PERSON, row.recorded_at, row, before, row, row.first_day, None, row.chosen_by_id)


def _of_registration(page: PersonPage) -> Iterator[Change]:
    for row in page.registrations:
        yield Change(ChangeKind.REGISTERED, row.recorded_at, row, None, row, row.first_day)
        if row.last_day is not None:
            at = row.closed_at or row.recorded_at
            yield Change(ChangeKind.CLOSED, at, row, row, None, row.first_day, row.last_day, row.closed_by_id)


def _of_merges(merges: list[Any]) -> Iterator[Change]:
    for merge in merges:
        yield Change(ChangeKind.MERGED, merge.merged_at, merge, by_id=merge.merged_by_id)
        if merge.undone_at is not None:
            yield Change(ChangeKind.UNMERGED, merge.undone_at, merge, by_id=merge.undone_by_id)


def _plain(page: PersonPage) -> Iterator[Change]:
    for entry in timeline(page, count=10_000, kinds=_PLAIN).entries:
        yield Change(ChangeKind.RECORDED, entry.recorded_at, entry, None, entry, entry.on, by_id=entry.by_id)
        if entry.kind is Happening.CONTACT and entry.is_struck:
            at, by_id = entry.row.superseded_at, entry.row.withdrawn_by_id
            yield Change(ChangeKind.WITHDRAWN, at, entry, entry, None, entry.on, by_id=by_id)
