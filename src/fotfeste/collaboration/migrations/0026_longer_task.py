from django.db import migrations, models


class Migration(migrations.Migration):
    """A task set by hand has room for a reminder."""

    dependencies = [("collaboration", "0025_cards_stopped")]

    operations = [
        migrations.AlterField(
            model_name="task", name="what", field=models.CharField(max_length=200, verbose_name="hva")
        ),
    ]
