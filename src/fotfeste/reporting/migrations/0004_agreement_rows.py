from django.db import migrations

_READS = "((SELECT nullif(current_setting('app.county_status', true), '')::smallint[])::smallint[])"
_WRITES = "((SELECT nullif(current_setting('app.county_list_row', true), '')::smallint[])::smallint[])"
_ME = "(SELECT nullif(current_setting('app.user_id', true), '')::bigint)"

_TABLES = {"reporting_agreement_report": "added_by_id", "reporting_agreement_meeting": "written_by_id"}

_PROTECT = """
ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
CREATE POLICY {table}_read ON {table} FOR SELECT TO fotfeste_app USING (county_id = ANY {reads});
CREATE POLICY {table}_add ON {table} FOR INSERT TO fotfeste_app
    WITH CHECK (county_id = ANY {writes} AND {by} = {me});
"""
_UNDO = """
DROP POLICY {table}_read ON {table};
DROP POLICY {table}_add ON {table};
ALTER TABLE {table} DISABLE ROW LEVEL SECURITY;
"""


def _said(statements: str) -> str:
    return "".join(statements.format(table=t, by=by, reads=_READS, writes=_WRITES, me=_ME) for t, by in _TABLES.items())


class Migration(migrations.Migration):
    """
    Minutes and their file are read where the county's figures are open, and written by who makes the county's lists.

    They are about nobody, but they are free text and any file, so what names somebody by mistake stays in the county.
    """

    dependencies = [("access", "0022_notice_ground"), ("reporting", "0003_minutes_stand")]

    operations = [
        migrations.RunSQL(_said(_PROTECT), _said(_UNDO)),
        migrations.RunSQL(
            f"""
            CREATE POLICY reporting_agreement_meeting_correct ON reporting_agreement_meeting FOR UPDATE TO fotfeste_app
                USING (county_id = ANY {_WRITES}) WITH CHECK (county_id = ANY {_WRITES});
            """,
            "DROP POLICY reporting_agreement_meeting_correct ON reporting_agreement_meeting;",
        ),
    ]
