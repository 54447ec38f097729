from django.db import migrations

# Taking away the index of a foreign key took along every other index on that column alone, the three that let one row be
# open among them. What was replaced while it was open keeps its first day only, as every such row; a file that found two
# open responsibilities wrote each status twice, and one of the two stays.
RESTORE = """
ALTER TABLE casework_responsibility DISABLE ROW LEVEL SECURITY;
UPDATE casework_responsibility SET last_day = first_day WHERE superseded_at IS NOT NULL AND last_day IS NULL;
ALTER TABLE casework_responsibility ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_status_event DISABLE ROW LEVEL SECURITY;
UPDATE casework_status_event e SET superseded_at = now() WHERE e.last_day IS NULL AND e.superseded_at IS NULL AND EXISTS (
  SELECT FROM casework_status_event other
  WHERE other.youth_id = e.youth_id AND other.id < e.id AND other.last_day IS NULL AND other.superseded_at IS NULL);
ALTER TABLE casework_status_event ENABLE ROW LEVEL SECURITY;
SET CONSTRAINTS ALL IMMEDIATE;
CREATE UNIQUE INDEX IF NOT EXISTS one_open_registration ON casework_registration (youth_id) WHERE last_day IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS one_open_responsibility ON casework_responsibility (youth_id) WHERE last_day IS NULL;
CREATE UNIQUE INDEX IF NOT EXISTS one_open_status ON casework_status_event (youth_id)
  WHERE last_day IS NULL AND superseded_at IS NULL;
"""


class Migration(migrations.Migration):
    """Let the database hold again that one registration, one responsibility and one status is open."""

    dependencies = [("casework", "0014_substitution")]

    operations = [migrations.RunSQL(RESTORE, migrations.RunSQL.noop)]
