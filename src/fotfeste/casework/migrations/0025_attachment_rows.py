from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Whoever reads the notes reads the files that belong to them; they are added and never changed."""

    dependencies = [("casework", "0024_journal_attachment")]

    operations = [
        protect("casework_journal_attachment", RowAccess(topic=Topic.JOURNAL)),
        migrations.RunSQL("REVOKE UPDATE ON casework_journal_attachment FROM fotfeste_app", migrations.RunSQL.noop),
    ]
