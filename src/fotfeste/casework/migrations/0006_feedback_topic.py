from django.db import migrations

from fotfeste.access.rows import RowAccess, policy_expression
from fotfeste.access.topics import Topic

TABLE = "casework_feedback"
BEFORE = policy_expression(RowAccess(topic=Topic.STATUS))
NOW = policy_expression(RowAccess(topic=Topic.FEEDBACK, written_by="from_unit_id"))


class Migration(migrations.Migration):
    """
    Messages about a youth are a topic of their own: who is asked may answer without knowing the status.

    A district and its Nav office are asked about the same youth; each sees its own answers only.
    """

    dependencies = [("casework", "0005_corrections")]

    operations = [
        migrations.RunSQL(
            f"""
            DROP POLICY casework_feedback_answer ON {TABLE};
            DROP POLICY casework_feedback_own ON {TABLE};
            DROP POLICY casework_feedback_take_back ON {TABLE};
            DROP POLICY {TABLE}_rows ON {TABLE};
            CREATE POLICY {TABLE}_rows ON {TABLE} TO fotfeste_app USING ({NOW}) WITH CHECK ({NOW});
            """,
            f"""
            DROP POLICY {TABLE}_rows ON {TABLE};
            CREATE POLICY {TABLE}_rows ON {TABLE} TO fotfeste_app USING ({BEFORE}) WITH CHECK ({BEFORE});
            """,
        ),
    ]
