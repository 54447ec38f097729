"""Shared notes, as far as the actor may read them."""

from collections.abc import Iterable

from fotfeste.collaboration.models import SharedAttachment, SharedNote
from fotfeste.kernel.together import Rows

#: What the person page reads along with the case.
NOTES = Rows(
    SharedNote,
    "t.youth_id = ANY (%(youth_ids)s)",
    "t.written_on DESC, t.id DESC",
    related=("written_by", "written_at_unit"),
)
ATTACHMENTS = Rows(SharedAttachment, "t.youth_id = ANY (%(youth_ids)s)", "t.id", without=("content",))


def shared_notes_of(*, youth_ids: Iterable[int]) -> list[SharedNote]:
    """Return the shared notes about a person, the newest first; corrected ones too, marked as such."""
    rows = SharedNote.objects.filter(youth_id__in=list(youth_ids)).select_related("written_by", "written_at_unit")
    return list(rows.order_by("-written_on", "-pk"))


def shared_note_or_none(*, youth_ids: Iterable[int], note_id: int) -> SharedNote | None:
    """Return a shared note about a person, or None when there is none the actor may see."""
    return SharedNote.objects.filter(pk=note_id, youth_id__in=list(youth_ids)).first()


def note_that_stands(*, note: SharedNote) -> SharedNote:
    """Return the note itself, or the one it was corrected to last."""
    while newer := SharedNote.objects.filter(corrects_id=note.pk).order_by("-pk").first():
        note = newer
    return note


def attachment_or_none(*, youth_ids: Iterable[int], attachment_id: int) -> SharedAttachment | None:
    """Return a file of a shared note about a person, or None when there is none the actor may see."""
    rows = SharedAttachment.objects.select_related("kept_from")
    return rows.filter(pk=attachment_id, youth_id__in=list(youth_ids)).first()


def attachments_of_note(*, note_id: int) -> list[SharedAttachment]:
    """Return the files of a shared note, without what they hold."""
    return list(SharedAttachment.objects.filter(note_id=note_id).defer("content").order_by("pk"))
