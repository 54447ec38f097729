-- On what ground the one acting knows a topic of a youth, from the same facts as the row policies use: the one place
-- that says so, for the log of readings. A broader ground is named only where no nearer one holds.
CREATE OR REPLACE FUNCTION access_ground(p_topic text, p_youth bigint, p_county bigint, p_unit bigint) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  me constant bigint := nullif(current_setting('app.user_id', true), '')::bigint;
  today constant date := nullif(current_setting('app.today', true), '')::date;
  pairs constant text[] := nullif(current_setting('app.granted_' || p_topic, true), '')::text[];
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
                     AND (g.unit_id || ':' || g.ground = ANY (pairs) OR g.user_id = me)
                     AND (g.closes_at IS NULL OR g.closes_at > nullif(current_setting('app.now', true), '')::timestamptz)
                     AND today BETWEEN g.first_day AND coalesce(g.last_day, 'infinity')
                   ORDER BY g.user_id IS NULL DESC, g.first_day, g.id LIMIT 1), 'unknown');
END $$;

-- The county of the one acting, for what is logged about nobody: of the first unit held, or the only one worked for.
CREATE OR REPLACE FUNCTION access_home_county() RETURNS smallint
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  units constant bigint[] := nullif(current_setting('app.my_units', true), '')::bigint[];
  counties constant smallint[] := nullif(current_setting('app.county_status', true), '')::smallint[];
BEGIN
  IF cardinality(units) > 0 THEN
    RETURN (SELECT u.county_id FROM organisations_unit u WHERE u.id = units[1]);
  END IF;
  RETURN CASE WHEN cardinality(counties) = 1 THEN counties[1] END;
END $$;
