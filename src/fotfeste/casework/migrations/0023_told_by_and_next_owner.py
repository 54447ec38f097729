from django.db import migrations, models


class Migration(migrations.Migration):
    """A message says who told it and who takes the next step, and that Nav follows somebody up."""

    dependencies = [
        ("casework", "0022_note_template"),
    ]

    operations = [
        migrations.AddField(
            model_name="feedback",
            name="next_owner",
            field=models.CharField(
                blank=True,
                choices=[
                    ("school", "Skolen"),
                    ("district", "Bydelen"),
                    ("nav", "Nav"),
                    ("administration", "Utdanningsadministrasjonen"),
                ],
                max_length=14,
                verbose_name="hvem tar neste steg",
            ),
        ),
        migrations.AddField(
            model_name="feedback",
            name="told_by",
            field=models.CharField(
                blank=True,
                choices=[
                    ("youth", "Ungdommen selv"),
                    ("nav", "Nav"),
                    ("school", "Skolen"),
                    ("district", "Bydelen"),
                    ("other", "Andre"),
                ],
                max_length=8,
                verbose_name="kilde",
            ),
        ),
        migrations.AlterField(
            model_name="feedback",
            name="category",
            field=models.CharField(
                choices=[
                    ("reached", "Nådd"),
                    ("in_activity", "I aktivitet"),
                    ("moved", "Flyttet"),
                    ("followed_up", "Følges opp av oss"),
                    ("wrong", "Feil på listen"),
                    ("still_unknown", "Fortsatt ukjent"),
                    ("by_nav", "Følges opp av Nav"),
                ],
                max_length=14,
                verbose_name="svar",
            ),
        ),
    ]
