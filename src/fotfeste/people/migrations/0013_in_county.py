from pathlib import Path

from django.db import migrations

SQL = Path(__file__).parent.parent / "sql" / "in_county.sql"
UNDO = """
DROP TRIGGER people_stays_in_county ON people_youth;
DROP TRIGGER people_in_county ON people_youth;
DROP FUNCTION people_stays_in_county(), people_in_county();
"""


class Migration(migrations.Migration):
    """A youth stands in the county of the unit that answers."""

    dependencies = [("organisations", "0006_county_reading"), ("people", "0012_history_of_who_one_is")]

    operations = [migrations.RunSQL(SQL.read_text(encoding="utf-8"), UNDO)]
