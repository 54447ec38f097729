-- Entering an actor's scope, for those who have confirmed to know the rules of privacy and security.
CREATE OR REPLACE FUNCTION access_enter(p_user bigint, p_today date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE opened record;
BEGIN
  PERFORM public.access_leave();
  PERFORM set_config('app.user_id', p_user::text, true), set_config('app.today', p_today::text, true),
          set_config('app.now', clock_timestamp()::text, true);
  -- Few have something opened to themselves; the others are not asked about at each statement.
  PERFORM set_config('app.personal', CASE WHEN EXISTS (
    SELECT FROM public.access_grant g WHERE g.user_id = p_user AND g.closed_at IS NULL) THEN 'yes' ELSE '' END, true);
  -- A role opens nothing to whoever has not confirmed to know the rules (opplæringsforskrifta § 20-2). What one sees of
  -- oneself, or of one's child, comes of no role.
  IF NOT EXISTS (SELECT FROM public.access_knowledge_confirmation k
                 WHERE k.user_id = p_user AND p_today BETWEEN k.first_day AND k.last_day) THEN
    RETURN;
  END IF;
  FOR opened IN
    SELECT 'app.' || public.access_scope_of(t.ground) || '_' || t.topic AS name,
           array_agg(DISTINCT CASE public.access_scope_of(t.ground)
             WHEN 'county' THEN u.county_id::text WHEN 'unit' THEN u.id::text ELSE u.id || ':' || t.ground END)::text AS ids
    FROM public.access_role_assignment a
    JOIN public.access_user w ON w.id = a.user_id AND w.is_active AND NOT w.is_system
    JOIN public.organisations_unit u ON u.id = a.unit_id
    JOIN public.access_sharing_rule t ON t.role = a.role AND t.first_day <= p_today
                                     AND (t.last_day IS NULL OR t.last_day >= p_today)
    WHERE a.user_id = p_user AND a.first_day <= p_today AND (a.last_day IS NULL OR a.last_day >= p_today)
    GROUP BY 1
  LOOP
    PERFORM set_config(opened.name, opened.ids, true);
  END LOOP;
  PERFORM set_config('app.my_units', (
    SELECT coalesce(array_agg(DISTINCT a.unit_id), '{}')::text FROM public.access_role_assignment a
    JOIN public.access_user w ON w.id = a.user_id AND w.is_active AND NOT w.is_system
    WHERE a.user_id = p_user AND a.first_day <= p_today AND (a.last_day IS NULL OR a.last_day >= p_today)), true);
END $$;

-- A confirmation is said by the one it is about, and stands.
REVOKE UPDATE, DELETE, TRUNCATE ON access_knowledge_confirmation FROM fotfeste_app;
