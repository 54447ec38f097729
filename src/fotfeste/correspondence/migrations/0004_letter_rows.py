from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Who sees letters, and what of them is never changed or taken away."""

    dependencies = [("correspondence", "0003_letters")]

    operations = [
        protect("correspondence_letter", RowAccess(topic=Topic.STATUS, protected="is_protected")),
        protect("correspondence_reply", RowAccess(topic=Topic.STATUS)),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON correspondence_letter_text FROM fotfeste_app", migrations.RunSQL.noop
        ),
        migrations.RunSQL(
            "REVOKE DELETE, TRUNCATE ON correspondence_mailing FROM fotfeste_app", migrations.RunSQL.noop
        ),
    ]
