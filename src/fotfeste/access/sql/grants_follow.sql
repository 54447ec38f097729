-- A grant stands in the county of its youth: it is that county's coordination that opens, reads and closes it. Kept by
-- triggers as in follow.sql, and not by a foreign key, which would need one more index on all youths.

CREATE FUNCTION access_grants_hold() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE held bigint;
BEGIN
  -- Held until we are done, so that none moves to another county meanwhile.
  SELECT count(*) INTO held FROM (
    SELECT FROM people_youth y WHERE (y.id, y.county_id) IN (SELECT a.youth_id, a.county_id FROM added a)
    ORDER BY y.id FOR KEY SHARE OF y) h;
  IF held <> (SELECT count(*) FROM (SELECT DISTINCT a.youth_id, a.county_id FROM added a) asked) THEN
    RAISE foreign_key_violation USING MESSAGE = 'a grant is given in another county than its youth''s';
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION access_grant_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM people_youth y WHERE (y.id, y.county_id) = (NEW.youth_id, NEW.county_id) FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE foreign_key_violation USING MESSAGE = 'a grant is given in another county than its youth''s';
  END IF;
  RETURN NULL;
END $$;

-- Into another county the grants go along, so that the coordination there can see and close them. A place on a list was
-- the business of the county that was left, and opens nothing from the day of the move.
CREATE FUNCTION access_grants_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  yesterday date := coalesce(nullif(current_setting('app.today', true), '')::date, current_date) - 1;
BEGIN
  UPDATE access_grant SET county_id = NEW.county_id,
    last_day = CASE WHEN ground = 'otuk_list' THEN least(last_day, yesterday) ELSE last_day END
  WHERE youth_id = NEW.id;
  RETURN NULL;
END $$;

CREATE FUNCTION access_grants_keep_youth() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM access_grant WHERE youth_id = OLD.id) THEN
    RAISE foreign_key_violation USING MESSAGE = 'the youth has grants';
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION access_grants_hold(), access_grant_stays(), access_grants_follow(), access_grants_keep_youth()
  FROM PUBLIC;

-- The owner sees grants inside these triggers only.
CREATE POLICY access_grant_follow ON access_grant TO fotfeste_owner
  USING (pg_trigger_depth() > 0) WITH CHECK (pg_trigger_depth() > 0);

CREATE TRIGGER access_grant_holds AFTER INSERT ON access_grant REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION access_grants_hold();
CREATE TRIGGER access_grant_stays AFTER UPDATE OF youth_id, county_id ON access_grant FOR EACH ROW
  WHEN (pg_trigger_depth() = 0 AND (OLD.youth_id, OLD.county_id) IS DISTINCT FROM (NEW.youth_id, NEW.county_id))
  EXECUTE FUNCTION access_grant_stays();
CREATE TRIGGER access_grant_follow AFTER UPDATE OF county_id ON people_youth FOR EACH ROW
  WHEN (OLD.county_id <> NEW.county_id) EXECUTE FUNCTION access_grants_follow();
CREATE TRIGGER access_grant_keep AFTER DELETE ON people_youth FOR EACH ROW EXECUTE FUNCTION access_grants_keep_youth();
CREATE TRIGGER access_grant_keep_id AFTER UPDATE OF id ON people_youth FOR EACH ROW
  WHEN (OLD.id <> NEW.id) EXECUTE FUNCTION access_grants_keep_youth();
