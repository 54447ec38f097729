from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0015_dispose_letters").TABLES
# A file goes before the note it belongs to.
_NEW = (
    Disposed("case", "casework.JournalAttachment", "casework_journal_attachment"),
    Disposed("case", "collaboration.SharedAttachment", "collaboration_shared_attachment"),
)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """What belongs to notes goes with the case."""

    dependencies = [
        ("oversight", "0015_dispose_letters"),
        ("casework", "0025_attachment_rows"),
        ("collaboration", "0022_attachment_rows"),
    ]

    operations = dispose_from(TABLES, new=_NEW)
