-- A new text on privacy and security is asked for from its first day, however long a confirmation of the one before counts.

CREATE OR REPLACE FUNCTION access_enter(p_user bigint, p_today date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  units bigint[] := '{}';
  -- A role opens nothing to whoever has not confirmed the text in use (opplæringsforskrifta § 20-2). What one sees of
  -- oneself, or of one's child, comes of no role.
  knows_the_rules boolean := EXISTS (SELECT FROM public.access_knowledge_confirmation k
                                     WHERE k.user_id = p_user AND p_today BETWEEN k.first_day AND k.last_day
                                       AND k.version = (SELECT t.version FROM public.access_knowledge_text t
                                                        WHERE t.first_day <= p_today
                                                        ORDER BY t.first_day DESC LIMIT 1));
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

-- The versions are the file's, brought by whoever owns the tables.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_knowledge_text FROM fotfeste_app;
