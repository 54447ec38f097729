from django.db import migrations


class Migration(migrations.Migration):
    """What stood before a change can be added to by the application, never changed or taken away."""

    dependencies = [
        ("people", "0007_granted_by_function"),
        ("access", "0006_keep_what_was"),
        ("organisations", "0004_keep_what_was"),
    ]

    operations = [
        migrations.RunSQL(
            """
            REVOKE UPDATE, DELETE, TRUNCATE ON access_roleassignmentevent, organisations_unitevent,
              organisations_namedcontactevent FROM fotfeste_app;
            REVOKE DELETE, TRUNCATE ON pghistory_context FROM fotfeste_app;
            REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM fotfeste_app;
            """,
            migrations.RunSQL.noop,
        )
    ]
