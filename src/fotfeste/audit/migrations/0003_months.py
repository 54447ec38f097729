from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "months.sql"


class Migration(migrations.Migration):
    """Part the log by month, take along what stands in it, and let one entry be about many youths."""

    dependencies = [("audit", "0002_log")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AddField(
                    "auditentry",
                    "youth_ids",
                    django.contrib.postgres.fields.ArrayField(
                        models.BigIntegerField(), null=True, verbose_name="ungdommer på en liste"
                    ),
                ),
                migrations.RemoveIndex("auditentry", "audit_entry_youth_i_d0ec48_idx"),
                migrations.RemoveIndex("auditentry", "audit_entry_user_id_6b2b4a_idx"),
            ],
            database_operations=[migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop)],
        )
    ]
