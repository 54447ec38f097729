from importlib import import_module

from django.db import migrations

from fotfeste.oversight.disposing import Disposed, dispose_from

_BEFORE = import_module("fotfeste.oversight.migrations.0012_dispose_mapping").TABLES
# What points at another goes before it.
_NEW = (
    Disposed("case", "collaboration.ArchivedMinutes", "collaboration_archived_minutes"),
    Disposed("case", "collaboration.MinutesCopy", "collaboration_minutes_copy"),
    Disposed("case", "collaboration.MinutesVersion", "collaboration_minutes_version"),
    Disposed("case", "collaboration.Minutes", "collaboration_minutes"),
    Disposed("case", "collaboration.MeetingMail", "collaboration_meeting_mail"),
    Disposed("case", "collaboration.Guest", "collaboration_guest"),
    Disposed("case", "collaboration.Meeting", "collaboration_meeting"),
)
TABLES = (*_NEW, *_BEFORE)


class Migration(migrations.Migration):
    """The meetings about a youth, and their minutes, go with the case."""

    dependencies = [("oversight", "0012_dispose_mapping"), ("collaboration", "0012_meeting_rows")]

    operations = dispose_from(TABLES, new=_NEW)
