from django.db import migrations

HIDE = """
ALTER TABLE casework_registration DISABLE ROW LEVEL SECURITY;
ALTER TABLE people_youth DISABLE ROW LEVEL SECURITY;
UPDATE casework_registration g SET district_code = '' FROM people_youth y
  WHERE y.id = g.youth_id AND y.protection <> 'none' AND g.district_code <> '';
ALTER TABLE people_youth ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_registration ENABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """The district of somebody who is protected stands in no former case either."""

    dependencies = [("casework", "0018_shielded_district")]

    operations = [migrations.RunSQL(HIDE, migrations.RunSQL.noop)]
