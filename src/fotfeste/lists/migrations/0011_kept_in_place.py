from django.db import migrations

_ME = "(SELECT nullif(current_setting('app.user_id', true), '')::bigint)"
_MINE = "((SELECT nullif(current_setting('app.my_units', true), '')::bigint[])::bigint[])"
_COUNTY = "((SELECT nullif(current_setting('app.county_list_row', true), '')::smallint[])::smallint[])"
_OPENS = f"district_id = ANY {_MINE} OR county_id = ANY {_COUNTY}"
_MOVES = "missing, missing_by_id, missing_at, closed_at, closed_by_id, unanswered, version"


class Migration(migrations.Migration):
    """
    A wash stays with the district, the office and the county it was opened for, and Nav opens none; a filter is shared
    only where its owner works.
    """

    dependencies = [("lists", "0010_wash_rows")]

    operations = [
        migrations.RunSQL(
            f"""
            CREATE POLICY lists_wash_session_opened ON lists_wash_session AS RESTRICTIVE FOR INSERT TO fotfeste_app
                WITH CHECK ({_OPENS});
            REVOKE UPDATE ON lists_wash_session FROM fotfeste_app;
            GRANT UPDATE ({_MOVES}) ON lists_wash_session TO fotfeste_app;
            ALTER POLICY lists_saved_filter_rows ON lists_saved_filter
                WITH CHECK (user_id = {_ME} AND (shared_with_id IS NULL OR shared_with_id = ANY {_MINE}));
            """,
            f"""
            ALTER POLICY lists_saved_filter_rows ON lists_saved_filter WITH CHECK (user_id = {_ME});
            GRANT UPDATE ON lists_wash_session TO fotfeste_app;
            DROP POLICY lists_wash_session_opened ON lists_wash_session;
            """,
        )
    ]
