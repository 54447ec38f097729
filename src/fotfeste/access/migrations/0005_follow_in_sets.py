from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "follow.sql"


class Migration(migrations.Migration):
    """Functions by which rows that come in by the hundred thousand follow their youth."""

    dependencies = [("access", "0004_feedback_topic")]

    operations = [
        migrations.RunSQL(
            SQL.read_text(encoding="utf-8"),
            "DROP FUNCTION access_place_stays(), access_place_holds(), access_is_ours(xid);",
        )
    ]
