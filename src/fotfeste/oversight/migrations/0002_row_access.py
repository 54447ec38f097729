from django.db import migrations

_AUDIT = "((SELECT nullif(current_setting('app.county_audit', true), '')::smallint[])::smallint[])"
_OVERSEER = (
    "((SELECT CASE WHEN audit_is_overseer() "
    "THEN nullif(current_setting('app.county_status', true), '')::smallint[] END)::smallint[])"
)
PROTECT = f"""
ALTER TABLE oversight_reading_flag ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_reading_flag FORCE ROW LEVEL SECURITY;
CREATE POLICY oversight_reading_flag_read ON oversight_reading_flag FOR SELECT TO fotfeste_app
  USING (county_id = ANY {_AUDIT} OR county_id = ANY {_OVERSEER});
CREATE POLICY oversight_reading_flag_add ON oversight_reading_flag FOR INSERT TO fotfeste_app
  WITH CHECK (county_id = ANY {_OVERSEER});
CREATE POLICY oversight_reading_flag_look ON oversight_reading_flag FOR UPDATE TO fotfeste_app
  USING (county_id = ANY {_AUDIT} OR county_id = ANY {_OVERSEER});
REVOKE UPDATE, DELETE, TRUNCATE ON oversight_reading_flag FROM fotfeste_app;
GRANT UPDATE (count, reasons, youth_ids, looked_at, looked_at_by_id, note) ON oversight_reading_flag TO fotfeste_app;
"""


class Migration(migrations.Migration):
    """Flags are made by the overseer, and read and looked at by the county's privacy officer alone."""

    dependencies = [("oversight", "0001_initial"), ("audit", "0003_months"), ("access", "0015_ground")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
