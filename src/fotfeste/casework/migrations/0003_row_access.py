from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic

STATUS_TABLES = (
    "casework_membership_decision",
    "casework_registration",
    "casework_responsibility",
    "casework_status_event",
    "casework_status_confirmation",
    "casework_contact_attempt",
    "casework_feedback",
)


class Migration(migrations.Migration):
    """Row policies of the case, and the index that answers "how many, on any day, as known then"."""

    dependencies = [("casework", "0002_initial"), ("people", "0002_row_access")]

    operations = [
        *[protect(table, RowAccess(topic=Topic.STATUS)) for table in STATUS_TABLES],
        protect("casework_journal_note", RowAccess(topic=Topic.JOURNAL)),
        # An open end as infinity keeps "from … to" one index range. county_then first among the payload: reports
        # group by it, and an index-only scan never touches the table.
        migrations.RunSQL(
            """
            ALTER TABLE casework_status_event
              ADD COLUMN until date GENERATED ALWAYS AS (coalesce(last_day, 'infinity'::date)) STORED;
            CREATE INDEX status_event_any_day ON casework_status_event (until, first_day)
              INCLUDE (county_then, unit_then, code, youth_id, county_id, unit_id) WHERE superseded_at IS NULL;
            """,
            """
            DROP INDEX status_event_any_day;
            ALTER TABLE casework_status_event DROP COLUMN until;
            """,
        ),
    ]
