import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Who does whose work at a unit; ended, never taken away."""

    dependencies = [
        ("access", "0019_some_granted"),
        ("casework", "0013_counted_by_index"),
        ("organisations", "0007_role_review"),
    ]

    operations = [
        migrations.CreateModel(
            name="Substitution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(verbose_name="fra og med")),
                ("last_day", models.DateField(verbose_name="til og med")),
                ("recorded_at", models.DateTimeField(verbose_name="registrert")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="avsluttet")),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.user",
                        verbose_name="borte",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.user"
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.user"),
                ),
                (
                    "substitute",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.user",
                        verbose_name="vikar",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.unit",
                        verbose_name="enhet",
                    ),
                ),
            ],
            options={
                "db_table": "casework_substitution",
                "indexes": [models.Index(fields=["unit", "last_day"], name="substitution_unit")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))), name="substitution_period"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("substitute")), _negated=True),
                        name="substitution_of_another",
                    ),
                ],
            },
        ),
        migrations.RunSQL("REVOKE DELETE, TRUNCATE ON casework_substitution FROM fotfeste_app", migrations.RunSQL.noop),
    ]
