-- Rows about a youth that come in by the hundred thousand follow the youth by triggers instead of a foreign key.
-- Same promise, kept set by set: a foreign key asks once for each row (docs/adr/0012-follow-in-sets.md).

-- Tells whether a row version was written by this very transaction: then nobody else can see it, let alone move it.
-- Bound when it is made and not by name when it is called, so that it can be folded into the statement that asks.
CREATE FUNCTION access_is_ours(p_written_by xid) RETURNS boolean LANGUAGE sql STABLE
  RETURN age(p_written_by) <= age(pg_current_xact_id()::xid)
     AND pg_xact_status((pg_current_xact_id()::text::bigint + age(pg_current_xact_id()::xid) - age(p_written_by))::text::xid8)
         = 'in progress';

-- After an insert: every row must stand where its youth stands, and the youth must stay there until we are done.
-- Statements are planned each time, since one row and half a million want different plans.
CREATE FUNCTION access_place_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  look constant text := 'SELECT coalesce(sum(w.astray), 0) > 0, array_agg(w.written_by::text) FILTER (
      WHERE w.written_by IS NOT NULL AND NOT access_is_ours(w.written_by))
    FROM (SELECT y.xmin AS written_by, count(*) - count(*) FILTER (
            WHERE y.unit_id = a.unit_id AND y.county_id = a.county_id) AS astray
          FROM added a LEFT JOIN people_youth y ON y.id = a.youth_id GROUP BY 1) w';
  is_astray boolean;
  others text[];
BEGIN
  EXECUTE look INTO is_astray, others;
  IF others IS NOT NULL AND NOT is_astray THEN
    -- The ids are found first: a row that changes while we wait for it must be held all the same.
    EXECUTE 'SELECT count(*) FROM (SELECT FROM people_youth y WHERE y.id = ANY (ARRAY(
               SELECT o.id FROM people_youth o JOIN added a ON o.id = a.youth_id WHERE o.xmin::text = ANY ($1)))
             ORDER BY y.id FOR KEY SHARE OF y) held' USING others;
    EXECUTE look INTO is_astray, others;
  END IF;
  IF is_astray THEN
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
