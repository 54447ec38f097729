from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic

_TABLES = ("plan", "plan_measure", "plan_version", "plan_agreement", "plan_review")
_ADDED_ONLY = ("plan_version", "plan_agreement", "plan_review")


class Migration(migrations.Migration):
    """Whoever is let into the plan sees all of it; what is kept of its past is added and never changed."""

    dependencies = [("collaboration", "0005_plans")]

    operations = [
        *(protect(f"collaboration_{table}", RowAccess(topic=Topic.PLAN)) for table in _TABLES),
        *(
            migrations.RunSQL(f"REVOKE UPDATE ON collaboration_{table} FROM fotfeste_app", migrations.RunSQL.noop)
            for table in _ADDED_ONLY
        ),
    ]
