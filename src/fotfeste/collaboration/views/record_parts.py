"""The small records on the person page: what may be written or sent, what there is, and what happened."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.system_names import shown_name
from fotfeste.casework.selectors.timeline import Entry, Happening
from fotfeste.casework.views.happenings import Told
from fotfeste.collaboration import policies
from fotfeste.collaboration.record_kinds import CORRECTED, OWNER, VOID, RecordKind, record_kinds
from fotfeste.collaboration.record_words import answer_words, said_words
from fotfeste.collaboration.selectors.plan_bodies import tells_unit
from fotfeste.collaboration.selectors.records import RECORDS, is_overdue, records_of
from fotfeste.kernel.ui import Link, Tone
from fotfeste.organisations.selectors import units

if TYPE_CHECKING:
    from fotfeste.casework.selectors.person_page import PersonPage
    from fotfeste.casework.views.header import Header

SHOWN = 12
ROWS = {"records": RECORDS}


@dataclass(frozen=True, slots=True)
class ShownRecord:
    """
    A record as it is shown.

    :ivar said: (label, words) of what it says.
    :ivar waits: it is sent, and nobody has answered.
    """

    record: Any
    label: str
    said: tuple[tuple[str, str], ...]
    by: str
    to: str
    answer: str
    waits: bool
    is_overdue: bool
    is_void: bool = False
    is_held: bool = False
    correct_url: str = ""


def shown(row: Any, today: date, actor: Actor, youth: Any) -> ShownRecord:
    """
    Return a record as it is shown.

    :param actor: who is shown it, and may be offered to correct it.
    :param youth: whom it is about. Where a protected one is, the name of the unit that answers tells.
    """
    known = record_kinds()[row.kind]
    is_held = row.held_for_id is not None and row.to_unit_id is None and row.answer == ""
    waits, tells = known.is_sent and row.answer == "" and not is_held, _may_tell(row, actor, youth)
    return ShownRecord(
        record=row,
        label=_(known.label),
        said=said_words(row.kind, row.said),
        by=_giver(row, known) if tells else _("Enheten som har ansvaret"),
        to=_receiver(row, known) if tells or not known.hands else "",
        answer=answer_words(row.kind, row.answer),
        waits=waits,
        is_overdue=is_overdue(row, today),
        is_void=row.answer in VOID,
        is_held=is_held,
        correct_url=_correct_url(row, known, actor, is_held=is_held),
    )


def may_be_made_at(known: RecordKind, unit_id: int | None) -> bool:
    """Say whether a kind of record is made at a unit like this one."""
    if not known.made_at:
        return True
    here = units.unit_or_none(unit_id=unit_id or 0)
    return here is not None and here.kind in known.made_at


def part(*, actor: Actor, youth: Any, today: date) -> dict[str, Any]:
    """Return what the tab «Samarbeid» shows of the records: what may be written and sent, and the newest of them."""
    may = bool(policies.may_make_record(actor=actor, by_unit_id=actor.unit_id))
    offers = bool(policies.may_offer_handover(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id))
    kinds = [
        each
        for each in (record_kinds().values() if may else ())
        if may_be_made_at(each, actor.unit_id) and (offers or not each.by_owner) and not each.hands
    ]
    return {
        "to_write": [_link(each, youth.pk) for each in kinds if not each.is_sent],
        "to_send": [_link(each, youth.pk) for each in kinds if each.is_sent],
        "records": [shown(each, today, actor, youth) for each in records_of(youth_id=youth.pk)[:SHOWN]],
    }


def happenings(actor: Actor, page: "PersonPage", header: "Header") -> Iterator[Entry]:
    """Return when something was written, sent and answered."""
    for row in page.besides["records"]:
        known = record_kinds()[row.kind]
        drawn = "send" if known.is_sent else "check"
        to, by = (_receiver(row, known), shown_name(row.made_by.name)) if header.tells_unit else ("", "")
        told = Told(_title(row, known), to, drawn, Tone.INFO, by=by)
        yield Entry(row.on, row.made_at, Happening.COOPERATION, told, is_struck=row.answer in VOID)
        if row.answered_at is not None:
            words = f"{_(known.label)}: {answer_words(row.kind, row.answer)}"
            by = shown_name(row.answered_by.name) if header.tells_unit and row.answered_by is not None else ""
            told = Told(words, row.answer_text, "check", Tone.INFO, by=by)
            yield Entry(row.answered_at.date(), row.answered_at, Happening.COOPERATION, told)


def _title(row: Any, known: RecordKind) -> str:
    if row.answer == CORRECTED:
        return _("%(title)s (rettet senere)") % {"title": _(known.label)}
    return _("%(title)s (trukket tilbake)") % {"title": _(known.label)} if row.answer in VOID else _(known.label)


def _may_tell(row: Any, actor: Actor, youth: Any) -> bool:
    return row.by_unit_id != youth.unit_id or tells_unit(youth, actor)


def _correct_url(row: Any, known: RecordKind, actor: Actor, *, is_held: bool) -> str:
    """Return where the actor corrects a record; empty when they may not."""
    if row.answer or (known.is_sent and not is_held):
        return ""
    may = policies.may_correct_record(actor=actor, made_by_id=row.made_by_id, by_unit_id=row.by_unit_id)
    at = {"youth_id": row.youth_id, "record_id": row.pk}
    return reverse("collaboration:correct_record", kwargs=at) if may else ""


def _giver(row: Any, known: RecordKind) -> str:
    return str(row.from_user.name if known.hands else row.by_unit.name)


def _receiver(row: Any, known: RecordKind) -> str:
    if row.asked_unit is not None:
        return _("%(unit)s, uten navn") % {"unit": row.asked_unit.name}
    if known.hands:
        return str(row.to_user.name)
    there = row.to_unit or row.held_for
    if known.party == OWNER or (known.finds_receiver and row.to_unit_id == row.unit_id):
        return _("Enheten som har ansvaret")
    return there.name if there is not None else ""


def _link(known: RecordKind, youth_id: int) -> Link:
    return Link(_(known.label), reverse("collaboration:record", kwargs={"youth_id": youth_id, "kind": known.id}))
