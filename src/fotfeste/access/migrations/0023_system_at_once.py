from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "system_at_once.sql"


class Migration(migrations.Migration):
    """Let a job's scope be entered by writing each setting once."""

    dependencies = [("access", "0022_notice_ground")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
