-- Entering and leaving an actor's scope. Settings are local to the transaction, so a pooled connection keeps nothing.

CREATE FUNCTION access_leave() RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
  PERFORM set_config('app.user_id', '', true), set_config('app.today', '', true), set_config('app.my_units', '', true);
  FOR name IN SELECT DISTINCT 'app.' || s.scope || '_' || t.topic
              FROM access_role_topic t CROSS JOIN (VALUES ('unit'), ('county'), ('granted')) s(scope)
  LOOP
    PERFORM set_config(name, '', true);
  END LOOP;
END $$;

CREATE FUNCTION access_enter(p_user bigint, p_today date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE opened record;
BEGIN
  PERFORM access_leave();
  PERFORM set_config('app.user_id', p_user::text, true), set_config('app.today', p_today::text, true);
  FOR opened IN
    SELECT 'app.' || t.scope || '_' || t.topic AS name,
           array_agg(DISTINCT CASE t.scope WHEN 'county' THEN u.county_id::bigint ELSE u.id END)::text AS ids
    FROM access_role_assignment a
    JOIN access_user w ON w.id = a.user_id AND w.is_active AND NOT w.is_system
    JOIN organisations_unit u ON u.id = a.unit_id
    JOIN access_role_topic t ON t.role = a.role
    WHERE a.user_id = p_user AND a.first_day <= p_today AND (a.last_day IS NULL OR a.last_day >= p_today)
    GROUP BY 1
  LOOP
    PERFORM set_config(opened.name, opened.ids, true);
  END LOOP;
  PERFORM set_config('app.my_units', (
    SELECT coalesce(array_agg(DISTINCT a.unit_id), '{}')::text FROM access_role_assignment a
    JOIN access_user w ON w.id = a.user_id AND w.is_active AND NOT w.is_system
    WHERE a.user_id = p_user AND a.first_day <= p_today AND (a.last_day IS NULL OR a.last_day >= p_today)), true);
END $$;

-- A named system actor works for whole counties, in every topic but the log.
CREATE FUNCTION access_enter_system(p_user bigint, p_counties smallint[], p_today date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE name text;
BEGIN
  PERFORM access_leave();
  IF NOT EXISTS (SELECT FROM access_user w WHERE w.id = p_user AND w.is_system AND w.is_active) THEN
    RAISE EXCEPTION 'not a system actor';
  END IF;
  PERFORM set_config('app.user_id', p_user::text, true), set_config('app.today', p_today::text, true);
  FOR name IN SELECT DISTINCT 'app.county_' || topic FROM access_role_topic WHERE topic <> 'audit' LOOP
    PERFORM set_config(name, p_counties::text, true);
  END LOOP;
END $$;

-- A row about a youth takes the youth's place (county and responsible unit) unless it is given.
-- Runs as the one who inserts: a youth one cannot see has no place to take, and the insert fails.
CREATE FUNCTION access_take_place() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT y.county_id, y.unit_id INTO NEW.county_id, NEW.unit_id FROM people_youth y WHERE y.id = NEW.youth_id;
  RETURN NEW;
END $$;

-- Grants: readable by the unit they open something to and by the county's coordination; written by the latter.
ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_grant FORCE ROW LEVEL SECURITY;
CREATE POLICY access_grant_read ON access_grant FOR SELECT TO fotfeste_app USING (
  unit_id = ANY ((SELECT nullif(current_setting('app.my_units', true), '')::bigint[])::bigint[])
  OR county_id = ANY ((SELECT nullif(current_setting('app.county_status', true), '')::smallint[])::smallint[]));
CREATE POLICY access_grant_add ON access_grant FOR INSERT TO fotfeste_app WITH CHECK (
  county_id = ANY ((SELECT nullif(current_setting('app.county_list_row', true), '')::smallint[])::smallint[]));
CREATE POLICY access_grant_close ON access_grant FOR UPDATE TO fotfeste_app USING (
  county_id = ANY ((SELECT nullif(current_setting('app.county_list_row', true), '')::smallint[])::smallint[]));
REVOKE DELETE, TRUNCATE ON access_grant FROM fotfeste_app;

-- The role table is code; the application reads it and never writes it.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_role_topic FROM fotfeste_app;
REVOKE DELETE, TRUNCATE ON access_role_assignment, access_user FROM fotfeste_app;
