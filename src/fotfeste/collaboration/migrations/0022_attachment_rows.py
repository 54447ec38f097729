from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Whoever reads the notes reads the files that belong to them; they are added and never changed."""

    dependencies = [("collaboration", "0021_shared_attachment")]

    operations = [
        protect("collaboration_shared_attachment", RowAccess(topic=Topic.PLAN)),
        migrations.RunSQL("REVOKE UPDATE ON collaboration_shared_attachment FROM fotfeste_app", migrations.RunSQL.noop),
    ]
