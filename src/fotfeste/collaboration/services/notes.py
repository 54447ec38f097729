"""Shared notes: written and corrected, never changed."""

from collections.abc import Collection, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from fotfeste.access import selectors as access
from fotfeste.access.actor import Actor
from fotfeste.access.attachments import attach
from fotfeste.access.topics import Topic
from fotfeste.audit import services as audit
from fotfeste.collaboration import policies
from fotfeste.collaboration.models import SharedAttachment, SharedNote
from fotfeste.collaboration.selectors.notes import note_that_stands
from fotfeste.kernel import clock, formats
from fotfeste.kernel.checked_files import CheckedFile
from fotfeste.kernel.errors import Invalid
from fotfeste.kernel.seen import must_be_as_seen
from fotfeste.people.services.places import lock_youth


@transaction.atomic
def write_shared_note(
    *, actor: Actor, youth_id: int, text: str, written_on: date | None = None, attachments: Sequence[CheckedFile] = ()
) -> SharedNote:
    """
    Write a note that those who work together on the youth share.

    :param written_on: the day it is about; today unless given.
    :param attachments: looked through before, since a scanner is not waited for with anything locked.
    :raises NotAllowed: the actor's unit is not let into the plan.
    :raises Invalid: the text is empty, the day is ahead, there are too many files, or no such youth the actor may see.
    """
    youth = lock_youth(youth_id=youth_id)
    unit_id = _unit_of(actor, youth_id, youth.unit_id)
    note = _note(actor, unit_id, youth_id, text, written_on or clock.today())
    details: dict[str, object] = {"note": note.pk}
    if kept := attach(SharedAttachment, note=note, by=actor.user_id, files=attachments):
        details["attachments"] = kept
    audit.record("note.shared", by=actor.user_id, about=youth_id, county=youth.county_id, details=details)
    return note


@transaction.atomic
def correct_shared_note(
    *,
    actor: Actor,
    note_id: int,
    text: str,
    version: int | None = None,
    keeps: Collection[int] | None = None,
    attachments: Sequence[CheckedFile] = (),
) -> SharedNote:
    """
    Correct a shared note one's own unit wrote: the new text is a note of its own, the old one stays.

    Source: arkivforskrifta § 11 (correct by adding, never losing the original).

    :param version: the note that stood for this one when the user was shown it; itself unless given.
    :param keeps: the files the new note goes on with; all unless given. The old note keeps its own.
    :param attachments: what more belongs to the new one.
    :raises NotAllowed: another unit wrote it.
    :raises EditConflict: somebody has corrected it already; holds both texts.
    :raises Invalid: the text is empty, there are too many files, or there is no such note the actor may see.
    """
    old = SharedNote.objects.select_for_update(of=("self",)).filter(pk=note_id).first()
    if old is None:
        raise Invalid(_("Notatet finnes ikke, eller du har ikke tilgang."))
    policies.may_correct_shared_note(actor=actor, written_at_unit_id=old.written_at_unit_id).require()
    now = note_that_stands(note=old)
    must_be_as_seen(
        version or note_id,
        now.pk,
        _("Notatet er rettet av en annen mens du skrev. Ingenting er lagret."),
        theirs={_("Notat"): now.text, _("Skrevet"): formats.moment(now.recorded_at)},
        yours={_("Notat"): text, _("Skrevet"): _("Nå")},
        about=old.youth_id,
    )
    note = _note(actor, now.written_at_unit_id, now.youth_id, text, now.written_on, corrects=now)
    now.superseded_at = clock.now()
    now.save(update_fields=["superseded_at"])
    details: dict[str, object] = {"note": note.pk, "corrects": now.pk}
    kept = attach(SharedAttachment, note=note, by=actor.user_id, files=attachments, corrects=now, keeps=keeps)
    if kept:
        details["attachments"] = kept
    audit.record("note.shared_corrected", by=actor.user_id, about=now.youth_id, county=now.county_id, details=details)
    return note


def _unit_of(actor: Actor, youth_id: int, responsible_id: int) -> int:
    """Return the unit on whose behalf the actor writes: one that is let into the plan."""
    granted = access.units_granted(youth_id=youth_id, topic=Topic.PLAN, on=clock.today())
    units = policies.units_that_share(actor=actor, responsible_id=responsible_id, granted=granted)
    policies.may_share_note(units=units).require()
    return actor.unit_id if actor.unit_id in units else min(units)


def _note(
    actor: Actor, unit_id: int, youth_id: int, text: str, written_on: date, corrects: SharedNote | None = None
) -> SharedNote:
    if not text.strip():
        raise Invalid(_("Skriv noe i notatet."))
    if written_on > clock.today():
        raise Invalid(_("Notatet kan ikke gjelde en dag fram i tid."))
    return SharedNote.objects.create(
        youth_id=youth_id,
        text=text.strip(),
        written_on=written_on,
        written_by_id=actor.user_id,
        written_at_unit_id=unit_id,
        recorded_at=clock.now(),
        corrects=corrects,
    )
