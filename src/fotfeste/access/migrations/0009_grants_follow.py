from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "grants_follow.sql"

# Grants given in another county than the youth's now is were left behind by a move; they come along as from now on.
CATCH_UP = """
ALTER TABLE access_grant DISABLE ROW LEVEL SECURITY;
ALTER TABLE people_youth DISABLE ROW LEVEL SECURITY;
UPDATE access_grant g SET county_id = y.county_id,
  last_day = CASE WHEN g.ground = 'otuk_list' THEN least(g.last_day, current_date - 1) ELSE g.last_day END
FROM people_youth y WHERE y.id = g.youth_id AND y.county_id <> g.county_id;
ALTER TABLE people_youth ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_grant ENABLE ROW LEVEL SECURITY;
"""

UNDO = """
DROP TRIGGER access_grant_holds ON access_grant;
DROP TRIGGER access_grant_stays ON access_grant;
DROP FUNCTION access_grants_hold(), access_grant_stays();
DROP FUNCTION access_grants_follow(), access_grants_keep_youth() CASCADE;
DROP POLICY access_grant_follow ON access_grant;
"""


class Migration(migrations.Migration):
    """A grant stands in its youth's county and goes along when the youth moves to another."""

    dependencies = [("access", "0008_bound_by_name"), ("people", "0008_history_is_added_to")]

    operations = [
        migrations.RunSQL(CATCH_UP, migrations.RunSQL.noop),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), UNDO),
    ]
