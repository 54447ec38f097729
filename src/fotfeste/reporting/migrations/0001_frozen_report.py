import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "0003_scope"),
        ("organisations", "0003_contact_receipt"),
    ]

    operations = [
        migrations.CreateModel(
            name="FrozenReport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "report",
                    models.CharField(
                        choices=[
                            ("rep-national-nov", "Nasjonal rapport høst (15. november)"),
                            ("rep-national-jun", "Nasjonal rapport vår (15. juni)"),
                            ("rep-internal", "Statusrapport til divisjonen"),
                            ("rep-county-table", "Detaljert status per fylke"),
                        ],
                        max_length=30,
                        verbose_name="rapport",
                    ),
                ),
                ("on", models.DateField(verbose_name="dag")),
                ("known_at", models.DateTimeField(verbose_name="slik kjent")),
                ("code_list", models.CharField(max_length=10, verbose_name="kodeverk")),
                ("digest", models.CharField(max_length=64, verbose_name="kontrollsum")),
                ("content", models.JSONField(verbose_name="innhold")),
                ("made_at", models.DateTimeField(verbose_name="laget")),
                (
                    "county",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.county",
                        verbose_name="fylke",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="access.user",
                        verbose_name="laget av",
                    ),
                ),
            ],
            options={
                "db_table": "reporting_frozen_report",
                "ordering": ["-on", "-made_at"],
                "indexes": [models.Index(fields=["county", "-on"], name="frozen_report_county")],
            },
        ),
        # What was sent is never changed, not even by a mistake in the application.
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON reporting_frozen_report FROM fotfeste_app",
            "GRANT UPDATE, DELETE ON reporting_frozen_report TO fotfeste_app",
        ),
    ]
