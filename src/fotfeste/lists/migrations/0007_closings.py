import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A district says that its list has been gone through, once, and why somebody is left."""

    dependencies = [
        ("access", "0022_notice_ground"),
        ("lists", "0006_granted_by_function"),
        ("organisations", "0007_role_review"),
    ]

    operations = [
        migrations.CreateModel(
            name="OtukClosing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("listed", models.IntegerField(verbose_name="ungdommer på listen")),
                ("unanswered", models.IntegerField(verbose_name="ikke besvart")),
                (
                    "reason",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waits", "Venter på svar fra andre"),
                            ("no_time", "Rakk det ikke"),
                            ("no_contact", "Ingen kontaktperson i bydelen"),
                            ("silent", "Bydelen har ikke svart"),
                            ("new_list", "Ny liste kom før alle var besvart"),
                        ],
                        max_length=10,
                        verbose_name="hvorfor",
                    ),
                ),
                ("closed_at", models.DateTimeField(verbose_name="avsluttet")),
                (
                    "closed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="access.user"),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisations.unit"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="closings", to="lists.otukround"
                    ),
                ),
            ],
            options={
                "db_table": "lists_otuk_closing",
                "constraints": [
                    models.UniqueConstraint(fields=("round", "district"), name="otuk_closed_once"),
                    models.CheckConstraint(
                        condition=models.Q(("unanswered", 0), models.Q(("reason", ""), _negated=True), _connector="OR"),
                        name="otuk_closed_with_reason",
                    ),
                ],
            },
        ),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE, TRUNCATE ON lists_otuk_closing FROM fotfeste_app", migrations.RunSQL.noop
        ),
    ]
