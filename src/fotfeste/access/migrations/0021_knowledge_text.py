from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "knowledge_text.sql"


class Migration(migrations.Migration):
    """A confirmation counts while the text it is of is the one in use."""

    dependencies = [("access", "0020_sent_form")]

    operations = [
        migrations.CreateModel(
            name="KnowledgeTextRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.CharField(max_length=20, unique=True, verbose_name="versjon av teksten")),
                ("first_day", models.DateField(unique=True, verbose_name="fra og med")),
            ],
            options={"db_table": "access_knowledge_text"},
        ),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), migrations.RunSQL.noop),
    ]
