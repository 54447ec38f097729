-- The youths whose topic is opened by a grant to a unit of the one acting, as the row policies ask it: once a statement.
-- Runs as the one who asks, under the grants' own policy. Nothing at all where no role reaches by grants.
-- The schema is named: a temporary table of the same name would otherwise stand in for the grants.
CREATE OR REPLACE FUNCTION access_granted(p_topic text) RETURNS bigint[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
  units bigint[] := nullif(current_setting('app.granted_' || p_topic, true), '')::bigint[];
  today date := nullif(current_setting('app.today', true), '')::date;
BEGIN
  IF units IS NULL OR today IS NULL THEN
    RETURN NULL;
  END IF;
  RETURN ARRAY(
    SELECT g.youth_id FROM public.access_grant g
    WHERE g.topic = p_topic AND g.unit_id = ANY (units)
      AND g.first_day <= today AND (g.last_day IS NULL OR g.last_day >= today));
END $$;
