import django.db.models.deletion
from django.db import migrations, models

from fotfeste.access.following import follow_in_sets


class Migration(migrations.Migration):
    """Take away indexes that repeat others, and let what imports fill follow the youth set by set."""

    dependencies = [
        ("access", "0005_follow_in_sets"),
        ("organisations", "0003_contact_receipt"),
        ("people", "0005_keep_what_was"),
    ]

    operations = [
        migrations.AlterField(
            model_name="address",
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
            model_name="contactdetail",
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
            model_name="enrolment",
            name="school",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AlterField(
            model_name="enrolment",
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
            model_name="guardian",
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
            model_name="youth",
            name="county",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.county",
            ),
        ),
        migrations.AlterField(
            model_name="youth",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="people.youth",
            ),
        ),
        migrations.AlterField(
            model_name="youth",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
            ),
        ),
        migrations.AddIndex(
            model_name="youth",
            index=models.Index(
                condition=models.Q(("merged_into__isnull", False)), fields=["merged_into"], name="youth_merged_into"
            ),
        ),
        follow_in_sets("people_contact_detail"),
        follow_in_sets("people_address"),
        follow_in_sets("people_guardian"),
        follow_in_sets("people_enrolment"),
    ]
