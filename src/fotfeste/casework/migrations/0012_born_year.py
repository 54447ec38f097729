from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).parent.parent / "sql" / "born_year.sql"

FILL = """
ALTER TABLE casework_registration DISABLE ROW LEVEL SECURITY;
ALTER TABLE people_youth DISABLE ROW LEVEL SECURITY;
UPDATE casework_registration g SET born_year = extract(year FROM y.born) FROM people_youth y WHERE y.id = g.youth_id;
ALTER TABLE people_youth ENABLE ROW LEVEL SECURITY;
ALTER TABLE casework_registration ENABLE ROW LEVEL SECURITY;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE casework_registration ALTER COLUMN born_year SET NOT NULL;
"""

UNDO = """
DROP TRIGGER casework_registration_born_year ON people_youth;
DROP TRIGGER casework_registration_born_year ON casework_registration;
DROP POLICY casework_registration_follow ON casework_registration;
DROP FUNCTION casework_take_born_year(), casework_follow_born_year();
"""


class Migration(migrations.Migration):
    """A registration carries the year its youth was born, which lists count by."""

    dependencies = [("casework", "0011_who_ended_it"), ("people", "0012_history_of_who_one_is")]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="born_year",
            field=models.SmallIntegerField(editable=False, null=True, verbose_name="født år"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(SQL.read_text(encoding="utf-8"), UNDO),
    ]
