from django.db import migrations

from fotfeste.access.rows import RowAccess, renew
from fotfeste.access.topics import Topic

STATUS_TABLES = (
    "casework_membership_decision",
    "casework_registration",
    "casework_responsibility",
    "casework_status_event",
    "casework_status_confirmation",
    "casework_contact_attempt",
)


class Migration(migrations.Migration):
    """
    Let the row policies ask a function what grants open, and tell the planner that an actor sees little.

    The planner cannot know which counties an actor's scope holds, and takes ten of the fifteen: it then fetches help
    from another process and reads all youths to find the names of a few. With many counties in its books it takes a
    scope to be small, and reads youth by youth; for one who sees all open registrations that costs no more.
    """

    dependencies = [("access", "0007_granted_by_function"), ("casework", "0007_fewer_indexes")]

    operations = [
        *[renew(table, RowAccess(topic=Topic.STATUS)) for table in STATUS_TABLES],
        renew("casework_journal_note", RowAccess(topic=Topic.JOURNAL)),
        renew("casework_feedback", RowAccess(topic=Topic.FEEDBACK, written_by="from_unit_id")),
        migrations.RunSQL(
            "ALTER TABLE casework_registration ALTER COLUMN county_id SET (n_distinct = 2000)",
            "ALTER TABLE casework_registration ALTER COLUMN county_id RESET (n_distinct)",
        ),
    ]
