"""Files that belong to notes in the journal."""

from django.db import models

from fotfeste.access.attachments import Attachment
from fotfeste.access.rows import RowAccess
from fotfeste.access.topics import Topic


class JournalAttachment(Attachment):
    """A file that belongs to a note in the journal; read by those who read the note."""

    note = models.ForeignKey(
        "casework.JournalNote", on_delete=models.PROTECT, related_name="+", db_index=False, verbose_name="notat"
    )

    class Meta(Attachment.Meta):
        db_table = "casework_journal_attachment"

    row_access = RowAccess(topic=Topic.JOURNAL)
