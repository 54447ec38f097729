from django.db import migrations

LISTS = ("current", "2011")
PAYLOAD = "county_then, code, unit_then, county_id, unit_id, youth_id"


def _index(code_list: str) -> str:
    return f"""CREATE INDEX status_event_any_day_{code_list} ON casework_status_event (until, first_day)
      INCLUDE ({PAYLOAD}) WHERE superseded_at IS NULL AND code_list = '{code_list}';"""


class Migration(migrations.Migration):
    """
    One any-day index for each code list, so that a count never needs to read which list a code belongs to.

    What a count reads for each event decides how fast the national table is: without the list in the index and in the
    grouping, the count with row policies took 1.75 times the best plain layout, and with it 2.0 to 2.3 times.
    """

    dependencies = [("casework", "0003_row_access")]

    operations = [
        migrations.RunSQL(
            f"""
            -- A code of a third list would be in no index and so in no count: it needs an index of its own first.
            ALTER TABLE casework_status_event
              ADD CONSTRAINT status_event_code_list CHECK (code_list IN ({", ".join(f"'{name}'" for name in LISTS)}));
            {"".join(_index(name) for name in LISTS)}
            DROP INDEX status_event_any_day;
            """,
            """
            CREATE INDEX status_event_any_day ON casework_status_event (until, first_day)
              INCLUDE (county_then, unit_then, code, youth_id, county_id, unit_id) WHERE superseded_at IS NULL;
            DROP INDEX status_event_any_day_current, status_event_any_day_2011;
            ALTER TABLE casework_status_event DROP CONSTRAINT status_event_code_list;
            """,
        ),
    ]
