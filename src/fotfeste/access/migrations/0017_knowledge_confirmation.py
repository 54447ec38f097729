from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "knowledge.sql"


class Migration(migrations.Migration):
    """A role opens nothing to somebody who has not confirmed to know the rules of privacy and security."""

    dependencies = [("access", "0016_personal_by_role")]

    operations = [
        migrations.CreateModel(
            name="KnowledgeConfirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=20, verbose_name="versjon av teksten")),
                ("first_day", models.DateField(verbose_name="fra og med")),
                ("last_day", models.DateField(verbose_name="til og med")),
                ("confirmed_at", models.DateTimeField(verbose_name="bekreftet")),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.user"),
                ),
            ],
            options={
                "db_table": "access_knowledge_confirmation",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="knowledge_period"
                    )
                ],
            },
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
