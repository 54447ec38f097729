from django.db import migrations


class Migration(migrations.Migration):
    """The minutes, their figures and their file stand as they were written; only that they are corrected is added."""

    dependencies = [("reporting", "0002_agreement_meetings")]

    operations = [
        migrations.RunSQL(
            """
            REVOKE UPDATE, DELETE, TRUNCATE ON reporting_agreement_report, reporting_agreement_meeting
                FROM fotfeste_app;
            GRANT UPDATE (superseded_at) ON reporting_agreement_meeting TO fotfeste_app;
            """,
            """
            GRANT UPDATE, DELETE ON reporting_agreement_report, reporting_agreement_meeting TO fotfeste_app;
            """,
        )
    ]
