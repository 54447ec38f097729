from django.db import migrations

_AUDIT = "((SELECT nullif(current_setting('app.county_audit', true), '')::smallint[])::smallint[])"
_OVERSEER = (
    "((SELECT CASE WHEN audit_is_overseer() "
    "THEN nullif(current_setting('app.county_status', true), '')::smallint[] END)::smallint[])"
)
PROTECT = f"""
ALTER TABLE oversight_legal_hold ENABLE ROW LEVEL SECURITY;
ALTER TABLE oversight_legal_hold FORCE ROW LEVEL SECURITY;
CREATE POLICY oversight_legal_hold_read ON oversight_legal_hold FOR SELECT TO fotfeste_app
  USING (county_id = ANY {_AUDIT} OR county_id = ANY {_OVERSEER});
CREATE POLICY oversight_legal_hold_place ON oversight_legal_hold FOR INSERT TO fotfeste_app
  WITH CHECK (county_id = ANY {_OVERSEER});
CREATE POLICY oversight_legal_hold_lift ON oversight_legal_hold FOR UPDATE TO fotfeste_app USING (county_id = ANY {_AUDIT});
REVOKE UPDATE, DELETE, TRUNCATE ON oversight_legal_hold FROM fotfeste_app;
GRANT UPDATE (lifted_at, lifted_by_id, lift_reason) ON oversight_legal_hold TO fotfeste_app;
ALTER TABLE oversight_legal_hold ALTER COLUMN county_id SET NOT NULL, ALTER COLUMN unit_id SET NOT NULL;
ALTER TABLE oversight_legal_hold ADD CONSTRAINT oversight_legal_hold_follows_youth
  FOREIGN KEY (youth_id, county_id, unit_id) REFERENCES people_youth (id, county_id, unit_id) ON UPDATE CASCADE;
CREATE TRIGGER oversight_legal_hold_place BEFORE INSERT ON oversight_legal_hold FOR EACH ROW
  WHEN (NEW.unit_id IS NULL OR NEW.county_id IS NULL) EXECUTE FUNCTION access_take_place();
"""


class Migration(migrations.Migration):
    """Holds are placed by the overseer for the privacy officer, who alone reads and lifts them."""

    dependencies = [("oversight", "0003_legal_hold"), ("audit", "0003_months")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
