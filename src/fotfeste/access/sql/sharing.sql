-- Entering an actor's scope by the sharing rules of the day, and asking what grants open. Every name is qualified: a
-- temporary table or function of the same name must not stand in for ours.

CREATE OR REPLACE FUNCTION access_leave() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE name text;
BEGIN
  PERFORM set_config('app.user_id', '', true), set_config('app.today', '', true), set_config('app.my_units', '', true),
          set_config('app.now', '', true), set_config('app.personal', '', true);
  FOR name IN SELECT DISTINCT 'app.' || s.scope || '_' || t.topic
              FROM public.access_sharing_rule t CROSS JOIN (VALUES ('unit'), ('county'), ('granted')) s(scope)
  LOOP
    PERFORM set_config(name, '', true);
  END LOOP;
END $$;

-- How far a ground reaches: the same as topics.scope_of says.
CREATE FUNCTION access_scope_of(p_ground text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
  RETURN CASE WHEN p_ground = 'responsible_unit' THEN 'unit'
              WHEN p_ground IN ('county_coordination', 'oversight') THEN 'county' ELSE 'granted' END;

-- Units and counties are told as numbers. What grants may open is told as unit:ground, since a role that may know a
-- topic on one ground may not know it on another.
CREATE OR REPLACE FUNCTION access_enter(p_user bigint, p_today date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE opened record;
BEGIN
  PERFORM public.access_leave();
  PERFORM set_config('app.user_id', p_user::text, true), set_config('app.today', p_today::text, true),
          set_config('app.now', clock_timestamp()::text, true);
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
  -- Few have something opened to themselves; the others are not asked about at each statement.
  PERFORM set_config('app.personal', CASE WHEN EXISTS (
    SELECT FROM public.access_grant g WHERE g.user_id = p_user AND g.closed_at IS NULL) THEN 'yes' ELSE '' END, true);
END $$;

CREATE OR REPLACE FUNCTION access_enter_system(p_user bigint, p_counties smallint[], p_today date) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE name text;
BEGIN
  PERFORM public.access_leave();
  IF NOT EXISTS (SELECT FROM public.access_user w WHERE w.id = p_user AND w.is_system AND w.is_active) THEN
    RAISE EXCEPTION 'not a system actor';
  END IF;
  PERFORM set_config('app.user_id', p_user::text, true), set_config('app.today', p_today::text, true);
  FOR name IN SELECT DISTINCT 'app.county_' || topic FROM public.access_sharing_rule WHERE topic <> 'audit' LOOP
    PERFORM set_config(name, p_counties::text, true);
  END LOOP;
END $$;

-- The youths whose topic is opened by a grant to a unit of the one acting, or to the one acting, as the row policies
-- ask it: once a statement. Runs as the one who asks, under the grants' own policy.
CREATE OR REPLACE FUNCTION access_granted(p_topic text) RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  pairs text[] := nullif(current_setting('app.granted_' || p_topic, true), '')::text[];
  today date := nullif(current_setting('app.today', true), '')::date;
  me bigint := CASE WHEN current_setting('app.personal', true) = 'yes'
                    THEN nullif(current_setting('app.user_id', true), '')::bigint END;
  units bigint[];
BEGIN
  IF today IS NULL OR (pairs IS NULL AND me IS NULL) THEN
    RETURN NULL;
  END IF;
  units := ARRAY(SELECT DISTINCT pg_catalog.split_part(pair, ':', 1)::bigint FROM pg_catalog.unnest(pairs) pair);
  RETURN ARRAY(
    SELECT g.youth_id FROM public.access_grant g
    WHERE g.topic = p_topic AND g.unit_id = ANY (units) AND (g.unit_id || ':' || g.ground) = ANY (pairs)
      AND g.closed_at IS NULL AND g.first_day <= today AND (g.last_day IS NULL OR g.last_day >= today)
    UNION ALL
    SELECT g.youth_id FROM public.access_grant g
    WHERE me IS NOT NULL AND g.user_id = me AND g.topic = p_topic AND g.closed_at IS NULL AND g.first_day <= today
      AND (g.last_day IS NULL OR g.last_day >= today)
      AND (g.closes_at IS NULL OR g.closes_at > nullif(current_setting('app.now', true), '')::timestamptz));
END $$;

-- A grant stands where its youth stands (grants_follow.sql), now with the unit that answers for the youth, so that it
-- sees what is opened of the youth to others.
CREATE FUNCTION access_grant_place() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  SELECT coalesce(NEW.county_id, y.county_id), y.unit_id INTO NEW.county_id, NEW.holder_id
  FROM public.people_youth y WHERE y.id = NEW.youth_id;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION access_grant_place() FROM PUBLIC;
CREATE TRIGGER access_grant_place BEFORE INSERT ON access_grant FOR EACH ROW EXECUTE FUNCTION access_grant_place();

CREATE OR REPLACE FUNCTION access_grants_follow() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  yesterday date := coalesce(nullif(current_setting('app.today', true), '')::date, current_date) - 1;
BEGIN
  UPDATE public.access_grant SET county_id = NEW.county_id, holder_id = NEW.unit_id,
    last_day = CASE WHEN ground = 'otuk_list' AND NEW.county_id <> OLD.county_id THEN least(last_day, yesterday)
                    ELSE last_day END
  WHERE youth_id = NEW.id;
  RETURN NULL;
END $$;
DROP TRIGGER access_grant_follow ON people_youth;
CREATE TRIGGER access_grant_follow AFTER UPDATE OF county_id, unit_id ON people_youth FOR EACH ROW
  WHEN (OLD.county_id <> NEW.county_id OR OLD.unit_id <> NEW.unit_id) EXECUTE FUNCTION access_grants_follow();

-- The owner is held by row policies too; for this one statement it sees the rows it fills in.
ALTER TABLE access_grant DISABLE ROW LEVEL SECURITY;
ALTER TABLE people_youth DISABLE ROW LEVEL SECURITY;
UPDATE access_grant g SET holder_id = y.unit_id FROM people_youth y WHERE y.id = g.youth_id;
ALTER TABLE people_youth ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_grant ALTER COLUMN holder_id SET NOT NULL;

-- One may read what is opened to one's own unit or to oneself; the county's coordination, and whoever answers for the
-- youth, may read all that is opened of the youth. Written by those who coordinate lists, in effect by system actors.
DROP POLICY access_grant_read ON access_grant;
CREATE POLICY access_grant_read ON access_grant FOR SELECT TO fotfeste_app USING (
  unit_id = ANY ((SELECT nullif(current_setting('app.my_units', true), '')::bigint[])::bigint[])
  OR user_id = (SELECT nullif(current_setting('app.user_id', true), '')::bigint)
  OR county_id = ANY ((SELECT nullif(current_setting('app.county_status', true), '')::smallint[])::smallint[])
  OR holder_id = ANY ((SELECT nullif(current_setting('app.unit_consent', true), '')::bigint[])::bigint[]));

REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_sharing_rule FROM fotfeste_app;
