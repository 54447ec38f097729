-- Entering a job's scope writes every setting once: those it does not open are emptied of what another scope left.
CREATE OR REPLACE FUNCTION access_enter_system(p_user bigint, p_counties smallint[], p_today date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM public.access_user w WHERE w.id = p_user AND w.is_system AND w.is_active) THEN
    RAISE EXCEPTION 'not a system actor';
  END IF;
  PERFORM set_config('app.user_id', p_user::text, true), set_config('app.today', p_today::text, true),
          set_config('app.my_units', '', true), set_config('app.now', '', true),
          set_config('app.personal', '', true), set_config('app.some_granted', '', true);
  PERFORM set_config('app.' || s.scope || '_' || t.topic,
                     CASE WHEN s.scope = 'county' AND t.topic <> 'audit' THEN p_counties::text ELSE '' END, true)
  FROM (SELECT DISTINCT topic FROM public.access_sharing_rule) t CROSS JOIN (VALUES ('unit'), ('county'), ('granted')) s(scope);
END $$;
