from django.db import migrations

IS_OURS = """
CREATE OR REPLACE FUNCTION access_is_ours(p_written_by xid) RETURNS boolean LANGUAGE sql STABLE
  RETURN age(p_written_by) <= age(pg_current_xact_id()::xid)
     AND pg_xact_status((pg_current_xact_id()::text::bigint + age(pg_current_xact_id()::xid) - age(p_written_by))::text::xid8)
         = 'in progress';
"""


class Migration(migrations.Migration):
    """For databases made before: what one function means is settled when it is made. The others are told where to look."""

    dependencies = [("access", "0007_granted_by_function")]

    operations = [migrations.RunSQL(IS_OURS, migrations.RunSQL.noop)]
