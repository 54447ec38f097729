from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Row policies on everything about a youth. The unique key lets other tables follow the youth when it moves."""

    dependencies = [("people", "0001_initial"), ("access", "0003_scope")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE people_youth ADD CONSTRAINT people_youth_place UNIQUE (id, county_id, unit_id)",
            "ALTER TABLE people_youth DROP CONSTRAINT people_youth_place",
        ),
        protect("people_youth", RowAccess(topic=Topic.IDENTITY, youth="id")),
        protect("people_contact_detail", RowAccess(topic=Topic.CONTACT)),
        protect("people_address", RowAccess(topic=Topic.ADDRESS, protected="is_protected")),
        protect("people_guardian", RowAccess(topic=Topic.CONTACT)),
        protect("people_enrolment", RowAccess(topic=Topic.EDUCATION)),
        protect("people_duplicate_pair", RowAccess(topic=Topic.IDENTITY, county_only=True)),
        protect("people_merge", RowAccess(topic=Topic.IDENTITY, county_only=True)),
        # The history is written by whoever changes a youth and read by the county's coordination.
        migrations.RunSQL(
            """
            ALTER TABLE people_youthevent ENABLE ROW LEVEL SECURITY;
            ALTER TABLE people_youthevent FORCE ROW LEVEL SECURITY;
            CREATE POLICY people_youthevent_add ON people_youthevent FOR INSERT TO fotfeste_app WITH CHECK (true);
            CREATE POLICY people_youthevent_rows ON people_youthevent FOR SELECT TO fotfeste_app USING (
              county_id = ANY ((SELECT nullif(current_setting('app.county_identity', true), '')::smallint[])::smallint[]));
            REVOKE UPDATE, DELETE, TRUNCATE ON people_youthevent FROM fotfeste_app;
            """,
            migrations.RunSQL.noop,
        ),
    ]
