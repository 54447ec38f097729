-- The log by month (docs/adr/0024). Rows are asked for and added through audit_entry alone: on its parts the application
-- has no rights whatever, and each of them is under row security of its own.

ALTER TABLE audit_entry RENAME TO audit_entry_whole;
ALTER TABLE audit_entry_whole RENAME CONSTRAINT audit_entry_pkey TO audit_entry_whole_pkey;
ALTER INDEX audit_entry_youth_i_d0ec48_idx RENAME TO audit_entry_whole_youth;
ALTER INDEX audit_entry_user_id_6b2b4a_idx RENAME TO audit_entry_whole_user;

CREATE SEQUENCE audit_entry_number AS bigint;
CREATE TABLE audit_entry (
  id bigint NOT NULL DEFAULT nextval('audit_entry_number'),
  at timestamptz NOT NULL,
  user_id bigint NOT NULL,
  verb varchar(60) NOT NULL,
  youth_id bigint,
  county_id smallint,
  screen varchar(80) NOT NULL,
  ground varchar(40) NOT NULL,
  details jsonb NOT NULL,
  youth_ids bigint[],
  PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE INDEX audit_entry_youth ON audit_entry (youth_id, at) WHERE youth_id IS NOT NULL;
CREATE INDEX audit_entry_user ON audit_entry (user_id, at);
CREATE INDEX audit_entry_at ON audit_entry (at);
CREATE INDEX audit_entry_listed ON audit_entry USING gin (youth_ids) WHERE youth_ids IS NOT NULL;

-- One month of the log, from its own table, closed to everybody but through the whole.
CREATE FUNCTION audit_close_part(p_name text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  EXECUTE format('REVOKE ALL ON public.%I FROM fotfeste_app, PUBLIC', p_name);
  EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', p_name);
  EXECUTE format('ALTER TABLE public.%I FORCE ROW LEVEL SECURITY', p_name);
  EXECUTE format('CREATE POLICY %I ON public.%I FOR SELECT TO fotfeste_owner USING (true)', p_name || '_seal', p_name);
END $$;

-- What no month has been made for yet. Nobody is refused a page because a job has not run.
CREATE TABLE audit_entry_rest PARTITION OF audit_entry DEFAULT;
SELECT audit_close_part('audit_entry_rest');

-- Makes the month a day is in, with what was logged in it meanwhile; says whether it was made now.
CREATE FUNCTION audit_make_month(p_day date) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  first constant date := date_trunc('month', p_day)::date;
  part constant text := 'audit_entry_' || to_char(first, 'YYYY_MM');
  begins constant timestamptz := first::timestamp AT TIME ZONE 'Europe/Oslo';
  ends constant timestamptz := (first + interval '1 month') AT TIME ZONE 'Europe/Oslo';
BEGIN
  IF p_day NOT BETWEEN DATE '2000-01-01' AND DATE '2099-12-31' THEN
    RAISE EXCEPTION 'no month of the log is made for %', p_day;
  END IF;
  PERFORM pg_advisory_xact_lock(hashtext('audit_make_month'));
  IF to_regclass('public.' || part) IS NOT NULL THEN
    RETURN false;
  END IF;
  EXECUTE format('CREATE TABLE public.%I (LIKE public.audit_entry INCLUDING DEFAULTS)', part);
  IF EXISTS (SELECT FROM public.audit_entry_rest WHERE at >= begins AND at < ends) THEN
    ALTER TABLE public.audit_entry_rest NO FORCE ROW LEVEL SECURITY;
    EXECUTE format('WITH moved AS (DELETE FROM public.audit_entry_rest WHERE at >= %L AND at < %L RETURNING *)
                    INSERT INTO public.%I SELECT * FROM moved', begins, ends, part);
    ALTER TABLE public.audit_entry_rest FORCE ROW LEVEL SECURITY;
  END IF;
  PERFORM public.audit_close_part(part);
  EXECUTE format('ALTER TABLE public.audit_entry ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', part, begins, ends);
  RETURN true;
END $$;

SELECT audit_make_month(day::date) FROM (
  SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'Europe/Oslo') AS day FROM audit_entry_whole
  UNION SELECT date_trunc('month', now() AT TIME ZONE 'Europe/Oslo')) months
WHERE day BETWEEN '2000-01-01' AND '2099-12-31' ORDER BY day;
INSERT INTO audit_entry (id, at, user_id, verb, youth_id, county_id, screen, ground, details)
SELECT id, at, user_id, verb, youth_id, county_id, screen, ground, details FROM audit_entry_whole;
SELECT setval('audit_entry_number', greatest((SELECT max(id) FROM audit_entry_whole), 1),
              (SELECT max(id) FROM audit_entry_whole) IS NOT NULL);
DROP TABLE audit_entry_whole;

-- Who looks over the readings is a named system actor, so that the log says who has read the log for what.
CREATE FUNCTION audit_is_overseer() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  RETURN EXISTS (SELECT FROM public.access_user w WHERE w.id = nullif(current_setting('app.user_id', true), '')::bigint
                 AND w.subject = 'system:overseer' AND w.is_system AND w.is_active);
END $$;

REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM fotfeste_app;
REVOKE ALL ON SEQUENCE audit_entry_number FROM fotfeste_app;
GRANT USAGE ON SEQUENCE audit_entry_number TO fotfeste_app;
ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_entry FORCE ROW LEVEL SECURITY;
CREATE POLICY audit_entry_write ON audit_entry FOR INSERT TO fotfeste_app
  WITH CHECK (user_id = nullif(current_setting('app.user_id', true), '')::bigint);
CREATE POLICY audit_entry_rows ON audit_entry FOR SELECT TO fotfeste_app USING (
  county_id = ANY ((SELECT nullif(current_setting('app.county_audit', true), '')::smallint[])::smallint[])
  OR county_id = ANY ((SELECT CASE WHEN audit_is_overseer()
                              THEN nullif(current_setting('app.county_status', true), '')::smallint[] END)::smallint[]));
CREATE POLICY audit_entry_seal ON audit_entry FOR SELECT TO fotfeste_owner USING (true);

-- One entry's digest. What came later stands last and is left out where there is none, so that old seals hold.
CREATE FUNCTION audit_entry_digest(e audit_entry) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(concat_ws('|', e.id, extract(epoch FROM e.at), e.user_id, e.verb, coalesce(e.youth_id, 0),
    coalesce(e.county_id, 0), e.screen, e.ground, e.details::text, e.youth_ids::text), 'UTF8')), 'hex')
