from django.db import migrations

_MINE = "((SELECT nullif(current_setting('app.my_units', true), '')::bigint[])::bigint[])"
_COUNTY = "((SELECT nullif(current_setting('app.county_identity', true), '')::smallint[])::smallint[])"
_ROWS = f"by_unit_id = ANY {_MINE} OR to_unit_id = ANY {_MINE} OR county_id = ANY {_COUNTY}"


class Migration(migrations.Migration):
    """A notice about somebody not registered is seen by who sent it, who was sent it and the county's coordination."""

    dependencies = [("collaboration", "0016_newcomer_notice")]

    operations = [
        migrations.RunSQL(
            f"""
            ALTER TABLE collaboration_newcomer_notice ENABLE ROW LEVEL SECURITY;
            ALTER TABLE collaboration_newcomer_notice FORCE ROW LEVEL SECURITY;
            CREATE POLICY collaboration_newcomer_notice_rows ON collaboration_newcomer_notice TO fotfeste_app
                USING ({_ROWS}) WITH CHECK ({_ROWS});
            REVOKE DELETE, TRUNCATE ON collaboration_newcomer_notice FROM fotfeste_app;
            """,
            """
            DROP POLICY collaboration_newcomer_notice_rows ON collaboration_newcomer_notice;
            ALTER TABLE collaboration_newcomer_notice DISABLE ROW LEVEL SECURITY;
            """,
        )
    ]
