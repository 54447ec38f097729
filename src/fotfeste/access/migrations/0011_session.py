import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Sessions get a table of our own; those in the framework's table end, and it goes."""

    dependencies = [
        ("access", "0010_sharing_rules"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("digest", models.CharField(max_length=64, unique=True, verbose_name="avtrykk av nøkkelen")),
                ("data", models.TextField(verbose_name="innhold")),
                (
                    "user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="access.user",
                        verbose_name="bruker",
                    ),
                ),
                ("begun_at", models.DateTimeField(verbose_name="begynt")),
                ("seen_at", models.DateTimeField(verbose_name="sist brukt")),
            ],
            options={
                "db_table": "access_session",
                "indexes": [models.Index(fields=["seen_at"], name="access_session_seen_at")],
            },
        ),
        migrations.RunSQL("DROP TABLE IF EXISTS django_session", migrations.RunSQL.noop),
    ]
