from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "granted.sql"


class Migration(migrations.Migration):
    """The function the row policies ask what grants open; for databases from before the policies asked it."""

    dependencies = [("access", "0006_keep_what_was")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)]
