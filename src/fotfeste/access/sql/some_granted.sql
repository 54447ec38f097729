-- Most have nothing opened to them by a grant. Entering finds that out once, and then no statement asks for grants.

CREATE OR REPLACE FUNCTION access_leave() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config(name, '', true)
  FROM pg_catalog.unnest(ARRAY['user_id', 'today', 'my_units', 'now', 'personal', 'some_granted']) s(part),
       LATERAL (SELECT 'app.' || part) n(name);
  PERFORM set_config('app.' || s.scope || '_' || t.topic, '', true)
  FROM (SELECT DISTINCT topic FROM public.access_sharing_rule) t CROSS JOIN (VALUES ('unit'), ('county'), ('granted')) s(scope);
END $$;

CREATE OR REPLACE FUNCTION access_enter(p_user bigint, p_today date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  units bigint[] := '{}';
  -- A role opens nothing to whoever has not confirmed to know the rules (opplæringsforskrifta § 20-2). What one sees of
  -- oneself, or of one's child, comes of no role.
  knows_the_rules boolean := EXISTS (SELECT FROM public.access_knowledge_confirmation k
                                     WHERE k.user_id = p_user AND p_today BETWEEN k.first_day AND k.last_day);
BEGIN
  IF knows_the_rules THEN
    units := ARRAY(
      SELECT DISTINCT a.unit_id FROM public.access_role_assignment a
      JOIN public.access_user w ON w.id = a.user_id AND w.is_active AND NOT w.is_system
      WHERE a.user_id = p_user AND a.first_day <= p_today AND (a.last_day IS NULL OR a.last_day >= p_today));
  END IF;
  PERFORM set_config('app.user_id', p_user::text, true), set_config('app.today', p_today::text, true),
          set_config('app.now', clock_timestamp()::text, true), set_config('app.my_units', units::text, true);
  -- Every setting is written: those nothing opens are emptied of what another scope left in them.
  PERFORM set_config('app.' || s.scope || '_' || t.topic, coalesce(opened.ids, ''), true)
  FROM (SELECT DISTINCT topic FROM public.access_sharing_rule) t
  CROSS JOIN (VALUES ('unit'), ('county'), ('granted')) s(scope)
  LEFT JOIN (
    SELECT public.access_scope_of(r.ground) AS scope, r.topic,
           array_agg(DISTINCT CASE public.access_scope_of(r.ground)
             WHEN 'county' THEN u.county_id::text WHEN 'unit' THEN u.id::text ELSE u.id || ':' || r.ground END)::text AS ids
    FROM public.access_role_assignment a
    JOIN public.access_user w ON w.id = a.user_id AND w.is_active AND NOT w.is_system
    JOIN public.organisations_unit u ON u.id = a.unit_id
    JOIN public.access_sharing_rule r ON r.role = a.role AND r.first_day <= p_today
                                     AND (r.last_day IS NULL OR r.last_day >= p_today)
    WHERE knows_the_rules AND a.user_id = p_user AND a.first_day <= p_today
      AND (a.last_day IS NULL OR a.last_day >= p_today)
    GROUP BY 1, 2) opened ON opened.scope = s.scope AND opened.topic = t.topic;
  PERFORM set_config('app.personal', CASE WHEN EXISTS (
    SELECT FROM public.access_grant g WHERE g.user_id = p_user AND g.closed_at IS NULL) THEN 'yes' ELSE '' END, true);
  PERFORM set_config('app.some_granted', CASE
    WHEN current_setting('app.personal') = 'yes'
      OR EXISTS (SELECT FROM public.access_grant g
                 WHERE g.unit_id = ANY (units) AND g.closed_at IS NULL AND g.last_day >= p_today)
      OR EXISTS (SELECT FROM public.access_grant g
                 WHERE g.unit_id = ANY (units) AND g.closed_at IS NULL AND g.last_day IS NULL)
    THEN 'yes' ELSE '' END, true);
END $$;

CREATE OR REPLACE FUNCTION access_granted(p_topic text) RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  pairs text[];
  today date;
  me bigint;
  found bigint[] := '{}';
BEGIN
  IF current_setting('app.some_granted', true) IS DISTINCT FROM 'yes' THEN
    RETURN NULL;
  END IF;
  pairs := nullif(current_setting('app.granted_' || p_topic, true), '')::text[];
  today := nullif(current_setting('app.today', true), '')::date;
  IF pairs IS NOT NULL THEN
    found := ARRAY(
      SELECT g.youth_id FROM public.access_grant g
      WHERE g.topic = p_topic AND g.unit_id = ANY (nullif(current_setting('app.my_units', true), '')::bigint[])
        AND (g.unit_id || ':' || g.ground) = ANY (pairs)
        AND g.closed_at IS NULL AND g.first_day <= today AND (g.last_day IS NULL OR g.last_day >= today));
  END IF;
  IF current_setting('app.personal', true) = 'yes' THEN
    me := nullif(current_setting('app.user_id', true), '')::bigint;
    -- On a ground the rules let some role of theirs know the topic, or that comes of no role.
    found := found || ARRAY(
      SELECT g.youth_id FROM public.access_grant g
      WHERE g.user_id = me AND g.topic = p_topic
        AND (g.ground IN ('own_access', 'guardian')
             OR g.ground IN (SELECT pg_catalog.split_part(pair, ':', 2) FROM pg_catalog.unnest(pairs) pair))
        AND g.closed_at IS NULL AND g.first_day <= today AND (g.last_day IS NULL OR g.last_day >= today)
        AND (g.closes_at IS NULL OR g.closes_at > nullif(current_setting('app.now', true), '')::timestamptz));
  END IF;
  RETURN found;
END $$;

-- Whoever writes a grant asks for grants from then on: it may open something to themselves.
CREATE FUNCTION access_grant_written() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM set_config('app.some_granted', 'yes', true), set_config('app.personal', 'yes', true);
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION access_grant_written() FROM PUBLIC;
CREATE TRIGGER access_grant_written AFTER INSERT OR UPDATE ON access_grant
  FOR EACH STATEMENT EXECUTE FUNCTION access_grant_written();
