import django.db.models.deletion
from django.db import migrations, models

from fotfeste.access.following import follow_in_sets


class Migration(migrations.Migration):
    """Take away indexes that repeat others, and let decisions on membership follow the youth set by set."""

    dependencies = [
        ("access", "0005_follow_in_sets"),
        ("casework", "0006_feedback_topic"),
        ("people", "0005_keep_what_was"),
    ]

    operations = [
        migrations.AlterField(
            model_name="contactattempt",
            name="youth",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.youth",
            ),
        ),
        migrations.AlterField(
            model_name="journalnote",
            name="youth",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.youth",
            ),
        ),
        migrations.AlterField(
            model_name="membershipdecision",
            name="explanation",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.explanation",
            ),
        ),
        migrations.AlterField(
            model_name="registration",
            name="youth",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.youth",
            ),
        ),
        migrations.AlterField(
            model_name="responsibility",
            name="explanation",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="casework.explanation",
            ),
        ),
        migrations.AlterField(
            model_name="responsibility",
            name="youth",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.youth",
            ),
        ),
        migrations.AlterField(
            model_name="statusconfirmation",
            name="youth",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.youth",
            ),
        ),
        migrations.AlterField(
            model_name="statusevent",
            name="youth",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.youth",
            ),
        ),
        follow_in_sets("casework_membership_decision"),
    ]
