from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Whoever knows the status reads the youth's own remarks; they are added and never changed."""

    dependencies = [("casework", "0016_remark")]

    operations = [
        protect("casework_remark", RowAccess(topic=Topic.STATUS)),
        migrations.RunSQL("REVOKE UPDATE ON casework_remark FROM fotfeste_app", migrations.RunSQL.noop),
    ]
