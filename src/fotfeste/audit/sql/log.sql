REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry, audit_seal FROM fotfeste_app;
REVOKE INSERT ON audit_seal FROM fotfeste_app;

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_entry_write ON audit_entry FOR INSERT TO fotfeste_app
  WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::bigint);
CREATE POLICY audit_entry_rows ON audit_entry FOR SELECT TO fotfeste_app
  USING (county_id = ANY ((SELECT nullif(current_setting('app.county_audit', true), '')::smallint[])::smallint[]));
-- Sealing and verifying run as the owner through the two functions below, which give out digests and counts only.
CREATE POLICY audit_entry_seal ON audit_entry FOR SELECT TO fotfeste_owner USING (true);

CREATE FUNCTION audit_digest(p_before text, p_after_id bigint, p_last_id bigint) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(p_before || coalesce(string_agg(
      encode(sha256(convert_to(concat_ws('|', id, extract(epoch FROM at), user_id, verb, coalesce(youth_id, 0), coalesce(county_id, 0), screen,
                                         ground, details::text), 'UTF8')), 'hex'), '' ORDER BY id), ''), 'UTF8')), 'hex')
  FROM audit_entry WHERE id > p_after_id AND id <= p_last_id
$$;

-- Waits (shortly) for entries under way, so that no lower number can appear under a seal already set.
CREATE FUNCTION audit_set_seal() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before record; newest bigint; entries bigint;
BEGIN
  LOCK TABLE audit_seal IN EXCLUSIVE MODE;
  SET LOCAL lock_timeout = '2s';
  LOCK TABLE audit_entry IN SHARE MODE;
  SELECT last_entry_id, digest INTO before FROM audit_seal ORDER BY id DESC LIMIT 1;
  SELECT max(id), count(*) INTO newest, entries FROM audit_entry WHERE id > coalesce(before.last_entry_id, 0);
  IF entries > 0 THEN
    INSERT INTO audit_seal (last_entry_id, entries, digest, sealed_at) VALUES
      (newest, entries, audit_digest(coalesce(before.digest, ''), coalesce(before.last_entry_id, 0), newest), clock_timestamp());
  END IF;
  RETURN entries;
END $$;

-- The number of the first broken seal, or NULL when the chain holds.
CREATE FUNCTION audit_first_broken_seal() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT min(s.id) FROM (
    SELECT id, digest, last_entry_id, entries, lag(digest, 1, '') OVER w AS before, lag(last_entry_id, 1, 0::bigint) OVER w AS after_id
    FROM audit_seal WINDOW w AS (ORDER BY id)) s
  WHERE s.digest <> audit_digest(s.before, s.after_id, s.last_entry_id)
     OR s.entries <> (SELECT count(*) FROM audit_entry e WHERE e.id > s.after_id AND e.id <= s.last_entry_id)
$$;
REVOKE ALL ON FUNCTION audit_set_seal(), audit_first_broken_seal() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_set_seal(), audit_first_broken_seal() TO fotfeste_app;
