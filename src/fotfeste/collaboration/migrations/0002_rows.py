from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Whoever knows how a case stands sees its routines; another unit sees its own tasks about those open to it."""

    dependencies = [("collaboration", "0001_initial"), ("people", "0013_in_county")]

    operations = [
        protect("collaboration_routine_run", RowAccess(topic=Topic.STATUS)),
        protect("collaboration_step_run", RowAccess(topic=Topic.STATUS)),
        protect("collaboration_task", RowAccess(topic=Topic.IDENTITY, written_by="for_unit_id")),
        protect("collaboration_task_event", RowAccess(topic=Topic.IDENTITY, written_by="for_unit_id")),
        migrations.RunSQL("REVOKE UPDATE ON collaboration_task_event FROM fotfeste_app", migrations.RunSQL.noop),
    ]
