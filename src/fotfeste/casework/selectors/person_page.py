"""Everything the person page shows, in a handful of queries, with registrations merged into the youth read as one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404

from fotfeste.access import selectors as access
from fotfeste.casework.models import (
    ContactAttempt,
    CounsellorPeriod,
    Feedback,
    JournalAttachment,
    JournalNote,
    MembershipDecision,
    Registration,
    Remark,
    Responsibility,
    StatusConfirmation,
    StatusEvent,
)
from fotfeste.casework.selectors.decisions import read_decision
from fotfeste.consent.selectors import BODIES_OF_YOUTH, RELEASES_OF_YOUTH
from fotfeste.kernel import clock
from fotfeste.kernel.together import Rows, read_together
from fotfeste.law.decision import Decision
from fotfeste.law.outcomes import Membership
from fotfeste.law.readings import Readings
from fotfeste.organisations.selectors import units
from fotfeste.organisations.selectors.readings import in_force, readings_of
from fotfeste.people import selectors as people
from fotfeste.people.selectors import KnownFacts


@dataclass(frozen=True, slots=True)
class PersonPage:
    """
    One youth and their case. Whatever the actor may not see is empty, and looks as if there were none.

    :ivar on: the day the page is of.
    :ivar registration: the open one, else the latest.
    :ivar status_events: what is known now, newest first; ``recorded_first`` gives when a status was first recorded,
        since a later correction or move adds its rows anew.
    :ivar person_ids: the youth's own id and those of registrations merged into it.
    :ivar attachments: of the notes, without what the files hold.
    :ivar counsellor_periods: all that was ever recorded, also what has been superseded.
    :ivar responsibilities: newest first; why is in ``unit_decision``, or in the row's own ``reason`` when by hand.
    :ivar besides: the rows apps above asked to have read along, by name (``register_rows``).
    """

    on: date
    youth: Any
    registration: Registration | None
    registrations: tuple[Registration, ...]
    status_events: tuple[StatusEvent, ...]
    recorded_first: Mapping[int, Any]
    confirmations: tuple[StatusConfirmation, ...]
    responsibilities: tuple[Responsibility, ...]
    counsellor_periods: tuple[CounsellorPeriod, ...]
    membership: MembershipDecision | None
    attempts: tuple[ContactAttempt, ...]
    notes: tuple[JournalNote, ...]
    attachments: tuple[JournalAttachment, ...]
    feedback: tuple[Feedback, ...]
    known: KnownFacts
    remarks: tuple[Remark, ...]
    releases: tuple[Any, ...]
    release_bodies: tuple[Any, ...]
    readings: Readings
    person_ids: tuple[int, ...]
    user_names: Mapping[int, str]
    unit_names: Mapping[int, str]
    besides: Mapping[str, tuple[Any, ...]]

    @property
    def responsibility(self) -> Responsibility | None:
        """Return the one that holds now."""
        return next((row for row in self.responsibilities if row.last_day is None), None)

    @property
    def counsellor_since(self) -> date | None:
        """Return since when the responsible person has answered; None when nobody does."""
        rows = (row for row in self.counsellor_periods if row.superseded_at is None and row.last_day is None)
        return next((row.first_day for row in rows if row.counsellor_id is not None), None)

    @property
    def must_be_confirmed(self) -> bool:
        """Say whether the status must be confirmed again. It is still shown; it only says so."""
        by = self.registration.status_confirm_by if self.registration else None
        return by is not None and self.on > by

    def unit_decision(self, responsibility: Responsibility) -> Decision[Any] | None:
        """Return why the rules chose the unit, with their reasons; None when somebody decided by hand."""
        return read_decision(responsibility.explanation.body, "unit") if responsibility.explanation else None

    def membership_decision(self, name: str) -> Decision[Any] | None:
        """Return why the youth belongs or not: ``statutory`` for the Act's target group, ``local`` for the county's."""
        return read_decision(self.membership.explanation.body, name) if self.membership else None


def person_page(*, youth_id: int, on: date | None = None) -> PersonPage:
    """
    Return the page of one youth.

    :raises Http404: there is none the actor may see.
    """
    on = on or clock.today()
    values = {"youth_id": youth_id, "youth_ids": [youth_id], "on": on}
    (found, merged), case, known, besides = _read(values)
    if not found:
        raise Http404
    person_ids = (youth_id, *(each.pk for each in merged))
    if merged:
        _, case, known, besides = _read({**values, "youth_ids": list(person_ids)})
    (
        registrations,
        events,
        responsibilities,
        chosen,
        attempts,
        notes,
        attachments,
        feedback,
        confirmations,
        membership,
        remarks,
        releases,
        release_bodies,
        readings,
    ) = case
    live = tuple(event for event in events if event.superseded_at is None)
    mine = [row for row in registrations if row.youth_id == youth_id]
    return PersonPage(
        on=on,
        youth=found[0],
        registration=next((row for row in mine if row.last_day is None), mine[0] if mine else None),
        registrations=registrations,
        status_events=live,
        recorded_first=_recorded_first(live, events),
        confirmations=confirmations,
        responsibilities=responsibilities,
        counsellor_periods=chosen,
        membership=membership[0] if membership else None,
        attempts=attempts,
        notes=notes,
        attachments=attachments,
        feedback=feedback,
        known=people.KnownFacts(*known),
        remarks=remarks,
        releases=releases,
        release_bodies=release_bodies,
        readings=readings_of(readings, county_id=found[0].county_id),
        person_ids=person_ids,
        user_names=access.user_names(
            _people_in(live, attempts, notes, feedback, responsibilities, chosen, confirmations, registrations)
        ),
        unit_names=units.unit_names(
            {found[0].unit_id} | {e.unit_then for e in live} | {f.from_unit_id for f in feedback}
        ),
        besides=dict(zip(_BESIDES, besides, strict=True)),
    )


#: What apps above asked to have read along with the case.
_BESIDES: dict[str, Rows] = {}


def register_rows(name: str, rows: Rows) -> None:
    """
    Ask to have rows about the youth read along with the case, in the same round trip.

    :param rows: their condition may name ``youth_ids``, all registrations of the person, and the day, ``on``.
    """
    _BESIDES[name] = rows


_MINE = "t.youth_id = ANY (%(youth_ids)s)"
_CASE = (
    Rows(Registration, _MINE, "t.first_day DESC, t.id DESC"),
    Rows(StatusEvent, _MINE, "t.first_day DESC, t.id DESC"),
    Rows(
        Responsibility,
        f"{_MINE} AND t.superseded_at IS NULL",
        "t.first_day DESC, t.id DESC",
        related=("explanation", "holder"),
    ),
    Rows(CounsellorPeriod, _MINE, "t.first_day DESC, t.id DESC"),
    Rows(ContactAttempt, _MINE, 't."on" DESC, t.id DESC'),
    Rows(JournalNote, _MINE, "t.written_on DESC, t.id DESC"),
    Rows(JournalAttachment, _MINE, "t.id", without=("content",)),
    Rows(Feedback, _MINE, "t.sent_at DESC, t.id DESC"),
    Rows(StatusConfirmation, _MINE, "t.confirmed_on DESC, t.id DESC"),
    Rows(MembershipDecision, "t.youth_id = %(youth_id)s AND t.is_current", "t.id", related=("explanation",)),
    Rows(Remark, _MINE, "t.recorded_at DESC, t.id DESC", related=("refused_by",)),
    RELEASES_OF_YOUTH,
    BODIES_OF_YOUTH,
    in_force("(SELECT y.county_id FROM people_youth y WHERE y.id = %(youth_id)s)"),
)


def _read(values: Mapping[str, Any]) -> tuple[list[Any], list[Any], list[Any], list[Any]]:
    """Return the youth with those merged into it, the case, what is known, and the rest, in one round trip."""
    parts = (people.YOUTH_AND_MERGED, _CASE, people.KNOWN_FACTS, tuple(_BESIDES.values()))
    rows = iter(read_together(*(each for part in parts for each in part), values=values))
    whose, case, known, besides = ([next(rows) for _each in part] for part in parts)
    return whose, case, known, besides


_DONE_BY = (
    "set_by_id",
    "registered_by_id",
    "written_by_id",
    "sent_by_id",
    "handled_by_id",
    "decided_by_id",
    "confirmed_by_id",
    "counsellor_id",
    "chosen_by_id",
)


def _people_in(*kinds: tuple[Any, ...]) -> set[int]:
    """Return the users who did something in any of the rows."""
    ids = {getattr(row, name, None) for rows in kinds for row in rows for name in _DONE_BY}
    return {user_id for user_id in ids if user_id is not None}


def _recorded_first(live: tuple[StatusEvent, ...], events: tuple[StatusEvent, ...]) -> dict[int, Any]:
    first: dict[tuple[int, str, date], Any] = {}
    for event in events:
        key = (event.youth_id, event.code, event.first_day)
        first[key] = min(first.get(key, event.recorded_at), event.recorded_at)
    return {event.pk: first[event.youth_id, event.code, event.first_day] for event in live}


def is_member(*, youth_id: int) -> bool:
    """Say whether the youth counts as in the target group, for the code to report; unknown counts as in it."""
    statutory = (
        MembershipDecision.objects.filter(youth_id=youth_id, is_current=True)
        .values_list("statutory", flat=True)
        .first()
    )
    return statutory != Membership.NOT_IN_OT


def note_that_stands(*, note: JournalNote) -> JournalNote:
    """Return the note itself, or the one it was corrected to last."""
    while newer := JournalNote.objects.filter(corrects_id=note.pk).order_by("-pk").first():
        note = newer
    return note


def note_or_none(*, youth_id: int, note_id: int) -> JournalNote | None:
    """Return a note of the youth's journal, or None when there is none the actor may see."""
    return JournalNote.objects.filter(pk=note_id, youth_id__in=people.same_person_ids(youth_id=youth_id)).first()


def attachment_or_none(*, youth_id: int, attachment_id: int) -> JournalAttachment | None:
    """Return a file of the youth's journal, or None when there is none the actor may see."""
    person = people.same_person_ids(youth_id=youth_id)
    rows = JournalAttachment.objects.select_related("kept_from")
    return rows.filter(pk=attachment_id, youth_id__in=person).first()


def attachments_of_note(*, note_id: int) -> list[JournalAttachment]:
    """Return the files of a note, without what they hold."""
    return list(JournalAttachment.objects.filter(note_id=note_id).defer("content").order_by("pk"))
