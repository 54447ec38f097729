-- Rows about a youth that come in by the hundred thousand follow the youth by triggers instead of a foreign key.
-- Same promise, kept set by set: a foreign key asks once for each row (docs/adr/0012-follow-in-sets.md).

-- Tells whether a row version was written by this very transaction: then nobody else can see it, let alone move it.
CREATE FUNCTION access_is_ours(p_written_by xid) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT age(p_written_by) <= age(pg_current_xact_id()::xid)
     AND pg_xact_status((pg_current_xact_id()::text::bigint + age(pg_current_xact_id()::xid) - age(p_written_by))::text::xid8)
         = 'in progress'
$$;

-- After an insert: every row must stand where its youth stands, and the youth must stay there until we are done.
-- Statements are planned each time, since one row and half a million want different plans.
CREATE FUNCTION access_place_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  wrong constant text := 'SELECT a.youth_id FROM added a WHERE NOT EXISTS (SELECT FROM people_youth y
    WHERE (y.id, y.county_id, y.unit_id) = (a.youth_id, a.county_id, a.unit_id)) LIMIT 1';
  lost bigint;
  others text[];
BEGIN
  EXECUTE 'SELECT array_agg(w.written_by) FROM (
             SELECT DISTINCT y.xmin::text AS written_by FROM people_youth y JOIN added a ON y.id = a.youth_id) w
           WHERE NOT access_is_ours(w.written_by::xid)' INTO others;
  IF others IS NOT NULL THEN
    -- The ids are found first: a row that changes while we wait for it must be held all the same.
    EXECUTE 'SELECT count(*) FROM (SELECT FROM people_youth y WHERE y.id = ANY (ARRAY(
               SELECT o.id FROM people_youth o JOIN added a ON o.id = a.youth_id WHERE o.xmin::text = ANY ($1)))
             ORDER BY y.id FOR KEY SHARE OF y) held' INTO lost USING others;
  END IF;
  EXECUTE wrong INTO lost;
  IF lost IS NOT NULL THEN
    RAISE foreign_key_violation USING MESSAGE = format('a row of %s stands elsewhere than its youth', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;

-- After a row was given another youth, county or unit, but for by the youth's own move.
CREATE FUNCTION access_place_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM people_youth y WHERE (y.id, y.county_id, y.unit_id) = (NEW.youth_id, NEW.county_id, NEW.unit_id) FOR KEY SHARE;
  IF NOT FOUND THEN
    RAISE foreign_key_violation USING MESSAGE = format('a row of %s stands elsewhere than its youth', TG_TABLE_NAME);
  END IF;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION access_place_holds(), access_place_stays() FROM PUBLIC;
