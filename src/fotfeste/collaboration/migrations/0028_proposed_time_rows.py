from django.db import migrations

from fotfeste.access.rows import RowAccess, protect
from fotfeste.access.topics import Topic


class Migration(migrations.Migration):
    """Whoever sees a meeting sees the times proposed for it."""

    dependencies = [("collaboration", "0027_proposed_times")]

    operations = [protect("collaboration_proposed_time", RowAccess(topic=Topic.MEETINGS))]
