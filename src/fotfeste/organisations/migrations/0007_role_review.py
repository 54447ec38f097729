import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who went through which role in which round; what is written stands."""

    dependencies = [
        ("access", "0019_some_granted"),
        ("organisations", "0006_county_reading"),
    ]

    operations = [
        migrations.CreateModel(
            name="RoleReview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.CharField(max_length=20, verbose_name="runde")),
                (
                    "outcome",
                    models.CharField(
                        choices=[("confirmed", "Skal fortsatt ha rollen"), ("ended", "Rollen avsluttes")],
                        max_length=10,
                        verbose_name="utfall",
                    ),
                ),
                ("decided_at", models.DateTimeField(verbose_name="avgjort")),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.roleassignment"
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.user"),
                ),
            ],
            options={
                "db_table": "organisations_role_review",
                "constraints": [
                    models.UniqueConstraint(fields=("assignment", "round", "outcome"), name="role_review_once")
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON organisations_role_review FROM fotfeste_app", migrations.RunSQL.noop
        ),
    ]
