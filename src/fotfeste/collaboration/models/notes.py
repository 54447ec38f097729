"""Notes that those who work together on a youth share."""

from django.db import models

from fotfeste.access.attachments import Attachment
from fotfeste.access.rows import AboutYouth, RowAccess
from fotfeste.access.topics import Topic


class SharedNote(AboutYouth):
    """
    A note that whoever the youth lets into the plan reads, written by any of them. A correction is a note of its own.

    The journal is the responsible unit's own, and its notes are never shared by being written.
    """

    text = models.TextField("notat")
    written_on = models.DateField("gjelder dag")
    written_by = models.ForeignKey("access.User", on_delete=models.PROTECT, related_name="+")
    written_at_unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="skrevet ved"
    )
    recorded_at = models.DateTimeField("registrert")
    superseded_at = models.DateTimeField("rettet", null=True, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "collaboration_shared_note"
        indexes = [models.Index(fields=["youth", "written_on"], name="shared_note_youth")]

    row_access = RowAccess(topic=Topic.PLAN)


class SharedAttachment(Attachment):
    """A file that belongs to a shared note; read by those who read the note."""

    note = models.ForeignKey(
        SharedNote, on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="notat"
    )

    class Meta(Attachment.Meta):
        db_table = "collaboration_shared_attachment"

    row_access = RowAccess(topic=Topic.PLAN)
