from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "personal.sql"


class Migration(migrations.Migration):
    """What is opened to one person ends with the role it was opened to."""

    dependencies = [("access", "0015_ground")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
