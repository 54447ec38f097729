from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic

ACCESS = RowAccess(topic=Topic.CONSENT, written_by="recorded_at_unit_id")


class Migration(migrations.Migration):
    """Row policies on what youths have agreed to. The signed paper is never changed."""

    dependencies = [
        ("consent", "0001_initial"),
        ("people", "0008_history_is_added_to"),
        ("access", "0010_sharing_rules"),
    ]

    operations = [
        protect("consent_release", ACCESS),
        protect("consent_release_body", ACCESS),
        protect("consent_release_scan", ACCESS),
        migrations.RunSQL(
            "REVOKE UPDATE ON consent_release_body, consent_release_scan FROM fotfeste_app;", migrations.RunSQL.noop
        ),
    ]
