from django.db import migrations

from fotfeste.people.name_key import SearchKey

_KEY = SearchKey.template % {"expressions": "(last_name || ' ' || first_name)"}
_INDEXES = """
CREATE INDEX youth_unit_name ON people_youth (unit_id, name_key);
CREATE INDEX youth_county_name ON people_youth (county_id, name_key);
"""


def _renewed(table: str) -> str:
    """Return the statement that makes a table's keys again; its indexes go with the old ones."""
    added = f'ADD COLUMN name_key text COLLATE "C" GENERATED ALWAYS AS ({_KEY}) STORED'
    return f"ALTER TABLE {table} DROP COLUMN name_key, {added};"


class Migration(migrations.Migration):
    """Write the search keys again: letters with any mark, among them Vietnamese ones, are found without it."""

    dependencies = [("people", "0008_history_is_added_to")]

    operations = [
        migrations.RunSQL(_renewed("people_youth") + _INDEXES + _renewed("people_youthevent"), migrations.RunSQL.noop)
    ]
