from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "ground.sql"


class Migration(migrations.Migration):
    """The function that names the ground of a reading."""

    dependencies = [("access", "0014_attempt_count")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
