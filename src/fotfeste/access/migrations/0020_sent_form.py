from django.db import migrations, models


class Migration(migrations.Migration):
    """Forms that were just sent, so that one sent twice is done once."""

    dependencies = [("access", "0019_some_granted")]

    operations = [
        migrations.CreateModel(
            name="SentForm",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="avtrykk")),
                ("at", models.DateTimeField(verbose_name="tidspunkt")),
                ("location", models.CharField(blank=True, max_length=500, verbose_name="førte til")),
            ],
            options={
                "db_table": "access_sent_form",
                "indexes": [models.Index(fields=["at"], name="sent_form_at")],
            },
        ),
    ]
