from django.db import migrations

from fotfeste.access.rows import RowAccess, renew
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Let the school that registers a former apprentice's status read what the responsible unit reports (amb-33)."""

    dependencies = [("casework", "0008_granted_by_function"), ("access", "0012_registrar")]

    operations = [
        renew(
            "casework_feedback",
            RowAccess(topic=Topic.FEEDBACK, written_by="from_unit_id", told=Topic.STATUS_REPORT),
        ),
    ]
