from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic

_MINE = "((SELECT nullif(current_setting('app.my_units', true), '')::bigint[])::bigint[])"
_COUNTY = "((SELECT nullif(current_setting('app.county_list_row', true), '')::smallint[])::smallint[])"
_ROWS = f"district_id = ANY {_MINE} OR office_id = ANY {_MINE} OR county_id = ANY {_COUNTY}"


class Migration(migrations.Migration):
    """A wash is seen by the district, the Nav office that is asked, and whoever makes the county's lists."""

    dependencies = [("lists", "0009_wash")]

    operations = [
        migrations.RunSQL(
            f"""
            ALTER TABLE lists_wash_session ENABLE ROW LEVEL SECURITY;
            ALTER TABLE lists_wash_session FORCE ROW LEVEL SECURITY;
            CREATE POLICY lists_wash_session_rows ON lists_wash_session TO fotfeste_app
                USING ({_ROWS}) WITH CHECK ({_ROWS});
            REVOKE DELETE, TRUNCATE ON lists_wash_session FROM fotfeste_app;
            """,
            """
            DROP POLICY lists_wash_session_rows ON lists_wash_session;
            ALTER TABLE lists_wash_session DISABLE ROW LEVEL SECURITY;
            """,
        ),
        protect(
            "lists_wash_agreement",
            RowAccess(topic=Topic.FEEDBACK, written_by="district_id", sent_to="for_unit_id"),
        ),
    ]
