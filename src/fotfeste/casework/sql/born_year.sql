-- A registration carries the year its youth was born, and follows when the date of birth is corrected
-- (docs/adr/0028-age-on-the-registration.md).

CREATE FUNCTION casework_take_born_year() RETURNS trigger LANGUAGE plpgsql
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT extract(year FROM y.born) INTO NEW.born_year FROM people_youth y WHERE y.id = NEW.youth_id;
  RETURN NEW;
END $$;
CREATE TRIGGER casework_registration_born_year BEFORE INSERT ON casework_registration FOR EACH ROW
  WHEN (NEW.born_year IS NULL) EXECUTE FUNCTION casework_take_born_year();

-- Runs as the owner, and only inside a trigger may the owner see these rows: whoever corrects a date of birth need not
-- be allowed to see the case.
CREATE FUNCTION casework_follow_born_year() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE casework_registration SET born_year = extract(year FROM NEW.born) WHERE youth_id = NEW.id;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION casework_take_born_year(), casework_follow_born_year() FROM PUBLIC;
CREATE POLICY casework_registration_follow ON casework_registration TO fotfeste_owner
  USING (pg_trigger_depth() > 0) WITH CHECK (pg_trigger_depth() > 0);
CREATE TRIGGER casework_registration_born_year AFTER UPDATE OF born ON people_youth FOR EACH ROW
  WHEN (extract(year FROM OLD.born) <> extract(year FROM NEW.born)) EXECUTE FUNCTION casework_follow_born_year();
