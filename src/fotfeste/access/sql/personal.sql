-- What is opened to one person is open to somebody who holds a role the rules let know it on that ground, and no longer
-- when the role ends; the youth's own access and a guardian's come of no role.
CREATE OR REPLACE FUNCTION access_granted(p_topic text) RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  pairs text[] := nullif(current_setting('app.granted_' || p_topic, true), '')::text[];
  today date := nullif(current_setting('app.today', true), '')::date;
  me bigint := CASE WHEN current_setting('app.personal', true) = 'yes'
                    THEN nullif(current_setting('app.user_id', true), '')::bigint END;
  units bigint[];
  grounds text[];
BEGIN
  IF today IS NULL OR (pairs IS NULL AND me IS NULL) THEN
    RETURN NULL;
  END IF;
  units := ARRAY(SELECT DISTINCT pg_catalog.split_part(pair, ':', 1)::bigint FROM pg_catalog.unnest(pairs) pair);
  IF me IS NOT NULL THEN
    grounds := ARRAY(SELECT DISTINCT pg_catalog.split_part(pair, ':', 2) FROM pg_catalog.unnest(pairs) pair)
               || ARRAY['own_access', 'guardian'];
  END IF;
  RETURN ARRAY(
    SELECT g.youth_id FROM public.access_grant g
    WHERE g.topic = p_topic AND g.unit_id = ANY (units) AND (g.unit_id || ':' || g.ground) = ANY (pairs)
      AND g.closed_at IS NULL AND g.first_day <= today AND (g.last_day IS NULL OR g.last_day >= today)
    UNION ALL
    SELECT g.youth_id FROM public.access_grant g
    WHERE me IS NOT NULL AND g.user_id = me AND g.ground = ANY (grounds) AND g.topic = p_topic
      AND g.closed_at IS NULL AND g.first_day <= today AND (g.last_day IS NULL OR g.last_day >= today)
      AND (g.closes_at IS NULL OR g.closes_at > nullif(current_setting('app.now', true), '')::timestamptz));
END $$;

CREATE OR REPLACE FUNCTION access_ground(p_topic text, p_youth bigint, p_county bigint, p_unit bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me constant bigint := nullif(current_setting('app.user_id', true), '')::bigint;
  today constant date := nullif(current_setting('app.today', true), '')::date;
  pairs constant text[] := nullif(current_setting('app.granted_' || p_topic, true), '')::text[];
  grounds constant text[] := ARRAY(SELECT split_part(pair, ':', 2) FROM unnest(pairs) pair)
                             || ARRAY['own_access', 'guardian'];
BEGIN
  IF p_unit = ANY (nullif(current_setting('app.unit_' || p_topic, true), '')::bigint[]) THEN
    RETURN 'responsible_unit';
  END IF;
  IF p_county = ANY (nullif(current_setting('app.county_' || p_topic, true), '')::bigint[]) THEN
    IF EXISTS (SELECT FROM access_user w WHERE w.is_system AND w.id = me) THEN
      RETURN 'system';
    END IF;
    RETURN (SELECT min(t.ground) FROM access_role_assignment a
            JOIN organisations_unit u ON u.id = a.unit_id AND u.county_id = p_county
            JOIN access_sharing_rule t ON t.role = a.role AND t.topic = p_topic AND access_scope_of(t.ground) = 'county'
              AND today BETWEEN t.first_day AND coalesce(t.last_day, 'infinity')
            WHERE a.user_id = me AND today BETWEEN a.first_day AND coalesce(a.last_day, 'infinity'));
  END IF;
  RETURN coalesce((SELECT g.ground FROM access_grant g
                   WHERE g.youth_id = p_youth AND g.topic = p_topic AND g.closed_at IS NULL
                     AND (g.unit_id || ':' || g.ground = ANY (pairs) OR g.user_id = me AND g.ground = ANY (grounds))
                     AND (g.closes_at IS NULL OR g.closes_at > nullif(current_setting('app.now', true), '')::timestamptz)
                     AND today BETWEEN g.first_day AND coalesce(g.last_day, 'infinity')
                   ORDER BY g.user_id IS NULL DESC, g.first_day, g.id LIMIT 1), 'unknown');
END $$;
