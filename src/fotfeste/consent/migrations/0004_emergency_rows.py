from django.db import migrations

MINE = "((SELECT nullif(current_setting('app.{0}', true), '')::{1}[])::{1}[])"
SEEN_BY = (
    f"county_id = ANY {MINE.format('county_audit', 'smallint')} "
    f"OR opened_at_unit_id = ANY {MINE.format('my_units', 'bigint')} "
    f"OR unit_id = ANY {MINE.format('unit_consent', 'bigint')} "
    f"OR county_id = ANY {MINE.format('county_list_row', 'smallint')}"
)
# Written by the system actor (county_list_row is what it and the coordination reach by); read by those who answer.
PROTECT = f"""
ALTER TABLE consent_emergency_opening ENABLE ROW LEVEL SECURITY;
ALTER TABLE consent_emergency_opening FORCE ROW LEVEL SECURITY;
CREATE POLICY consent_emergency_opening_read ON consent_emergency_opening FOR SELECT TO fotfeste_app USING ({SEEN_BY});
CREATE POLICY consent_emergency_opening_add ON consent_emergency_opening FOR INSERT TO fotfeste_app
  WITH CHECK (county_id = ANY {MINE.format("county_list_row", "smallint")});
CREATE POLICY consent_emergency_opening_look ON consent_emergency_opening FOR UPDATE TO fotfeste_app
  USING (county_id = ANY {MINE.format("county_audit", "smallint")} OR opened_at_unit_id = ANY {MINE.format("my_units", "bigint")});
REVOKE DELETE, TRUNCATE, UPDATE ON consent_emergency_opening FROM fotfeste_app;
GRANT UPDATE (looked_at, looked_at_by_id) ON consent_emergency_opening TO fotfeste_app;
ALTER TABLE consent_emergency_opening ALTER COLUMN county_id SET NOT NULL, ALTER COLUMN unit_id SET NOT NULL;
ALTER TABLE consent_emergency_opening ADD CONSTRAINT consent_emergency_opening_follows_youth
  FOREIGN KEY (youth_id, county_id, unit_id) REFERENCES people_youth (id, county_id, unit_id) ON UPDATE CASCADE;
CREATE TRIGGER consent_emergency_opening_place BEFORE INSERT ON consent_emergency_opening FOR EACH ROW
  WHEN (NEW.unit_id IS NULL OR NEW.county_id IS NULL) EXECUTE FUNCTION access_take_place();
"""


class Migration(migrations.Migration):
    """Who reads emergency openings: the privacy officer, the opener's unit, whoever answers for the youth."""

    dependencies = [("consent", "0003_emergencyopening")]

    operations = [migrations.RunSQL(PROTECT, migrations.RunSQL.noop)]
