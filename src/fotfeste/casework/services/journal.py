"""The journal: notes are written and corrected, never changed."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access.actor import Actor
from fotfeste.access.attachments import attach
from fotfeste.audit import services as audit
from fotfeste.casework import policies
from fotfeste.casework.models import JournalAttachment, JournalNote
from fotfeste.casework.selectors.person_page import note_that_stands
from fotfeste.kernel import clock, formats
from fotfeste.kernel.checked_files import CheckedFile
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.people import selectors as people


@transaction.atomic
def write_note(
    *, actor: Actor, youth_id: int, text: str, written_on: date | None = None, attachments: Sequence[CheckedFile] = ()
) -> JournalNote:
    """
    Write a note in the journal of the case.

    :param written_on: the day it is about; today unless given.
    :param attachments: looked through before, since a scanner is not waited for with anything locked.
    :raises NotAllowed: the journal is the responsible unit's.
    :raises Invalid: the text is empty, the day is ahead, or there are too many files.
    """
    youth = people.youths_by_id([youth_id]).get(youth_id)
    if youth is None:
        raise Invalid(_("Ungdommen finnes ikke, eller du har ikke tilgang."))
    policies.may_write_note(actor=actor, unit_id=youth.unit_id, county_id=youth.county_id).require()
    note = _note(actor, youth_id, text, written_on or clock.today())
    details: dict[str, object] = {"note": note.pk}
    if kept := attach(JournalAttachment, note=note, by=actor.user_id, files=attachments):
        details["attachments"] = kept
    audit.record("note.written", by=actor.user_id, about=youth_id, county=youth.county_id, details=details)
    return note


@transaction.atomic
def correct_note(
    *,
    actor: Actor,
    note_id: int,
    text: str,
    version: int | None = None,
    keeps: Collection[int] | None = None,
    attachments: Sequence[CheckedFile] = (),
) -> JournalNote:
    """
    Correct a note: the new text is a note of its own, the old one stays and is marked as corrected.

    Source: arkivforskrifta § 11 (correct by adding, never losing the original).

    :param version: the note that stood for this one when the user was shown it; itself unless given.
    :param keeps: the files the new note goes on with; all unless given. The old note keeps its own.
    :param attachments: what more belongs to the new one.
    :raises NotAllowed: the journal is the responsible unit's.
    :raises EditConflict: somebody has corrected it already; holds both texts.
    :raises Invalid: the text is empty, there are too many files, or there is no such note the actor may see.
    """
    old = JournalNote.objects.select_for_update(of=("self",)).filter(pk=note_id).first()
    if old is None:
        raise Invalid(_("Notatet finnes ikke, eller du har ikke tilgang."))
    policies.may_write_note(actor=actor, unit_id=old.unit_id, county_id=old.county_id).require()
    now = note_that_stands(note=old)
    must_be_as_seen(
        version or note_id,
        now.pk,
        _("Notatet er rettet av en annen mens du skrev. Ingenting er lagret."),
        theirs={_("Notat"): now.text, _("Skrevet"): formats.moment(now.recorded_at)},
        yours={_("Notat"): text, _("Skrevet"): _("Nå")},
        about=old.youth_id,
    )
    old = now
    note = _note(actor, old.youth_id, text, old.written_on, corrects=old)
    old.superseded_at = clock.now()
    old.save(update_fields=["superseded_at"])
    details: dict[str, object] = {"note": note.pk, "corrects": old.pk}
    kept = attach(JournalAttachment, note=note, by=actor.user_id, files=attachments, corrects=old, keeps=keeps)
    if kept:
        details["attachments"] = kept
    audit.record("note.corrected", by=actor.user_id, about=old.youth_id, county=old.county_id, details=details)
    return note


def _note(actor: Actor, youth_id: int, text: str, written_on: date, corrects: JournalNote | None = None) -> JournalNote:
    if not text.strip():
        raise Invalid(_("Skriv noe i notatet."))
    if written_on > clock.today():
        raise Invalid(_("Notatet kan ikke gjelde en dag fram i tid."))
    return JournalNote.objects.create(
        youth_id=youth_id,
        text=text.strip(),
        written_on=written_on,
        written_by_id=actor.user_id,
        recorded_at=clock.now(),
        corrects=corrects,
    )
