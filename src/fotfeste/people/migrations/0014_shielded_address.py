from django.db import migrations

HIDE = """
ALTER TABLE people_address DISABLE ROW LEVEL SECURITY;
ALTER TABLE people_youth DISABLE ROW LEVEL SECURITY;
UPDATE people_address a SET is_protected = true FROM people_youth y
  WHERE y.id = a.youth_id AND y.protection = 'shielded' AND NOT a.is_protected;
ALTER TABLE people_youth ENABLE ROW LEVEL SECURITY;
ALTER TABLE people_address ENABLE ROW LEVEL SECURITY;
"""


class Migration(migrations.Migration):
    """The addresses of a shielded youth are told to the named handler alone, as those under address protection are."""

    dependencies = [("people", "0013_in_county")]

    operations = [migrations.RunSQL(HIDE, migrations.RunSQL.noop)]
