import django.db.models.deletion
from django.db import migrations, models

_ME = "(SELECT nullif(current_setting('app.user_id', true), '')::bigint)"
_MINE = "((SELECT nullif(current_setting('app.my_units', true), '')::bigint[])::bigint[])"


class Migration(migrations.Migration):
    """A filter can be shared with a unit, and is seen by nobody else; and when somebody last looked through the list."""

    dependencies = [
        ("access", "0022_notice_ground"),
        ("lists", "0007_closings"),
        ("organisations", "0008_countyreading_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedfilter",
            name="shared_with",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.unit",
                verbose_name="delt ved",
            ),
        ),
        migrations.CreateModel(
            name="ListLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("looked_at", models.DateTimeField(verbose_name="så gjennom")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="access.user"
                    ),
                ),
            ],
            options={"db_table": "lists_look"},
        ),
        migrations.RunSQL(
            f"""
            ALTER TABLE lists_saved_filter ENABLE ROW LEVEL SECURITY;
            ALTER TABLE lists_saved_filter FORCE ROW LEVEL SECURITY;
            CREATE POLICY lists_saved_filter_rows ON lists_saved_filter TO fotfeste_app
                USING (user_id = {_ME} OR shared_with_id = ANY {_MINE}) WITH CHECK (user_id = {_ME});
            ALTER TABLE lists_look ENABLE ROW LEVEL SECURITY;
            ALTER TABLE lists_look FORCE ROW LEVEL SECURITY;
            CREATE POLICY lists_look_rows ON lists_look TO fotfeste_app
                USING (user_id = {_ME}) WITH CHECK (user_id = {_ME});
            """,
            """
            DROP POLICY lists_saved_filter_rows ON lists_saved_filter;
            ALTER TABLE lists_saved_filter DISABLE ROW LEVEL SECURITY;
            DROP POLICY lists_look_rows ON lists_look;
            ALTER TABLE lists_look DISABLE ROW LEVEL SECURITY;
            """,
        ),
    ]
