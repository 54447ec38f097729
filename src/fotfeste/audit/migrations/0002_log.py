from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "log.sql"


class Migration(migrations.Migration):
    """Make the log append-only for the application, and give it seals."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
