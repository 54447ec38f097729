from django.db import migrations, models

OPEN = models.Q(("last_day__isnull", True))


class Migration(migrations.Migration):
    """Let the indexes of open registrations hold all the row policy asks for."""

    dependencies = [("casework", "0012_born_year")]

    operations = [
        migrations.RemoveIndex(model_name="registration", name="registration_unit"),
        migrations.RemoveIndex(model_name="registration", name="registration_county"),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=OPEN,
                fields=["unit_id", "status_code"],
                include=("county_id", "youth_id"),
                name="registration_unit",
            ),
        ),
        migrations.AddIndex(
            model_name="registration",
            index=models.Index(
                condition=OPEN,
                fields=["county_id", "status_code"],
                include=("unit_id", "youth_id"),
                name="registration_county",
            ),
        ),
    ]
