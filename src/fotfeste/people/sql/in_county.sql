-- A youth stands in the county of the unit that answers. Looked at set by set, as in access/sql/follow.sql: an import
-- brings youths by the hundred thousand.

CREATE FUNCTION people_in_county() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM added a JOIN public.organisations_unit u ON u.id = a.unit_id WHERE u.county_id <> a.county_id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'a youth stands in another county than the unit that answers';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION people_in_county() FROM PUBLIC;

CREATE TRIGGER people_in_county AFTER INSERT ON people_youth REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION people_in_county();

CREATE FUNCTION people_stays_in_county() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM public.organisations_unit u WHERE u.id = NEW.unit_id AND u.county_id <> NEW.county_id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'a youth stands in another county than the unit that answers';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION people_stays_in_county() FROM PUBLIC;

CREATE TRIGGER people_stays_in_county AFTER UPDATE OF county_id, unit_id ON people_youth FOR EACH ROW
  WHEN ((OLD.county_id, OLD.unit_id) IS DISTINCT FROM (NEW.county_id, NEW.unit_id)) EXECUTE FUNCTION people_stays_in_county();
