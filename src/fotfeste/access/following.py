"""
Tables that follow the youth by triggers: those an import fills by the hundred thousand.

They keep what the composite foreign key of ``rows.protect`` keeps, but check set by set: a row stands where its youth
stands, a transfer takes it along whoever asks for it, and a youth with rows is neither deleted nor renumbered.
"""

from django.db import migrations

from fotfeste.kernel.database import OWNER_ROLE


def _follow_sql(table: str) -> str:
    # The move runs as the owner, and only inside a trigger may the owner see these rows: whoever moves a youth need
    # not be allowed to see all of the case, and no part of it may stay behind.
    return f"""
ALTER TABLE {table} DROP CONSTRAINT {table}_follows_youth;
CREATE POLICY {table}_follow ON {table} TO {OWNER_ROLE}
  USING (pg_trigger_depth() > 0) WITH CHECK (pg_trigger_depth() > 0);

CREATE FUNCTION {table}_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE {table} SET county_id = NEW.county_id, unit_id = NEW.unit_id WHERE youth_id = NEW.id;
  RETURN NULL;
END $$;
CREATE FUNCTION {table}_hold() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM {table} WHERE youth_id = OLD.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'the youth has rows in {table}';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION {table}_follow(), {table}_hold() FROM PUBLIC;

CREATE TRIGGER {table}_follow AFTER UPDATE OF county_id, unit_id ON people_youth FOR EACH ROW
  WHEN ((OLD.county_id, OLD.unit_id) IS DISTINCT FROM (NEW.county_id, NEW.unit_id)) EXECUTE FUNCTION {table}_follow();
CREATE TRIGGER {table}_hold AFTER DELETE ON people_youth FOR EACH ROW EXECUTE FUNCTION {table}_hold();
CREATE TRIGGER {table}_hold_id AFTER UPDATE OF id ON people_youth FOR EACH ROW
  WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION {table}_hold();
CREATE TRIGGER {table}_holds AFTER INSERT ON {table} REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION access_place_holds();
CREATE TRIGGER {table}_stays AFTER UPDATE OF youth_id, county_id, unit_id ON {table} FOR EACH ROW
  WHEN (pg_trigger_depth() = 0 AND (OLD.youth_id, OLD.county_id, OLD.unit_id)
        IS DISTINCT FROM (NEW.youth_id, NEW.county_id, NEW.unit_id)) EXECUTE FUNCTION access_place_stays();
"""


def _undo_sql(table: str) -> str:
    return f"""
DROP TRIGGER {table}_stays ON {table};
DROP TRIGGER {table}_holds ON {table};
DROP FUNCTION {table}_follow() CASCADE;
DROP FUNCTION {table}_hold() CASCADE;
DROP POLICY {table}_follow ON {table};
ALTER TABLE {table} ADD CONSTRAINT {table}_follows_youth FOREIGN KEY (youth_id, county_id, unit_id)
  REFERENCES people_youth (id, county_id, unit_id) ON UPDATE CASCADE;
"""


def follow_in_sets(table: str) -> migrations.RunSQL:
    """Return the migration operation that lets a protected table follow the youth by triggers."""
    return migrations.RunSQL(_follow_sql(table), _undo_sql(table))