$$;

CREATE OR REPLACE FUNCTION audit_digest(p_before text, p_after_id bigint, p_last_id bigint) RETURNS text
LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(p_before || coalesce(string_agg(audit_entry_digest(e), '' ORDER BY e.id), ''), 'UTF8')), 'hex')
  FROM audit_entry e WHERE e.id > p_after_id AND e.id <= p_last_id
$$;

-- Waits (shortly) for entries under way, so that no lower number can appear under a seal already set.
-- Holding the whole is enough: nothing is added to a month but through it.
CREATE OR REPLACE FUNCTION audit_set_seal() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE before record; newest bigint; entries bigint;
BEGIN
  LOCK TABLE audit_seal IN EXCLUSIVE MODE;
  SET LOCAL lock_timeout = '2s';
  LOCK TABLE ONLY audit_entry IN SHARE MODE;
  SELECT last_entry_id, digest INTO before FROM audit_seal ORDER BY id DESC LIMIT 1;
  SELECT max(id), count(*) INTO newest, entries FROM audit_entry WHERE id > coalesce(before.last_entry_id, 0);
  IF entries > 0 THEN
    INSERT INTO audit_seal (last_entry_id, entries, digest, sealed_at) VALUES
      (newest, entries, audit_digest(coalesce(before.digest, ''), coalesce(before.last_entry_id, 0), newest), clock_timestamp());
  END IF;
  RETURN entries;
END $$;

-- The number of the first broken seal, or NULL when the chain holds. Goes through the log once, however many months.
CREATE OR REPLACE FUNCTION audit_first_broken_seal() RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
  WITH seals AS (
    SELECT id, digest, entries, lag(digest, 1, '') OVER w AS before, row_number() OVER w AS place
    FROM audit_seal WINDOW w AS (ORDER BY id)),
  ends AS (SELECT array_agg(last_entry_id + 1 ORDER BY id) AS bounds, max(last_entry_id) AS newest FROM audit_seal),
  sealed AS (
    SELECT width_bucket(e.id, ends.bounds) + 1 AS place, count(*) AS entries,
           string_agg(audit_entry_digest(e), '' ORDER BY e.id) AS digests
    FROM audit_entry e, ends WHERE e.id <= ends.newest GROUP BY 1)
  SELECT min(s.id) FROM seals s LEFT JOIN sealed e USING (place)
  WHERE s.entries <> coalesce(e.entries, 0)
     OR s.digest <> encode(sha256(convert_to(s.before || coalesce(e.digests, ''), 'UTF8')), 'hex')
$$;

-- Everything logged about one youth, lists included, newest first; for a privacy officer and for the overseer, within
-- their counties. A function of the owner's, since no index on an array serves behind a row policy.
CREATE FUNCTION audit_about(p_youth bigint) RETURNS TABLE (id bigint, at timestamptz, user_id bigint, verb text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT e.id, e.at, e.user_id, e.verb::text FROM audit_entry e
  WHERE (e.youth_id = p_youth OR (e.youth_ids IS NOT NULL AND e.youth_ids @> ARRAY[p_youth]))
    AND (e.county_id = ANY ((SELECT nullif(current_setting('app.county_audit', true), '')::smallint[])::smallint[])
      OR e.county_id = ANY ((SELECT CASE WHEN audit_is_overseer()
                                    THEN nullif(current_setting('app.county_status', true), '')::smallint[] END)::smallint[]))
  ORDER BY e.at DESC, e.id DESC
$$;
REVOKE ALL ON FUNCTION audit_close_part(text), audit_make_month(date), audit_about(bigint), audit_is_overseer(),
  audit_digest(text, bigint, bigint), audit_entry_digest(audit_entry) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit_make_month(date), audit_about(bigint), audit_is_overseer() TO fotfeste_app;
