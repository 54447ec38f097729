from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "scope.sql"


class Migration(migrations.Migration):
    """Functions that enter and leave an actor's scope, and the policies on the grants themselves."""

    dependencies = [("access", "0002_initial")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
