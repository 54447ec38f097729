from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Whoever the youth lets into the plan reads the shared notes."""

    dependencies = [("collaboration", "0003_shared_note")]

    operations = [protect("collaboration_shared_note", RowAccess(topic=Topic.PLAN))]
