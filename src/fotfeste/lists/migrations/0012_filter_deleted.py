from django.db import migrations

_ME = "(SELECT nullif(current_setting('app.user_id', true), '')::bigint)"
_TODAY = "(SELECT nullif(current_setting('app.today', true), '')::date)"
_LEADS = f"""shared_with_id = ANY (ARRAY(
    SELECT a.unit_id FROM access_role_assignment a
    WHERE a.user_id = {_ME} AND a.role = 'unit_leader' AND a.first_day <= {_TODAY}
      AND (a.last_day IS NULL OR a.last_day >= {_TODAY})))"""


class Migration(migrations.Migration):
    """A filter that is shared is used by the unit, deleted by its owner and whoever leads the unit, and taken by nobody."""

    dependencies = [("access", "0022_notice_ground"), ("lists", "0011_kept_in_place")]

    operations = [
        migrations.RunSQL(
            f"""
            CREATE POLICY lists_saved_filter_deleted ON lists_saved_filter AS RESTRICTIVE FOR DELETE TO fotfeste_app
                USING (user_id = {_ME} OR {_LEADS});
            REVOKE UPDATE ON lists_saved_filter FROM fotfeste_app;
            GRANT UPDATE (name, query, shared_with_id) ON lists_saved_filter TO fotfeste_app;
            """,
            """
            GRANT UPDATE ON lists_saved_filter TO fotfeste_app;
            DROP POLICY lists_saved_filter_deleted ON lists_saved_filter;
            """,
        )
    ]
