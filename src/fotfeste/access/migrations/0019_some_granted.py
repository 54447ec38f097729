from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "some_granted.sql"


class Migration(migrations.Migration):
    """Let those ask for grants who have some, and take away two indexes that repeat others."""

    dependencies = [("access", "0018_ended_at_once"), ("organisations", "0006_county_reading")]

    operations = [
        migrations.AlterField(
            model_name="accessgrant",
            name="unit",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
                verbose_name="enhet",
            ),
        ),
        migrations.AlterField(
            model_name="accessgrant",
            name="user",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="access.user",
                verbose_name="person",
            ),
        ),
        migrations.AddIndex(
            model_name="accessgrant",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", True)), fields=["unit", "last_day"], name="access_grant_open"
            ),
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
