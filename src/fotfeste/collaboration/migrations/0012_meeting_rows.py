from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic

_MEETINGS = RowAccess(topic=Topic.MEETINGS)
_WRITERS = RowAccess(topic=Topic.MEETINGS, written_by="written_at_unit_id")


class Migration(migrations.Migration):
    """Whoever is let know of meetings sees them; minutes are seen by those who wrote them, and by those given a copy."""

    dependencies = [("collaboration", "0011_meetings")]

    operations = [
        protect("collaboration_meeting", _MEETINGS),
        protect("collaboration_guest", _MEETINGS),
        protect("collaboration_meeting_mail", _MEETINGS),
        protect("collaboration_minutes", _WRITERS),
        protect("collaboration_minutes_version", _WRITERS),
        protect("collaboration_minutes_copy", RowAccess(topic=Topic.MEETINGS, written_by="for_unit_id")),
        protect("collaboration_archived_minutes", _WRITERS),
        migrations.RunSQL(
            "REVOKE UPDATE ON collaboration_minutes_version, collaboration_minutes_copy, collaboration_archived_minutes "
            "FROM fotfeste_app",
            migrations.RunSQL.noop,
        ),
    ]
